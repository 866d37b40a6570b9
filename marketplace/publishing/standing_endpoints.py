"""« Toujours d’actualité ? »: answered from the mail, with a button and without signing in."""

from starlette.requests import Request
from starlette.responses import Response

from marketplace.missions.lifecycle import PausedBecause, Status
from marketplace.missions.queries import full_mission
from marketplace.publishing import links, stands
from marketplace.web import links as mailed
from marketplace.web import urls
from marketplace.web.clock import now
from marketplace.web.pages import page, redirect


async def arrive_to_confirm(request: Request) -> Response:
    """The link of the mail."""
    return mailed.arrive(request, request.path_params["token"], "publishing.confirming")


async def confirming(request: Request) -> Response:
    """Ask, with one button; then say that it is noted."""
    view = await full_mission(links.mission_of(mailed.held(request)), now())
    mission = view.mission
    online = mission.status == Status.PUBLISHED
    return page(
        request,
        "publishing/standing.html",
        mission=mission,
        asked=online or mission.paused_because == PausedBecause.UNDATED,
        done=bool(request.query_params.get("fait")) and online and mission.stands_asked_at is None,
        action=urls.localised(request.scope["path"]),
    )


async def confirm(request: Request) -> Response:
    """Yes, it stands."""
    await stands.confirm(links.mission_of(mailed.held(request)), now())
    return redirect("publishing.confirming", link=request.path_params["link"], fait="oui")
