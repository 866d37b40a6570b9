"""The SQL of how far a row is from a place."""

from marketplace.discovery.geography import (
    LARGEST_RADIUS_KM,
    NO_DISTANCE,
    SMALLEST_RADIUS_KM,
    box,
    chord2,
    point,
)
from marketplace.discovery.sql import Sql


def distance(place: tuple[float, float] | None, radius_km: int) -> Sql:
    """chord² to the place, NO_DISTANCE for what is not around it."""
    if place is None:
        return _number(NO_DISTANCE)
    inside = within(place, cut_radius(radius_km))
    return Sql("CASE WHEN") + inside + "THEN" + _chord2(place) + "ELSE" + _number(NO_DISTANCE) + "END"


def within(place: tuple[float, float], km: float) -> Sql:
    """On site and not farther than this: a box for the index, then the distance itself."""
    return Sql("(") + in_box(place, km) + "AND" + _chord2(place) + "<=" + _number(chord2(km)) + ")"


def in_box(place: tuple[float, float], km: float, row: str = "r") -> Sql:
    """In the smallest box of parallels and meridians around: what an index can find."""
    around = box(*place, km)
    east_west = "AND" if around.west <= around.east else "OR"
    return Sql(
        f"{row}.shown_until IS NOT NULL AND {row}.latitude BETWEEN {{}} AND {{}}"
        f" AND ({row}.longitude >= {{}} {east_west} {row}.longitude <= {{}})",
        (around.south, around.north, around.west, around.east),
    )


def cut_radius(km: int) -> int:
    """A radius within what is offered."""
    return min(max(km, SMALLEST_RADIUS_KM), LARGEST_RADIUS_KM)


def _chord2(place: tuple[float, float]) -> Sql:
    at = point(*place)
    squares = [
        Sql(f"(r.{axis} -") + _number(value) + f") * (r.{axis} -" + _number(value) + ")"
        for axis, value in (("x", at.x), ("y", at.y), ("z", at.z))
    ]
    return Sql("(") + squares[0] + "+" + squares[1] + "+" + squares[2] + ")"


def _number(value: float) -> Sql:
    return Sql("CAST({} AS DOUBLE PRECISION)", (value,))
