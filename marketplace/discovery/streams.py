"""A page of a search that has many answers: read in its order along an index, never all of it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from marketplace.discovery import nearness, statements
from marketplace.discovery.candidates import newest
from marketplace.discovery.geography import NO_DISTANCE, chord2, kilometres
from marketplace.discovery.hits import Hit, hit, hits_of, select
from marketplace.discovery.positions import Direction, Key, order_of
from marketplace.discovery.searches import Order, Search
from marketplace.discovery.sql import Sql, every

RINGS_KM = (1, 3, 10, 30, 90)  # how far « nearest » looks first
COLUMNS = {"soonest": Sql("r.starts_at"), "fewest": Sql("r.places_left")}


@dataclass(frozen=True, slots=True)
class Start:
    """From where to read, and which way."""

    direction: Direction
    key: Key
    id: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the order; `one_key`: all its rows sort alike, so newest first is their order."""

    condition: Sql
    one_key: bool


async def stream(search: Search, now: datetime, start: Start | None, count: int) -> list[Hit]:
    """Up to `count` hits next to `start` (None: the first ones), in order.

    A word that hundreds of missions have says nothing of rank: relevance is newest first here.
    """
    order = "newest" if order_of(search) == "relevance" else order_of(search)
    backwards = start is not None and start.direction == "previous"
    if order == "newest" and not backwards:
        next_ones = await newest(search, now, count, before=start.id if start else None)
        return await hits_of(replace(search, order="newest"), next_ones.ids)
    key = _key(search, order)
    base = select(search) + statements.looking(search, now)
    found: list[Hit] = []
    for stretch in _stretches(search, order, start, key):
        statement = base + "AND" + every([stretch.condition]) + _sorted(stretch, key, backwards)
        rows = await statements.rows(statement + Sql("LIMIT {}", (count - len(found),)))
        found += [hit(row, order) for row in rows]
        if len(found) >= count:
            break
    return found[::-1] if backwards else found


def _key(search: Search, order: Order) -> Sql:
    return COLUMNS.get(order) or nearness.distance(statements.place_of(search), search.radius_km)


def _sorted(stretch: Stretch, key: Sql, backwards: bool) -> Sql:
    up, down = ("DESC", "ASC") if backwards else ("ASC", "DESC")
    if stretch.one_key:
        return Sql(f"ORDER BY r.id {down}")
    return Sql("ORDER BY") + key + f"{up}, r.id {down}"


def _stretches(search: Search, order: Order, start: Start | None, key: Sql) -> Iterator[Stretch]:
    if order == "newest":
        yield Stretch(_beside(start), one_key=True)
    elif order == "nearest":
        yield from _nearest(search, start, key)
    elif start is None:
        yield Stretch(Sql("1 = 1"), one_key=False)
    else:
        yield _alike(start, key)
        yield Stretch(_past(start, key), one_key=False)


def _nearest(search: Search, start: Start | None, key: Sql) -> Iterator[Stretch]:
    """Rings that grow around the place, so that the nearest twenty never read the whole country."""
    if start is not None and start.direction == "previous":
        yield from _nearer(search, start, key)
        return
    place = statements.place_of(search)
    nowhere = key + Sql("= {}", (NO_DISTANCE,))
    if place is None or (start and start.key == NO_DISTANCE):
        yield Stretch(every([nowhere, _beside(start)]), one_key=True)
        return
    behind = _chord2_of(start) if start else -1.0
    if start:
        yield Stretch(every([_disc(search, behind), _alike(start, key).condition]), one_key=True)
    for km in [*(r for r in RINGS_KM if r < search.radius_km), nearness.cut_radius(search.radius_km)]:
        if chord2(km) > behind:
            ring = nearness.within(place, km)
            yield Stretch(every([ring, key + Sql("> {}", (behind,))]), one_key=False)
            behind = chord2(km)
    yield Stretch(nowhere, one_key=True)


def _nearer(search: Search, start: Start, key: Sql) -> Iterator[Stretch]:
    if start.key == NO_DISTANCE:
        yield _alike(start, key)
        yield Stretch(key + Sql("< {}", (NO_DISTANCE,)), one_key=False)
        return
    disc = _disc(search, _chord2_of(start))
    yield Stretch(every([disc, _alike(start, key).condition]), one_key=True)
    yield Stretch(every([disc, _past(start, key)]), one_key=False)


def _disc(search: Search, chord_squared: float) -> Sql:
    """Around the place up to this chord², a metre more: what it bounds is compared again, exactly."""
    place = statements.place_of(search)
    return nearness.within(place, kilometres(chord_squared) + 0.001) if place else Sql("1 = 1")


def _chord2_of(start: Start) -> float:
    return float(start.key) if isinstance(start.key, int | float) else NO_DISTANCE


def _alike(start: Start, key: Sql) -> Stretch:
    """Those that sort as the row we start from does."""
    return Stretch(every([key + Sql("= {}", (start.key,)), _beside(start)]), one_key=True)


def _past(start: Start, key: Sql) -> Sql:
    return key + Sql("< {}" if start.direction == "previous" else "> {}", (start.key,))


def _beside(start: Start | None) -> Sql:
    if start is None:
        return Sql("1 = 1")
    return Sql("r.id > {}" if start.direction == "previous" else "r.id < {}", (start.id,))
