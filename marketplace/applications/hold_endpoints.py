"""A visitor's hold: where to look for the mail, and the button that confirms."""

from starlette.requests import Request
from starlette.responses import Response

from marketplace.accounts.cookies import device, remember
from marketplace.applications import hold_queries, holds, queries
from marketplace.applications.endpoints import to_sent
from marketplace.web import links
from marketplace.web.clock import now
from marketplace.web.pages import page


async def held(request: Request) -> Response:
    """The same page whether the address is known or not."""
    return page(request, "applications/held.html")


async def arrive(request: Request) -> Response:
    """The mailed link: it only leads to a button."""
    return links.arrive(request, request.path_params["secret"], "applications.confirmation")


async def confirmation(request: Request) -> Response:
    """The button that confirms: mail scanners open links, they do not press it."""
    title = await hold_queries.mission_title(links.held(request))
    return page(request, "applications/confirmation.html", link=request.path_params["link"], title=title)


async def confirm(request: Request) -> Response:
    """What was held becomes applications, and their owner is signed in."""
    confirmed = await holds.confirm(links.held(request), device(request), now())
    mission = await queries.about(confirmed.applied.applications[0])
    response = to_sent(mission.mission.public_id, confirmed.applied)
    return links.forget(request, remember(response, confirmed.token))
