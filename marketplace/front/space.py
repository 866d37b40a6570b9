"""One's space: what is next and by when, one's applications, and the way to all that is one's own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from starlette.requests import Request
from starlette.responses import Response

from marketplace.accounts.viewers import current_account, viewer_of
from marketplace.applications import waiting_queries
from marketplace.applications.policies import is_current
from marketplace.applications.queries import Candidacy
from marketplace.associations import queries as associations
from marketplace.front import favourites_queries, queries, space_queries
from marketplace.front.for_me import found_for, in_words
from marketplace.front.space_next import Known, what_is_next
from marketplace.front.space_overlaps import overlaps
from marketplace.front.space_queries import Own
from marketplace.messages import queries as messages
from marketplace.missions import words
from marketplace.volunteers import queries as volunteers
from marketplace.volunteers.tables import Volunteer
from marketplace.web import pagination
from marketplace.web.clock import now
from marketplace.web.pages import page

NOTHING = Own([], [], more=False, ever=False)


@dataclass(frozen=True, slots=True)
class Group:
    """One's applications for one mission."""

    first: Candidacy
    dates: Sequence[Candidacy]


async def space(request: Request) -> Response:
    """What is next, one's applications and associations; with no application that stands, a few missions."""
    at, viewer = now(), viewer_of(request)
    volunteer = await volunteers.volunteer_of(viewer.account_id)
    own = await space_queries.own(volunteer.id, at) if volunteer else NOTHING
    unread = await messages.unread_for_account(viewer.account_id)
    found = [*own.current, *own.recent, *await _older(volunteer, own, unread.own)]
    known = await _known(volunteer, found, unread.own, at)
    said = await volunteers.preferences_of(viewer.account_id) if volunteer else None
    return page(
        request,
        "front/space.html",
        next=what_is_next(found, known),
        tu=known.is_minor,
        current=by_mission(own.current),
        recent=by_mission(own.recent),
        more=own.more,
        applied=own.ever,
        overlaps=known.overlaps,
        bands=await waiting_queries.bands([one.application for one in own.current]),
        associations=await associations.associations_of(viewer.account_id),
        to_answer=await queries.to_answer(viewer.account_id) if viewer.has_associations else {},
        unread_received=unread.received,
        favourites=await favourites_queries.how_many(viewer.account_id),
        stated=list(in_words(said)) if said else [],
        for_me=None if own.current else await found_for(await current_account(request), at),
        words=words,
    )


async def applications(request: Request) -> Response:
    """All of one's applications, page by page."""
    volunteer = await volunteers.volunteer_of(viewer_of(request).account_id)
    after = pagination.cursor(request)
    found = await space_queries.page_of_all(volunteer.id, after) if volunteer else pagination.Page([], "")
    return page(
        request,
        "front/space_applications.html",
        groups=by_mission(found.rows),
        bands=await waiting_queries.bands([one.application for one in found.rows]),
        next_cursor=found.next_cursor,
        is_later=bool(after),
        words=words,
    )


def by_mission(found: Sequence[Candidacy]) -> list[Group]:
    """The dates of a mission together, missions in the order of their first one."""
    order = {one.mission.id: rank for rank, one in reversed(list(enumerate(found)))}
    together = sorted(found, key=lambda one: order[one.mission.id])
    groups = [list(dates) for _, dates in groupby(together, key=lambda one: one.mission.id)]
    return [Group(dates[0], dates) for dates in groups]


async def _known(
    volunteer: Volunteer | None, found: Sequence[Candidacy], unread: Mapping[str, int], at: datetime
) -> Known:
    return Known(
        now=at,
        is_minor=volunteer is not None and await volunteers.birth_date(volunteer.id) is not None,
        unread=unread,
        told=await space_queries.told([one.application.id for one in found]),
        overlaps=overlaps([one for one in found if is_current(one.application, one.slot, one.mission, at)]),
    )


async def _older(volunteer: Volunteer | None, own: Own, unread: Mapping[str, int]) -> list[Candidacy]:
    """The applications that ended long ago and have a message to read."""
    missing = set(unread) - {one.application.public_id for one in [*own.current, *own.recent]}
    return await space_queries.named(volunteer.id, missing) if volunteer and missing else []
