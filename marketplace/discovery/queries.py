"""Searching: a capped count says whether everything can be read and sorted, or must be streamed."""

from dataclasses import dataclass, replace
from datetime import datetime

from marketplace import db
from marketplace.discovery import cards, facets, positions, statements
from marketplace.discovery.hits import Hit, all_hits
from marketplace.discovery.normalise import query_words
from marketplace.discovery.positions import Direction, Position
from marketplace.discovery.searches import ORDERS, Found, Order, Results, Search, Why
from marketplace.discovery.statements import Sql
from marketplace.discovery.streams import Start, stream
from marketplace.discovery.suggestions import suggestion

__all__ = ["ORDERS", "Found", "Order", "Results", "Search", "Why", "search"]

TOTAL_CAP = 1000


@dataclass(frozen=True, slots=True)
class Page:
    """Hits to show, and whether there are others on each side."""

    hits: list[Hit]
    has_previous: bool
    has_next: bool


async def search(search: Search, now: datetime, limit: int = 12) -> Results:
    """One page of the missions that answer a search. Whatever was typed, it answers, and never raises."""
    total = await _count(search, now, TOTAL_CAP + 1)
    if not total:
        return Results(
            cards=[],
            total=0,
            total_is_capped=False,
            facets=(await facets.count(search, now, [])).counts,
            suggestion=await _suggestion(search, now),
        )
    start = await _start(search)
    hits = await all_hits(search, now) if total <= TOTAL_CAP else None
    page = _cut(hits, start, limit) if hits is not None else await _streamed(search, now, start, limit)
    counted = await facets.count(search, now, [hit.tags for hit in hits] if hits is not None else None)
    found = await cards.found(search, page.hits, now)
    return Results(
        cards=found,
        total=min(total, TOTAL_CAP),
        total_is_capped=total > TOTAL_CAP,
        facets=counted.counts,
        facets_approximate=counted.approximate,
        next_cursor=_cursor(search, page, found, "next") if page.has_next else "",
        previous_cursor=_cursor(search, page, found, "previous") if page.has_previous else "",
    )


async def _count(search: Search, now: datetime, cap: int) -> int:
    """How many answer, at most `cap`."""
    few = Sql("SELECT count(*) AS found FROM (SELECT 1") + statements.answering(search, now)
    (row,) = await statements.rows(few + Sql("LIMIT {}) AS few", (cap,)))
    return int(row["found"])


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
    return words if words and await _count(replace(search, words=words), now, 1) else ""
