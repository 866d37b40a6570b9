"""« Terminer la mission »: what it does, said before it is done."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from marketplace.accounts.viewers import current_account, viewer_of
from marketplace.missions import drafts, words
from marketplace.missions.lifecycle import RUNNING
from marketplace.missions.policies import slot_key
from marketplace.missions.queries import MissionView, view_of
from marketplace.publishing import finish_actions, policies, queries
from marketplace.publishing.forms import CancelForm
from marketplace.web.clock import now
from marketplace.web.forms import read
from marketplace.web.pages import page, redirect


async def ask_finish(request: Request) -> Response:
    """Say what it does, and ask; or why it is not possible yet."""
    view = await _view(request)
    if view.mission.status not in RUNNING:
        return redirect("publishing.show", mission=view.mission.public_id)
    return await _page(request, view)


async def finish(request: Request) -> Response:
    """End the mission."""
    view = await _view(request)
    sent = await read(CancelForm, request)
    if sent.form is None:
        return await _page(request, view, status=422, sent=sent)
    await finish_actions.finish(view.mission, await current_account(request), now(), sent.form.message)
    return redirect("publishing.show", mission=view.mission.public_id)


async def _view(request: Request) -> MissionView:
    account_id = viewer_of(request).account_id
    return await view_of(await drafts.member_mission(account_id, request.path_params["mission"]), now())


async def _page(request: Request, view: MissionView, **values: Any) -> Response:
    mission, accepted = view.mission, await queries.accepted_by_slot(view.mission.id)
    return page(
        request,
        "publishing/finish.html",
        mission=mission,
        association=view.association,
        words=words,
        slot_key=slot_key,
        expected=policies.expected(view.slots, accepted, view.at),
        accepted=accepted,
        to_come=sum(policies.is_to_come(slot, view.at) for slot in view.slots if slot.starts_at),
        unanswered=await queries.unanswered(mission.id),
        to_ask=await queries.to_ask(mission.id),
        **values,
    )
