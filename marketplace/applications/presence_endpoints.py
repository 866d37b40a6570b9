"""The page of « je viens / je ne peux plus venir », reached by the mailed link: no signing in."""

from starlette.requests import Request
from starlette.responses import Response

from marketplace.applications import presence_actions, queries
from marketplace.applications.presence_links import Opens, application_of
from marketplace.applications.presence_policies import is_expected
from marketplace.applications.queries import Candidacy
from marketplace.missions import words
from marketplace.web import links as mailed
from marketplace.web.clock import now
from marketplace.web.pages import page, redirect


async def arrive_to_say(request: Request) -> Response:
    """The mailed link: it only leads to two buttons."""
    return mailed.arrive(request, request.path_params["token"], "applications.presence")


async def presence(request: Request) -> Response:
    """Where and when, and two equal buttons; then what was answered."""
    found = await _linked(request)
    return page(
        request,
        "applications/presence.html",
        found=found,
        words=words,
        link=request.path_params["link"],
        may_say=is_expected(found.application, found.slot, found.mission, now()),
    )


async def say_coming(request: Request) -> Response:
    """« Je viens »."""
    await presence_actions.say_coming(await _linked(request), now())
    return redirect("applications.presence", link=request.path_params["link"])


async def say_not_coming(request: Request) -> Response:
    """« Je ne peux plus venir »."""
    await presence_actions.say_not_coming(await _linked(request), now())
    return redirect("applications.presence", link=request.path_params["link"])


async def _linked(request: Request) -> Candidacy:
    return await queries.candidacy(application_of(Opens.PRESENCE, mailed.held(request)))
