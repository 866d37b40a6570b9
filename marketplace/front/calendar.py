"""One's calendar: when one is expected, what overlaps, and the private link for a calendar program."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import groupby

from babel.dates import format_date
from starlette.requests import Request
from starlette.responses import Response

from marketplace.accounts.viewers import viewer_of
from marketplace.applications.overlap_queries import Planned, planned
from marketplace.errors import NotFound
from marketplace.exchange import calendar_actions, calendar_queries
from marketplace.missions.calendar import overlapping
from marketplace.text import language
from marketplace.web import links, urls
from marketplace.web.clock import now, paris_day
from marketplace.web.pages import page, redirect

MINE = "front.calendar"


async def calendar(request: Request) -> Response:
    """The dates to come, month by month."""
    at, account = now(), viewer_of(request).account_id
    dates = await planned(account, at)
    return page(
        request,
        "front/calendar.html",
        months=[(month, list(found)) for month, found in groupby(dates, _month)],
        overlaps=_overlaps(dates),
        link_made_at=await calendar_queries.link_made_at(account),
    )


async def make_calendar_link(request: Request) -> Response:
    """A new private link; one given before opens nothing any more."""
    secret = await calendar_actions.make_link(viewer_of(request).account_id, now())
    return links.arrive(request, secret, "front.calendar_link")


async def calendar_link(request: Request) -> Response:
    """The link, to copy: told by this browser's cookie, since only its fingerprint is stored."""
    secret = links.held(request)
    owner = await calendar_queries.follower(secret)
    if owner.id != viewer_of(request).account_id:
        raise NotFound
    address = urls.absolute("exchange.calendar_feed", secret=secret)
    return page(
        request,
        "front/calendar_link.html",
        address=address,
        webcal=f"webcal:{address.partition(':')[2]}",
    )


async def end_calendar_link(request: Request) -> Response:
    """The link opens nothing any more."""
    await calendar_actions.end_link(viewer_of(request).account_id)
    return redirect(MINE)


def _month(one: Planned) -> str:
    """« Mars 2027 »."""
    words = format_date(paris_day(one.starts_at), "MMMM y", locale=language())
    return words[:1].upper() + words[1:]


def _overlaps(dates: Sequence[Planned]) -> Mapping[str, Sequence[Planned]]:
    """By application, the others that share some of its time."""
    found: dict[str, list[Planned]] = defaultdict(list)
    for one, other in overlapping(dates):
        found[one.public_id].append(other)
        found[other.public_id].append(one)
    return found
