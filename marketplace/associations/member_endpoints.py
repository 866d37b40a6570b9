"""Pages about the members of an association: owners act, everybody in it reads."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from marketplace.accounts.viewers import current_account, viewer_of
from marketplace.associations import (
    invitation_actions,
    invitation_queries,
    member_actions,
    member_queries,
    queries,
)
from marketplace.associations.lifecycle import Role, Status
from marketplace.associations.member_forms import InvitationForm, RoleForm
from marketplace.associations.member_policies import ROLE_HINTS, ROLES
from marketplace.associations.member_queries import OWNERS, Member
from marketplace.associations.tables import Association
from marketplace.text import N_, _
from marketplace.web.clock import now
from marketplace.web.forms import read
from marketplace.web.pages import page, redirect

DONE = {  # what the list says once, after a redirect
    "invitation": N_("L’invitation est envoyée."),
    "annulation": N_("L’invitation est annulée."),
    "role": N_("C’est enregistré."),
}


async def members(request: Request) -> Response:
    """Who belongs to it, and for its owners who is invited."""
    viewer = viewer_of(request)
    name = request.path_params["association"]
    association = await queries.member_association(viewer.account_id, name, queries.EVERYONE)
    return await _members_page(request, association)


async def invite(request: Request) -> Response:
    """Invite somebody by e-mail; the answer is the same whether the address has an account or not."""
    association = await _owned(request)
    sent = await read(InvitationForm, request)
    if sent.form is None:
        return await _members_page(request, association, status=422, sent=sent)
    inviter = await current_account(request)
    await invitation_actions.invite(association, inviter, sent.form.email, Role(sent.form.role), now())
    return _back(association, "invitation")


async def send_again(request: Request) -> Response:
    """Send an invitation again."""
    association = await _owned(request)
    inviter = await current_account(request)
    await invitation_actions.send_again(association, inviter, request.path_params["invitation"], now())
    return _back(association, "invitation")


async def cancel_invitation(request: Request) -> Response:
    """Take it back."""
    association = await _owned(request)
    owner = await current_account(request)
    await invitation_actions.cancel_invitation(association, owner, request.path_params["invitation"], now())
    return _back(association, "annulation")


async def member_role(request: Request) -> Response:
    """Choose what a member may do."""
    association, member = await _member(request)
    return _role_page(request, association, member)


async def change_role(request: Request) -> Response:
    """Change it."""
    association, member = await _member(request)
    sent = await read(RoleForm, request)
    if sent.form is None:
        return _role_page(request, association, member, status=422, sent=sent)
    owner, named = await current_account(request), member.membership.public_id
    await member_actions.change_role(association, owner, named, Role(sent.form.role), now())
    return _back(association, "role")


async def _owned(request: Request) -> Association:
    viewer = viewer_of(request)
    return await queries.member_association(viewer.account_id, request.path_params["association"], OWNERS)


async def _member(request: Request) -> tuple[Association, Member]:
    association = await _owned(request)
    return association, await member_queries.member_named(association.id, request.path_params["member"])


async def _members_page(request: Request, association: Association, **values: Any) -> Response:
    viewer = viewer_of(request)
    role = await queries.role_in(viewer.account_id, association.id)
    owns = role == Role.OWNER
    invited = await invitation_queries.open_invitations(association.id, now()) if owns else []
    return page(
        request,
        "associations/members.html",
        association=association,
        members=await member_queries.members_of(association.id),
        invited=invited,
        owns=owns,
        may_invite=owns and association.status != Status.CLOSED,
        done=DONE.get(request.query_params.get("fait", ""), ""),
        others=await member_queries.others_of(viewer.account_id, association),
        **_roles(),
        **values,
    )


def _role_page(request: Request, association: Association, member: Member, **values: Any) -> Response:
    return page(
        request,
        "associations/member_role.html",
        association=association,
        member=member,
        **_roles(),
        **values,
    )


def _roles() -> dict[str, Any]:
    """What the pages say of roles: labels, and the choices of a form."""
    return {"roles": ROLES, "choices": [(key, _(ROLES[key]), _(ROLE_HINTS[key])) for key in ROLES]}


def _back(association: Association, done: str) -> Response:
    """To the list, which says what was done."""
    return redirect("associations.members", association=association.public_id, fait=done)
