"""The SQL of a search: which rows answer it, and how each order looks at them."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from marketplace import db
from marketplace.discovery import matching
from marketplace.discovery.geography import is_on_earth
from marketplace.discovery.matching import Group
from marketplace.discovery.nearness import cut_radius, in_box, within
from marketplace.discovery.normalise import query_words
from marketplace.discovery.searches import Search
from marketplace.discovery.sql import Sql, every, rows
from marketplace.discovery.tags import asked
from marketplace.missions.policies import APPLY_BEFORE
from marketplace.web.clock import paris_instant

__all__ = ["Sql", "Window", "answering", "every", "rows"]


@dataclass(frozen=True, slots=True)
class Window:
    """Only the ids between these two; None: no bound."""

    after: int | None = None
    before: int | None = None


EVERYTHING = Window()
SEEN = "id, mission, shown_until, open_until, place_kind, latitude, longitude, x, y, z"  # by conditions


def place_of(search: Search) -> tuple[float, float] | None:
    """Where a search looks around, if it says so."""
    if search.latitude is None or search.longitude is None:
        return None
    known = is_on_earth(search.latitude, search.longitude)
    return (search.latitude, search.longitude) if known else None


def wanted(search: Search, without: str = "") -> list[Group]:
    """The tokens a mission must have to answer; `without`: one filter is put aside."""
    tags = {name: values for name, values in asked(search).items() if name != without}
    if place_of(search) and _is_on_site_only(tags):
        del tags["place_kinds"]  # whatever stands around a place does so on site
    return matching.groups(query_words(search.words), tags)


def answering(
    search: Search,
    now: datetime,
    *,
    without: str = "",
    window: Window = EVERYTHING,
    tokens: Mapping[str, Sequence[str]] = MappingProxyType({}),
    few_near: bool = False,
) -> Sql:
    """FROM and WHERE of the rows that answer, by the inverted index where words or tags are asked for.

    `tokens`: those that the start of a word may become; `few_near`: so few rows stand around the place that
    it is better to know them before (SQLite).
    """
    groups, parts = wanted(search, without), _plain(search, now, without)
    if not groups:
        return Sql("FROM mission_search r WHERE") + every([*_within_ids("r.id", window), *parts])
    if db.is_postgres():
        return _these_first("mission_words", matching.indexed("i.doc", groups)) + every(
            [*_within_ids("w.id", window), *parts]
        )
    groups = [matching.named(group, tokens) for group in groups]
    if few_near and (near := only_near(search, without)):
        parts.insert(0, Sql("+w.rowid IN (SELECT r.id") + near + ")")
    # CROSS: the words first, in the order of their rowid, then each row by its key
    return Sql("FROM mission_words w CROSS JOIN mission_search r ON r.id = w.rowid WHERE") + every(
        [matching.indexed("mission_words", groups), *_within_ids("w.rowid", window), *parts]
    )


def is_sifted(search: Search, without: str = "") -> bool:
    """Whether much that has the words and the tags does not answer: it is elsewhere, or at other times."""
    tags = {name: values for name, values in asked(search).items() if name != without}
    is_elsewhere = place_of(search) is not None and "_at_remote" not in tags.get("place_kinds", ())
    return is_elsewhere or bool(search.starts or search.ends)


def only_near(search: Search, without: str = "") -> Sql | None:
    """FROM and WHERE of what may stand where a search looks, None when it looks elsewhere too."""
    place = place_of(search)
    if not place or not _is_on_site_only({n: tags for n, tags in asked(search).items() if n != without}):
        return None
    return Sql("FROM mission_search r WHERE") + in_box(place, cut_radius(search.radius_km))


def in_blocks(search: Search, now: datetime, after: int, before: int, *, without: str, wide: Set[str]) -> Sql:
    """The same between two ids, on PostgreSQL. `wide`: starts of words that the index finds slowly."""
    groups = wanted(search, without)
    looked_at = [group for group in groups if not wide.isdisjoint(group)]
    quick = [group for group in groups if wide.isdisjoint(group)]
    found = [matching.indexed_in_blocks("i.doc", quick, after, before)]
    found += [matching.looked_at("i.doc", looked_at)] if looked_at else []
    within = _within_ids("w.id", Window(after, before))
    return _these_first("mission_words", every(found)) + every([*within, *_plain(search, now, without)])


def near_first(search: Search, now: datetime, *, without: str, window: Window) -> Sql:
    """The same from what stands around the place, the newest first, each looked at (PostgreSQL)."""
    place, groups, parts = place_of(search), wanted(search, without), _plain(search, now, without)
    box = in_box(place, cut_radius(search.radius_km), "i") if place else Sql("TRUE")
    if groups:
        has = Sql("SELECT") + matching.looked_at("d.doc", groups)
        parts.append(has + "FROM mission_words d WHERE d.id = r.id")
    return _these_first("mission_search", box) + every([*_within_ids("w.id", window), *parts])


def _these_first(table: str, found: Sql) -> Sql:
    """The newest of these first, then each row by its key until there are enough.

    PostgreSQL guesses badly how many have several words, and would read all rows: OFFSET 0, and an order that
    no index has, leave no choice.
    """
    newest = Sql(f"(SELECT i.id + 0 AS id FROM {table} i WHERE") + found  # noqa: S608 - our own words
    # all that is looked at stands in the index `mission_search_newest`: most of the rows need not be read
    row = Sql(f"SELECT {SEEN} FROM mission_search o")  # noqa: S608 - our own words
    row += "WHERE o.id = w.id AND o.shown_until IS NOT NULL OFFSET 0"
    return (
        Sql("FROM") + newest + "ORDER BY i.id + 0 DESC OFFSET 0) AS w"
        + "CROSS JOIN LATERAL (" + row + ") AS r WHERE"
    )  # fmt: skip


def looking(search: Search, now: datetime, *, without: str = "", window: Window = EVERYTHING) -> Sql:
    """The same by a look at each row: for those who go along the index of an order and soon have enough."""
    groups = wanted(search, without)
    parts = [*_plain(search, now, without), *([matching.looked_at("w.doc", groups)] if groups else [])]
    if not db.is_postgres():
        return Sql("FROM mission_search r WHERE") + every([*_within_ids("r.id", window), *parts])
    if groups:  # the bounds said twice: both tables are read along their keys, side by side
        parts += _within_ids("w.id", window)
    words = "JOIN mission_words w ON w.id = r.id" if groups else ""
    return Sql("FROM") + _rows(window) + words + "WHERE" + every(parts)


def _rows(window: Window) -> Sql:
    """The rows of a window by their ids, whatever else is asked for: that is what OFFSET 0 is for."""
    if window == EVERYTHING:
        return Sql("mission_search r")
    ids = every([Sql("r.shown_until IS NOT NULL"), *_within_ids("r.id", window)])
    these = Sql("(SELECT r.* FROM mission_search r WHERE")
    return these + ids + "ORDER BY r.id DESC OFFSET 0) AS r"


def newest_key(search: Search, *, without: str = "") -> str:
    """What `answering` is sorted by for « newest first »: the words come in its order."""
    if not wanted(search, without):
        return "r.id"
    return "w.id" if db.is_postgres() else "w.rowid"


def _plain(search: Search, now: datetime, without: str) -> list[Sql]:
    """What is asked beside words and tags."""
    until = "shown_until" if search.with_full else "open_until"
    parts = [Sql(f"r.shown_until IS NOT NULL AND r.{until} > {{}}", (now,))]
    if place := place_of(search):
        inside = within(place, cut_radius(search.radius_km))
        tags = {name: values for name, values in asked(search).items() if name != without}
        parts.append(
            inside if _is_on_site_only(tags) else Sql("r.place_kind IN ('remote', 'either') OR") + inside
        )
    if search.starts or search.ends:
        parts.append(_overlaps(search, now))
    return parts


def _is_on_site_only(tags: dict[str, tuple[str, ...]]) -> bool:
    return "_at_on_site" in tags.get("place_kinds", ())


def _within_ids(column: str, window: Window) -> list[Sql]:
    after = [] if window.after is None else [Sql(f"{column} > {{}}", (window.after,))]
    return after if window.before is None else [*after, Sql(f"{column} < {{}}", (window.before,))]


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
