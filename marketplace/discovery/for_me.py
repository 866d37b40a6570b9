"""What may suit somebody: some hundred open missions the search finds for what they look for, best first.

How a mission ranks, the same on both engines since everything compared is a whole number:

1. points: 4 for each stated skill it asks for, 3 for each stated audience; 2 when it is within a third of the
   stated radius, 1 when it is within it or can be done from home;
2. then one more for each of these in common: its domain, how much time it asks for, a part of the day;
3. then the newest.

No score is kept: it is counted again at each look. Whether one may really apply is not looked at here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from marketplace.discovery import cards, statements
from marketplace.discovery.geography import NO_DISTANCE, chord2
from marketplace.discovery.hits import Hit
from marketplace.discovery.searches import Found, Search
from marketplace.discovery.streams import stream
from marketplace.discovery.tags import LISTS, tag
from marketplace.volunteers.tables import Preferences

ENOUGH = 300  # candidates, also of one search: the most specific first, until there are this many
SKILL, AUDIENCE, CLOSE, WITHIN_REACH = 4, 3, 2, 1
CLOSE_PART = 3  # close: a third of the radius
STATED = ("skills", "audiences", "domains", "rhythms", "day_parts")  # in the order they count
FROM_HOME = tag(LISTS["place_kinds"], "remote")


async def ranked(said: Preferences | None, now: datetime, *, minors: bool = False) -> list[Hit]:
    """Missions with a place to take, the best first; `minors`: only those open to 16–17 year-olds."""
    hits: dict[int, Hit] = {}
    for search in _searches(_base(said, minors=minors)):
        for hit in await stream(search, now, None, ENOUGH):
            hits.setdefault(hit.id, hit)
        if len(hits) >= ENOUGH:
            break
    wanted = _wanted(said)
    return sorted(hits.values(), key=lambda hit: _rank(wanted, said.radius_km if said else 0, hit))


async def shown(said: Preferences | None, hits: Sequence[Hit], now: datetime) -> list[Found]:
    """Their cards in the same order, with the skills, audiences and distance that count."""
    return await cards.found(_base(said, minors=False), hits, now)


def has(hit: Hit, filter_name: str, key: str) -> bool:
    """Whether a mission says this of itself: `has(hit, "domains", "sport")`."""
    return tag(LISTS[filter_name], key) in hit.tags.split()


def _base(said: Preferences | None, *, minors: bool) -> Search:
    """Everything stated, in one search."""
    if said is None:
        return Search(minors=minors, order="newest")
    return Search(
        latitude=said.latitude,
        longitude=said.longitude,
        radius_km=said.radius_km,
        place_kinds=frozenset({said.place_kind} if said.place_kind else ()),
        skills=tuple(said.skills),
        audiences=tuple(said.audiences),
        domains=tuple(said.domains),
        minors=minors,
        order="newest",
    )


def _searches(all_of_it: Search) -> Iterator[Search]:
    """From the most specific to any mission one can get to."""
    anything = replace(all_of_it, skills=(), audiences=(), domains=())
    if all_of_it.skills and all_of_it.audiences:
        yield replace(all_of_it, domains=())
    for name in ("skills", "audiences", "domains"):
        if stated := getattr(all_of_it, name):
            yield replace(anything, **{name: stated})
    if "remote" in anything.place_kinds or statements.place_of(anything) is not None:
        yield replace(anything, order="nearest")
        return
    if not anything.place_kinds:
        yield replace(anything, place_kinds=frozenset({"remote"}))
    yield anything


def _wanted(said: Preferences | None) -> dict[str, set[str]]:
    """The tags of what is stated, by filter."""
    return {name: {tag(LISTS[name], key) for key in getattr(said, name, ())} for name in STATED}


def _rank(wanted: dict[str, set[str]], radius_km: int, hit: Hit) -> tuple[int, int, int]:
    """What to sort by."""
    tags = set(hit.tags.split())
    common = {name: len(tags & asked) for name, asked in wanted.items()}
    points = SKILL * common["skills"] + AUDIENCE * common["audiences"] + _nearness(tags, radius_km, hit)
    return -points, -sum(common[name] > 0 for name in STATED[2:]), -hit.id


def _nearness(tags: set[str], radius_km: int, hit: Hit) -> int:
    if hit.chord2 < NO_DISTANCE:
        return CLOSE if hit.chord2 <= chord2(radius_km / CLOSE_PART) else WITHIN_REACH
    return WITHIN_REACH if FROM_HOME in tags else 0
