"""The SQL of a search: which rows answer it, and how each order looks at them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from marketplace import db
from marketplace.discovery.geography import (
    LARGEST_RADIUS_KM,
    NO_DISTANCE,
    SMALLEST_RADIUS_KM,
    box,
    chord2,
    is_on_earth,
    point,
)
from marketplace.discovery.normalise import Word, query_words
from marketplace.discovery.searches import Search
from marketplace.discovery.tags import asked
from marketplace.missions.policies import APPLY_BEFORE
from marketplace.web.clock import paris_instant


@dataclass(frozen=True, slots=True)
class Sql:
    """A piece of SQL with a value for each `{}`."""

    text: str
    args: tuple[Any, ...] = ()

    def __add__(self, other: "Sql | str") -> "Sql":
        other = Sql(other) if isinstance(other, str) else other
        return Sql(f"{self.text} {other.text}", self.args + other.args)


def every(parts: Sequence[Sql]) -> Sql:
    """All of these conditions."""
    return Sql(
        " AND ".join(f"({part.text})" for part in parts), tuple(a for part in parts for a in part.args)
    )


async def rows(statement: Sql) -> list[dict[str, Any]]:
    """What a statement finds."""
    return await db.fetch(statement.text, *statement.args)


def place_of(search: Search) -> tuple[float, float] | None:
    """Where a search looks around, if it says so."""
    if search.latitude is None or search.longitude is None:
        return None
    known = is_on_earth(search.latitude, search.longitude)
    return (search.latitude, search.longitude) if known else None


def answering(search: Search, now: datetime, *, without: str = "") -> Sql:
    """FROM and WHERE of the rows that answer; `without`: one filter is put aside."""
    wanted = {name: tags for name, tags in asked(search).items() if name != without}
    match = _match(query_words(search.words), wanted)
    until = "shown_until" if search.with_full else "open_until"
    parts = [Sql(f"r.shown_until IS NOT NULL AND r.{until} > {{}}", (now,))]
    if place := place_of(search):
        parts.append(_around(place, search, on_site_only="_at_on_site" in wanted.get("place_kinds", ())))
    if search.starts or search.ends:
        parts.append(_overlaps(search, now))
    if not match:
        return Sql("FROM mission_search r WHERE") + every(parts)
    if db.is_postgres():
        parts.append(Sql("w.doc @@ CAST(CAST({} AS TEXT) AS TSQUERY)", (match,)))
        return Sql("FROM mission_search r JOIN mission_words w ON w.id = r.id WHERE") + every(parts)
    parts.insert(0, Sql("mission_words MATCH {}", (match,)))
    # CROSS: the words first, in the order of their rowid, then each row by its key
    return Sql("FROM mission_words w CROSS JOIN mission_search r ON r.id = w.rowid WHERE") + every(parts)


def newest_key(search: Search, *, without: str = "") -> str:
    """What to sort by for « newest first »: FTS5 gives its own rowid in order, and sorts anything else."""
    has_match = bool(query_words(search.words) or set(asked(search)) - {without})
    return "w.rowid" if has_match and not db.is_postgres() else "r.id"


def distance(place: tuple[float, float] | None, radius_km: int) -> Sql:
    """chord² to the place, NO_DISTANCE for what is not around it."""
    if place is None:
        return _number(NO_DISTANCE)
    inside = within(place, cut_radius(radius_km))
    return Sql("CASE WHEN") + inside + "THEN" + _chord2(place) + "ELSE" + _number(NO_DISTANCE) + "END"


def within(place: tuple[float, float], km: float) -> Sql:
    """On site and not farther than this: a box for the index, then the distance itself."""
    around = box(*place, km)
    east_west = "AND" if around.west <= around.east else "OR"
    in_box = Sql(
        "r.shown_until IS NOT NULL AND r.latitude BETWEEN {} AND {}"
        f" AND (r.longitude >= {{}} {east_west} r.longitude <= {{}})",
        (around.south, around.north, around.west, around.east),
    )
    return Sql("(") + in_box + "AND" + _chord2(place) + "<=" + _number(chord2(km)) + ")"


def cut_radius(km: int) -> int:
    """A radius within what is offered."""
    return min(max(km, SMALLEST_RADIUS_KM), LARGEST_RADIUS_KM)


def _around(place: tuple[float, float], search: Search, *, on_site_only: bool) -> Sql:
    inside = within(place, cut_radius(search.radius_km))
    return inside if on_site_only else Sql("r.place_kind IN ('remote', 'either') OR") + inside


def _overlaps(search: Search, now: datetime) -> Sql:
    """A slot one may apply to touches the days asked for, or has no date."""
    parts = [
        Sql("s.mission = r.mission AND s.cancelled_at IS NULL"),
        Sql("s.starts_at IS NULL OR s.starts_at > {}", (now + APPLY_BEFORE,)),
    ]
    if not search.with_full:
        parts.append(Sql("s.places_taken < s.places"))
    if search.starts:
        first = search.starts
        parts.append(Sql("s.ends_at IS NULL OR s.ends_at > {}", (paris_instant(first, 0, 0),)))
    if search.ends and search.ends.year < 9999:
        after = search.ends + timedelta(days=1)
        parts.append(Sql("s.starts_at IS NULL OR s.starts_at < {}", (paris_instant(after, 0, 0),)))
    return Sql("EXISTS (SELECT 1 FROM slot s WHERE") + every(parts) + ")"  # noqa: S608 - our own words


def _match(words: Sequence[Word], wanted: Mapping[str, Sequence[str]]) -> str:
    """The query of the inverted index, or '' when it has nothing to say.

    Every token is made of letters and digits of ours (normalise.py) or is a tag: nothing to escape.
    """
    postgres = db.is_postgres()
    quote, either, both, prefix = ("'", " | ", " & ", ":*") if postgres else ('"', " OR ", " AND ", " *")
    groups = [
        [f"{quote}{token}{quote}" for token in word.alternatives]
        + ([f"{quote}{word.typed}{quote}{prefix}"] if word.is_prefix else [])
        for word in words
    ]
    groups += [[f"{quote}{tag}{quote}" for tag in tags] for tags in wanted.values()]
    return both.join(f"({either.join(group)})" for group in groups)


def _chord2(place: tuple[float, float]) -> Sql:
    at = point(*place)
    squares = [
        Sql(f"(r.{axis} -") + _number(value) + f") * (r.{axis} -" + _number(value) + ")"
        for axis, value in (("x", at.x), ("y", at.y), ("z", at.z))
    ]
    return Sql("(") + squares[0] + "+" + squares[1] + "+" + squares[2] + ")"


def _number(value: float) -> Sql:
    return Sql("CAST({} AS DOUBLE PRECISION)", (value,))
