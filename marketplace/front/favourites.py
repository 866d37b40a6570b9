"""Pages of the missions one keeps to come back to: keeping one, no longer, and their list."""

from starlette.requests import Request
from starlette.responses import Response

from marketplace.accounts.viewers import viewer_of
from marketplace.errors import NotFound
from marketplace.front import favourites_actions, favourites_queries
from marketplace.front.favourites_actions import MOST
from marketplace.missions.lifecycle import Shown
from marketplace.missions.queries import MissionView, full_mission, mission_by_public_id
from marketplace.web import pagination
from marketplace.web.clock import now
from marketplace.web.pages import page, redirect


async def favourites(request: Request) -> Response:
    """The missions one keeps, each as it stands now."""
    account = viewer_of(request).account_id
    return page(
        request,
        "front/favourites.html",
        kept=await favourites_queries.kept_by(account, pagination.cursor(request), now()),
        is_first=not pagination.cursor(request),
        most=MOST,
    )


async def keeping(request: Request) -> Response:
    """The button, for whoever had to sign in first: they come back here."""
    view = await _public(request)
    kept = await favourites_queries.is_kept(viewer_of(request).account_id, view.mission.id)
    return page(request, "front/favourites_keeping.html", view=view, kept=kept)


async def keep(request: Request) -> Response:
    """Keep a mission."""
    view = await _public(request)
    await favourites_actions.keep(viewer_of(request).account_id, view.mission, now())
    return redirect("front.mission", mission=view.mission.public_id)


async def let_go(request: Request) -> Response:
    """Keep it no longer, from its page."""
    view = await _public(request)
    await favourites_actions.let_go(viewer_of(request).account_id, view.mission)
    return redirect("front.mission", mission=view.mission.public_id)


async def remove_favourite(request: Request) -> Response:
    """Keep it no longer, from the list: it may no longer be public."""
    mission = await mission_by_public_id(request.path_params["mission"])
    account = viewer_of(request).account_id
    if mission is None or not await favourites_queries.is_kept(account, mission.id):
        raise NotFound
    await favourites_actions.let_go(account, mission)
    return redirect("front.favourites")


async def _public(request: Request) -> MissionView:
    view = await full_mission(request.path_params["mission"], now())
    if view.shown == Shown.NOT_PUBLIC:
        raise NotFound
    return view
