"""The inbox of an account: what the associations it answers for received, a list to clear."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from marketplace.accounts.viewers import viewer_of
from marketplace.applications import inbox_queries, inbox_words, policies
from marketplace.applications.inbox_filters import read_filters
from marketplace.applications.inbox_policies import WAITING_SINCE, Group, place_of, read_place
from marketplace.applications.inbox_queries import MOST_COUNTED, PER_PAGE, Wanted
from marketplace.applications.lifecycle import Status
from marketplace.applications.queries import Candidacy
from marketplace.applications.received import Received, received
from marketplace.missions import words
from marketplace.missions.drafts import member_mission
from marketplace.missions.policies import slot_key
from marketplace.text import N_
from marketplace.web import pagination
from marketplace.web.clock import now
from marketplace.web.pages import page, redirect

GROUPS = {
    Group.TO_ANSWER.value: N_("À répondre"),
    Group.ACCEPTED.value: N_("Acceptées"),
    Group.CLOSED.value: N_("Closes"),
    Group.ALL.value: N_("Toutes"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One application of the list."""

    one: Received
    limit: str  # in words, while it awaits an answer
    is_urgent: bool
    unread: int
    answerable: bool  # with others, by a tick


async def inbox(request: Request) -> Response:
    """Those to answer, soonest limit first; the others by a filter."""
    at = now()
    filters = await read_filters(viewer_of(request).account_id, request.query_params)
    wanted = filters.wanted(at)
    after = read_place(request.query_params.get("apres", ""))
    pending = await inbox_queries.pending(wanted)
    found = pagination.cut(
        await inbox_queries.received_page(wanted, after), lambda one: str(place_of(one.application)), PER_PAGE
    )
    return page(
        request,
        "applications/inbox.html",
        filters=filters,
        rows=await _rows(found.rows),
        next_cursor=found.next_cursor,
        is_later=after is not None,
        pending=pending,
        on_list=await inbox_queries.waiting_people(wanted),
        all_answered=not pending and not (filters.narrowed and await _awaited(filters.account)),
        most=MOST_COUNTED,
        all_ticked=request.query_params.get("cocher") == "tout",
        groups=GROUPS,
        since=WAITING_SINCE,
        slot_key=slot_key,
        words=words,
    )


async def of_mission(request: Request) -> Response:
    """Where mails lead: the inbox narrowed to a mission."""
    mission = await member_mission(viewer_of(request).account_id, request.path_params["mission"])
    return redirect("applications.inbox", mission=mission.public_id, etat=Group.ALL.value)


async def _awaited(account: int) -> int:
    """How many answers are to be given over all of this account's missions."""
    return await inbox_queries.pending(Wanted(account))


async def _rows(found: Sequence[Candidacy]) -> list[Row]:
    unread = await inbox_queries.unread([one.application.id for one in found])
    return [await _row(one, unread.get(one.application.id, 0)) for one in found]


async def _row(found: Candidacy, unread: int) -> Row:
    at, application = now(), found.application
    awaits = application.status == Status.PENDING
    return Row(
        one=await received(found, at),
        limit=inbox_words.limit(application.answer_by, at) if awaits else "",
        is_urgent=awaits and inbox_words.is_urgent(application.answer_by, at),
        unread=unread,
        answerable=awaits and policies.is_current(application, found.slot, found.mission, at),
    )
