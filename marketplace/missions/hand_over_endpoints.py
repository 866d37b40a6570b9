"""Pages to leave an association, or to take a member off the list, and to name who answers for a mission."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from marketplace.accounts.viewers import current_account, viewer_of
from marketplace.associations import member_actions, member_queries
from marketplace.associations import queries as associations
from marketplace.associations.lifecycle import Role
from marketplace.associations.member_policies import ROLES
from marketplace.associations.member_queries import Member
from marketplace.associations.tables import Association
from marketplace.errors import NotFound
from marketplace.missions import drafts, hand_over_actions, hand_over_queries
from marketplace.missions.hand_over_forms import DepartureForm, ReferentForm
from marketplace.missions.hand_over_policies import CHOSEN_ONE_BY_ONE, pairs, shared_out
from marketplace.missions.tables import Mission
from marketplace.text import _
from marketplace.web.clock import now
from marketplace.web.forms import read
from marketplace.web.pages import page, redirect


async def departure(request: Request) -> Response:
    """What leaving does, and who takes over the missions."""
    association, member = await _leaving(request)
    return await _departure_page(request, association, member)


async def depart(request: Request) -> Response:
    """Leave, or take the member off the list."""
    association, member = await _leaving(request)
    if await member_actions.why_not_leave(association, member):
        return await _departure_page(request, association, member, status=409)
    missions = await hand_over_queries.answered_by(association.id, member.account.id)
    sent = await read(DepartureForm, request)
    successors = None
    if sent.form:
        successors = shared_out(missions, sent.form.successor, pairs(sent.form.exceptions))
        if successors is None:
            sent.refuse("successor", _("Choisissez qui reprend ces missions."))
    if sent.form is None or successors is None:
        return await _departure_page(request, association, member, status=422, sent=sent)
    account, named = await current_account(request), member.membership.public_id
    await hand_over_actions.depart(association, account, named, successors, sent.form.hand_over_note, now())
    if account.id == member.account.id:
        return redirect("associations.index")
    return redirect("associations.members", association=association.public_id)


async def referent(request: Request) -> Response:
    """Choose who answers for a mission."""
    return await _referent_page(request, await _written(request))


async def choose_referent(request: Request) -> Response:
    """Name them."""
    mission = await _written(request)
    sent = await read(ReferentForm, request)
    if sent.form is None:
        return await _referent_page(request, mission, status=422, sent=sent)
    account = await current_account(request)
    await hand_over_actions.choose_referent(
        mission, account, sent.form.referent, sent.form.hand_over_note, now()
    )
    return redirect("publishing.show", mission=mission.public_id, fait="referent")


async def _leaving(request: Request) -> tuple[Association, Member]:
    """The member of the path: one's own membership, or anybody's for an owner."""
    viewer = viewer_of(request)
    name = request.path_params["association"]
    association = await associations.member_association(viewer.account_id, name, associations.EVERYONE)
    member = await member_queries.member_named(association.id, request.path_params["member"])
    is_owner = await associations.role_in(viewer.account_id, association.id) == Role.OWNER
    if member.account.id != viewer.account_id and not is_owner:
        raise NotFound
    return association, member


async def _written(request: Request) -> Mission:
    return await drafts.member_mission(viewer_of(request).account_id, request.path_params["mission"])


async def _departure_page(
    request: Request, association: Association, member: Member, **values: Any
) -> Response:
    missions = await hand_over_queries.answered_by(association.id, member.account.id)
    named = member.membership.public_id
    candidates = await hand_over_queries.may_answer(association.id)
    return page(
        request,
        "missions/departure.html",
        association=association,
        member=member,
        refusal=await member_actions.why_not_leave(association, member),
        oneself=member.account.id == viewer_of(request).account_id,
        missions=missions,
        one_by_one=len(missions) <= CHOSEN_ONE_BY_ONE,
        successors=[one for one in candidates if one.membership.public_id != named],
        roles=ROLES,
        **values,
    )


async def _referent_page(request: Request, mission: Mission, **values: Any) -> Response:
    return page(
        request,
        "missions/referent.html",
        mission=mission,
        association=await associations.fresh(mission.association),
        current=await hand_over_queries.referent_of(mission),
        candidates=await hand_over_queries.may_answer(mission.association),
        roles=ROLES,
        **values,
    )
