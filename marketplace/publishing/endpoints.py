"""Pages where members see a mission and its owners and managers move it."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from marketplace.accounts.tables import Account
from marketplace.accounts.viewers import current_account, viewer_of
from marketplace.associations import queries as associations
from marketplace.missions import drafts, words
from marketplace.missions.choices import choices, chosen
from marketplace.missions.hand_over_queries import referent_of
from marketplace.missions.lifecycle import OVER, RUNNING
from marketplace.missions.queries import MissionView, view_of
from marketplace.missions.steps import STEPS
from marketplace.missions.tables import Mission
from marketplace.publishing import actions, stands
from marketplace.publishing.errors import NotRunning
from marketplace.publishing.forms import CancelForm, FreeFieldsForm
from marketplace.web.clock import now
from marketplace.web.forms import read
from marketplace.web.pages import page, redirect


async def show(request: Request) -> Response:
    """A mission for its members: where it stands, and what one can do."""
    viewer = viewer_of(request)
    view = await _view(request, reading=True)
    return page(
        request,
        "publishing/show.html",
        **_about(view),
        steps=STEPS,
        said=chosen(view.mission),
        words=words,
        may_write=await associations.manages(viewer.account_id, view.association.id),
        referent=await referent_of(view.mission),
        referent_named=request.query_params.get("fait") == "referent",
    )


async def preview(request: Request) -> Response:
    """The mission as visitors will see it."""
    view = await _view(request, reading=True)
    return page(request, "front/mission.html", view=view, words=words, preview=True, own="")


async def submit(request: Request) -> Response:
    """Send it to the moderators."""
    return await _move(request, actions.submit)


async def pause(request: Request) -> Response:
    """Take no new application."""
    return await _move(request, actions.pause)


async def resume(request: Request) -> Response:
    """Take applications again."""
    return await _move(request, actions.resume)


async def stand(request: Request) -> Response:
    """Say that it still stands, as the link of the mail does."""
    return await _move(request, stands.stand)


async def edit(request: Request) -> Response:
    """The free words of a mission that is online."""
    return _edit_page(request, await _running(request))


async def update(request: Request) -> Response:
    """Change them."""
    view = await _running(request)
    sent = await read(FreeFieldsForm, request)
    if sent.form is None:
        return _edit_page(request, view, sent=sent, status=422)
    await actions.edit(view.mission, sent.form.model_dump(), now())
    return redirect("publishing.show", mission=view.mission.public_id)


async def ask_cancel(request: Request) -> Response:
    """Say what cancelling does, and ask."""
    view = await _view(request)
    if view.mission.status in OVER:
        return redirect("publishing.show", mission=view.mission.public_id)
    return page(request, "publishing/cancel.html", **_about(view))


async def cancel(request: Request) -> Response:
    """Give the mission up for good."""
    view = await _view(request)
    sent = await read(CancelForm, request)
    if sent.form is None:
        return page(request, "publishing/cancel.html", status=422, sent=sent, **_about(view))
    await actions.cancel(view.mission, await current_account(request), now(), sent.form.message)
    return redirect("publishing.show", mission=view.mission.public_id)


async def _move(request: Request, act: Callable[[Mission, Account, datetime], Awaitable[None]]) -> Response:
    account = await current_account(request)
    mission = await drafts.member_mission(account.id, request.path_params["mission"])
    await act(mission, account, now())
    return redirect("publishing.show", mission=mission.public_id)


async def _view(request: Request, *, reading: bool = False) -> MissionView:
    viewer = viewer_of(request)
    roles = associations.EVERYONE if reading else associations.MANAGERS
    mission = await drafts.member_mission(viewer.account_id, request.path_params["mission"], roles)
    return await view_of(mission, now())


async def _running(request: Request) -> MissionView:
    view = await _view(request)
    if view.mission.status not in RUNNING:
        raise NotRunning
    return view


def _about(view: MissionView) -> dict[str, Any]:
    return {"view": view, "mission": view.mission, "association": view.association}


def _edit_page(request: Request, view: MissionView, **values: Any) -> Response:
    return page(request, "publishing/edit.html", choices=choices(), **_about(view), **values)
