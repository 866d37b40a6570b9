"""What a calendar program reads."""

from starlette.requests import Request
from starlette.responses import Response

from marketplace.applications import calendars
from marketplace.exchange import calendar_queries
from marketplace.web.clock import now


async def calendar_feed(request: Request) -> Response:
    """Somebody's accepted slots, by their private link; a link that is dead, or never was, is not found."""
    at, account = now(), await calendar_queries.follower(request.path_params["secret"])
    found = await calendar_queries.accepted_dates(account.id, at)
    return Response(
        calendars.feed(found, account.language, at),
        media_type="text/calendar",
        headers={"cache-control": "no-store", "x-robots-tag": "noindex"},
    )
