"""Searching: a capped count says whether everything can be read and sorted, or must be streamed."""

import asyncio
from collections.abc import Collection, Coroutine, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

from marketplace import db
from marketplace.discovery import cards, facets, positions
from marketplace.discovery.candidates import newest
from marketplace.discovery.hits import Hit, hits_of
from marketplace.discovery.normalise import query_words
from marketplace.discovery.positions import Direction, Position, order_of
from marketplace.discovery.searches import ORDERS, Found, Order, Results, Search, Why
from marketplace.discovery.starts import starts
from marketplace.discovery.streams import Start, stream
from marketplace.discovery.suggestions import suggestion
from marketplace.discovery.tags import LISTS

__all__ = ["ORDERS", "TOTAL_CAP", "Found", "Order", "Results", "Search", "Why", "search", "total"]

TOTAL_CAP = 300  # thirty pages: beyond, counting costs more than it tells
T = TypeVar("T")
U = TypeVar("U")


@dataclass(frozen=True, slots=True)
class Page:
    """Hits to show, and whether there are others on each side."""

    hits: list[Hit]
    has_previous: bool
    has_next: bool


async def search(search: Search, now: datetime, limit: int = 12, counted: Collection[str] = LISTS) -> Results:
    """One page of the missions that answer a search. Whatever was typed, it answers, and never raises.

    `counted`: the filters whose own values are counted as if none were chosen; the others', as they are.
    """
    known = await starts(search)
    some, aside = await _together(
        newest(search, now, TOTAL_CAP + 1, known=known), facets.put_aside(search, now, known, counted)
    )
    is_capped = len(some.ids) > TOTAL_CAP
    page = await _page(search, now, limit, some.ids)
    told = facets.count(some, aside, approximate=is_capped)
    found = await cards.found(search, page.hits, now)
    return Results(
        cards=found,
        total=min(len(some.ids), TOTAL_CAP),
        total_is_capped=is_capped,
        facets=told.counts,
        facets_approximate=told.approximate,
        next_cursor=_cursor(search, page, found, "next") if page.has_next else "",
        previous_cursor=_cursor(search, page, found, "previous") if page.has_previous else "",
        suggestion="" if some.ids else await _suggestion(search, now),
    )


async def total(search: Search, now: datetime) -> int:
    """How many missions answer; TOTAL_CAP + 1 when there are more than TOTAL_CAP."""
    return len((await newest(search, now, TOTAL_CAP + 1)).ids)


async def _together(first: Coroutine[Any, Any, T], second: Coroutine[Any, Any, U]) -> tuple[T, U]:
    """Both at once on two connections; in a transaction there is one connection."""
    if db.in_transaction():
        return await first, await second
    one, other = await asyncio.gather(first, second)
    return one, other


async def _page(search: Search, now: datetime, limit: int, ids: Sequence[int]) -> Page:
    """Of the newest rows, which are all of them unless they are more than TOTAL_CAP."""
    start = await _start(search)
    if len(ids) <= TOTAL_CAP:
        return _cut(await hits_of(search, ids), start, limit)
    if start is None and order_of(search) in ("newest", "relevance") and len(ids) > limit:
        hits = await hits_of(replace(search, order="newest"), ids[: limit + 1])
        return Page(hits[:limit], has_previous=False, has_next=True)
    return await _streamed(search, now, start, limit)


async def _start(search: Search) -> Start | None:
    position = positions.read(search)
    if position is None:
        return None
    rows = await db.fetch(
        "SELECT r.id FROM mission m JOIN mission_search r ON r.mission = m.id WHERE m.public_id = {}",
        position.public_id,
    )
    return Start(position.direction, position.key, rows[0]["id"]) if rows else None


def _cut(hits: list[Hit], start: Start | None, limit: int) -> Page:
    first, last = 0, limit
    if start is not None:
        here = (start.key, -start.id)
        if start.direction == "next":
            first = sum(hit.place <= here for hit in hits)
            last = first + limit
        else:
            last = sum(hit.place < here for hit in hits)
            first = max(0, last - limit)
    if first == last or first >= len(hits):  # what stood there is gone
        first, last = 0, limit
    return Page(hits[first:last], first > 0, last < len(hits))


async def _streamed(search: Search, now: datetime, start: Start | None, limit: int) -> Page:
    found = await stream(search, now, start, limit + 1)
    if start is None or not found:
        found = found or await stream(search, now, None, limit + 1)
        return Page(found[:limit], has_previous=False, has_next=len(found) > limit)
    more = len(found) > limit
    if start.direction == "previous":
        shown = found[-limit:]
        return Page(shown, more, await _has(search, now, "next", shown[-1]))
    return Page(found[:limit], await _has(search, now, "previous", found[0]), more)


async def _has(search: Search, now: datetime, direction: Direction, hit: Hit) -> bool:
    """Whether there is one more on this side of a hit."""
    return bool(await stream(search, now, Start(direction, hit.key, hit.id), 1))


def _cursor(search: Search, page: Page, found: list[Found], direction: Direction) -> str:
    edge = -1 if direction == "next" else 0
    key = page.hits[edge].key
    return positions.write(search, Position(direction, key, found[edge].card.public_id))


async def _suggestion(search: Search, now: datetime) -> str:
    """Other words that would find something, or ''."""
    if not query_words(search.words):
        return ""
    words = await suggestion(search.words)
    if not words:
        return ""
    return words if (await newest(replace(search, words=words), now, 1)).ids else ""
