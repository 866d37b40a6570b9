"""Puts communes on the map: finds each one's own place among homonyms, or says roughly where it is."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from statistics import mean, median

from marketplace.vocabulary.distance import distance_km
from marketplace.vocabulary.names import fold

LIMITS_KM = (30, 80, 130)  # from the middle of a postcode, of an arrondissement, of a département
ALONE_KM = (20, 30)  # from the nearest of the same postcode, of the same département
WIDE = {"971": 130, "973": 400, "975": 130, "986": 300, "987": 2000, "988": 400}  # km: islands and vast ones

Point = tuple[float, float]
Points = defaultdict[tuple[str, str], list[Point]]  # by (region or overseas département, folded name)
Middles = dict[tuple[str, str], Point]  # by ("postcode", "75011"), ("arrondissement", "751"), …


@dataclass(slots=True, kw_only=True)
class Place:
    """A commune on its way to the file; `seat` and `merged` are the old communes it was made of."""

    code: str
    name: str
    department: str
    zone: str
    arrondissement: str
    postcodes: list[str]
    population: int
    seat: list[str]
    merged: list[str]
    point: Point | None = None
    approximate: bool = False


def circles_of(place: Place) -> list[tuple[str, str]]:
    """What the place shares with its neighbours, from the closest to the widest."""
    closest = ("postcode", place.postcodes[0] if place.postcodes else "")
    return [closest, ("arrondissement", place.arrondissement), ("department", place.department)]


def middles(places: Iterable[Place], middle: Callable[[list[float]], float]) -> Middles:
    """The middle of each postcode, arrondissement and département, from the places already on the map."""
    members: dict[tuple[str, str], list[Point]] = defaultdict(list)
    for place in places:
        if place.point and not place.approximate:
            for circle in circles_of(place):
                members[circle].append(place.point)
    return {
        circle: (middle([lat for lat, _ in points]), middle([lon for _, lon in points]))
        for circle, points in members.items()
    }


def strangeness(place: Place, point: Point, known: Middles) -> float:
    """How far the point is from where the commune should be: over 1 it is another place of that name."""
    away = [
        distance_km(known[circle], point) / WIDE.get(place.department, limit)
        for circle, limit in zip(circles_of(place), LIMITS_KM, strict=True)
        if circle in known
    ]
    return max(away, default=0.0)


def match(places: list[Place], points: Points, names: Callable[[Place], list[str]]) -> None:
    """Give each place without a point the least strange free one that bears one of its names."""
    taken = {place.point for place in places}
    wanted = [
        (place, (place.zone, fold(name))) for place in places if place.point is None for name in names(place)
    ]
    bearers = Counter(key for _, key in wanted)
    certain = [
        replace(place, point=points[key][0])
        for place, key in wanted
        if bearers[key] == 1 == len(points.get(key, ()))
    ]
    known = middles([*certain, *places], median)
    pairs = [
        (strangeness(place, point, known), place.code, point, place)
        for place, key in wanted
        for point in points.get(key, ())
    ]
    for strange, _, point, place in sorted(pairs, key=lambda pair: pair[:3]):
        if strange <= 1 and place.point is None and point not in taken:
            place.point = point
            taken.add(point)


def doubtful(places: list[Place]) -> list[Place]:
    """Places alone of their postcode, or of their département, where they stand: homonyms, most likely.

    Of two that share a postcode and stand apart, the more populated one is believed.
    """
    fellows: dict[tuple[str, str], list[tuple[int, Point]]] = defaultdict(list)
    for place in places:
        if place.point and place.department not in WIDE:
            for circle in circles_of(place):
                fellows[circle].append((place.population, place.point))

    def alone(place: Place, circle: tuple[str, str], least: int, limit: float) -> bool:
        others = [point for people, point in fellows[circle] if people >= least and point != place.point]
        return bool(others) and all(distance_km(place.point or point, point) > limit for point in others)

    return [
        place
        for place in places
        if alone(place, circles_of(place)[0], place.population, ALONE_KM[0])
        or alone(place, circles_of(place)[2], 0, ALONE_KM[1])
    ]


def locate(places: list[Place], by_name: Points, by_other_name: Points, by_code: Points) -> None:
    """Put every place on the map by its name, its seat's name or its code; failing that, roughly."""
    match(places, by_name, lambda place: [place.name])
    match(places, by_name, lambda place: place.seat)
    match(places, by_other_name, lambda place: [place.name])
    for place in places:
        if place.point is None and by_code.get(("", place.code)):
            place.point = by_code["", place.code][0]
    for place in doubtful(places):
        place.point = None
    unsure = [place for place in places if place.point is None]
    known = middles(places, mean)
    match(places, by_name, lambda place: place.merged)
    for place in unsure:
        place.approximate = True
        if place.point is None:
            place.point = next((known[circle] for circle in circles_of(place) if circle in known), None)
