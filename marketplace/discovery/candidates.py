"""The newest rows that answer a search: as many as tell how many there are, and what to count facets from.

On SQLite the inverted index gives them newest first. PostgreSQL's gives all or nothing, and one word may be
in a third of the missions: there the newest missions are looked at first, then as many older ones as it seems
to take; short stretches one by one, long ones through the index, the rest at last.
"""

from dataclasses import dataclass
from datetime import datetime

from marketplace import db
from marketplace.discovery import statements
from marketplace.discovery.searches import Search
from marketplace.discovery.sql import Sql, rows
from marketplace.discovery.starts import Starts, starts
from marketplace.discovery.statements import Window

LOOKED_AT_FIRST = 1_000  # ids
LOOKED_AT_MOST = 4_000  # in one stretch; a longer one goes through the index
BY_BLOCKS_MOST = 200_000  # in one stretch: asked for more at once, PostgreSQL reads everything
FARTHEST = 200_000  # what takes longer stretches takes the rest
FARTHEST_SIFTED = 500_000  # the same where the index gives much that is not around the place, or not then
NEAR_MOST = 40_000  # missions looked at around a place; for two words or tags half as many, and so on
SPARE = 1.2  # times as far as it seems to take


@dataclass(frozen=True, slots=True)
class Candidates:
    """Rows that answer: their ids, the newest first, and all their tags in one text.

    One text each, as a thousand rows cost five times as much to hand over.
    """

    ids: list[int]
    tags: str


async def newest(
    search: Search,
    now: datetime,
    count: int,
    *,
    without: str = "",
    before: int | None = None,
    known: Starts | None = None,
) -> Candidates:
    """Up to `count` rows; `without`: one filter is put aside; `before`: only older ones than this id.

    `known`: `starts(search)`, where it was asked for already.
    """
    few_near, window = await _are_few_near(search, without), Window(before=before)
    if statements.wanted(search, without) and not (few_near and db.is_postgres()):
        known = known or await starts(search)
        if db.is_postgres():
            return await _in_stretches(search, now, count, without, before, known)
        return await _indexed(search, now, count, without, window, known, few_near=few_near)
    if few_near and db.is_postgres():
        near = statements.near_first(search, now, without=without, window=window)
        return await _gathered(near, "w.id", count)
    if few_near:
        near = statements.looking(search, now, without=without, window=window)
        return await _gathered(near, "r.id + 0", count)  # no index has it: the one of places is left
    return await _looking(search, now, count, without, window)


async def _are_few_near(search: Search, without: str) -> bool:
    """Whether all that may answer stands around one place, and is soon looked at."""
    if not (near := statements.only_near(search, without)):
        return False
    most = NEAR_MOST // max(1, len(statements.wanted(search, without)))
    few = Sql("SELECT count(*) AS found FROM (SELECT 1") + near + Sql("LIMIT {}) AS few", (most + 1,))
    (row,) = await rows(few)
    return bool(row["found"] <= most)


async def _in_stretches(
    search: Search, now: datetime, count: int, without: str, before: int | None, known: Starts
) -> Candidates:
    if before is None:
        (last,) = await db.fetch("SELECT max(id) AS id FROM mission_search WHERE shown_until IS NOT NULL")
        before = (last["id"] or 0) + 1
    farthest = FARTHEST_SIFTED if statements.is_sifted(search, without) else FARTHEST
    found = Candidates([], "")
    looked_at, length = 0, LOOKED_AT_FIRST
    while len(found.ids) < count and before > 1:
        is_rest, length = length > min(farthest, before), min(length, BY_BLOCKS_MOST)
        after, missing = before - length, count - len(found.ids)
        if is_rest:
            more, before = await _indexed(search, now, missing, without, Window(before=before), known), 0
        elif length <= LOOKED_AT_MOST or _is_all_wide(search, without, known):
            more = await _looking(search, now, missing, without, Window(after, before))
        else:
            answering = statements.in_blocks(search, now, after, before, without=without, wide=known.wide)
            more = await _gathered(answering, "w.id", missing)
        found = Candidates(found.ids + more.ids, f"{found.tags} {more.tags}")
        looked_at, before = looked_at + length, min(before, after + 1)
        length = _reach(count - len(found.ids), len(found.ids), looked_at)
    return found


def _is_all_wide(search: Search, without: str, known: Starts) -> bool:
    return all(not known.wide.isdisjoint(group) for group in statements.wanted(search, without))


def _reach(missing: int, found: int, looked_at: int) -> int:
    """How many ids more it takes, if the older ones are as those looked at."""
    if not found:
        return FARTHEST_SIFTED + 1
    return max(LOOKED_AT_FIRST, round(SPARE * missing * looked_at / found))


async def _looking(search: Search, now: datetime, count: int, without: str, window: Window) -> Candidates:
    return await _gathered(statements.looking(search, now, without=without, window=window), "r.id", count)


async def _indexed(
    search: Search,
    now: datetime,
    count: int,
    without: str,
    window: Window,
    known: Starts,
    *,
    few_near: bool = False,
) -> Candidates:
    newest = statements.newest_key(search, without=without)
    answering = statements.answering(
        search, now, without=without, window=window, tokens=known.tokens, few_near=few_near
    )
    return await _gathered(answering, newest, count)


async def _gathered(answering: Sql, key: str, count: int) -> Candidates:
    join = "string_agg" if db.is_postgres() else "group_concat"
    both = Sql(f"SELECT {join}(CAST(newest.id AS TEXT), ' ') AS ids, {join}(tags, ' ') AS tags FROM")
    newest = answering + Sql(f"ORDER BY {key} DESC LIMIT {{}}) AS newest", (count,))
    if key == "w.id":  # the tags of those that answer, not of all that were looked at
        newest = Sql("(SELECT r.id") + newest + "JOIN mission_search t ON t.id = newest.id"
    else:
        newest = Sql("(SELECT r.id, r.tags") + newest
    (found,) = await rows(both + newest)
    ids = sorted(map(int, (found["ids"] or "").split()), reverse=True)
    return Candidates(ids, found["tags"] or "")
