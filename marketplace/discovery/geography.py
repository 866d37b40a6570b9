"""Places on the sphere, compared with multiplications only, so that both engines agree to the last bit.

The straight line through the Earth between two points grows with the way over ground: `chord²` orders and
bounds distances as the haversine does (hav = chord² / 4), without trigonometry in SQL.
"""

from dataclasses import dataclass
from math import asin, cos, degrees, pi, radians, sin, sqrt

from marketplace.vocabulary.distance import EARTH_RADIUS_KM

NO_DISTANCE = 9.0  # chord², which is at most 4: after every place
SMALLEST_RADIUS_KM, LARGEST_RADIUS_KM = 5, 200
_MARGIN = 1 + 1e-9  # a box must not lose what stands on its edge


@dataclass(frozen=True, slots=True)
class Point:
    """On a sphere of radius 1."""

    x: float
    y: float
    z: float


@dataclass(frozen=True, slots=True)
class Box:
    """All that is within some way of a place lies in it. Degrees; `west` > `east`: across the date line."""

    south: float
    north: float
    west: float
    east: float


def point(latitude: float, longitude: float) -> Point:
    """The point of these WGS 84 degrees."""
    lat, lon = radians(latitude), radians(longitude)
    return Point(cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat))


def is_on_earth(latitude: float | None, longitude: float | None) -> bool:
    """Whether both are there and in range (not so for a NaN)."""
    if latitude is None or longitude is None:
        return False
    return -90 <= latitude <= 90 and -180 <= longitude <= 180


def chord2(km: float) -> float:
    """chord² of a way over ground of this many kilometres."""
    return float((2 * sin(min(km / (2 * EARTH_RADIUS_KM), pi / 2))) ** 2)


def kilometres(chord_squared: float) -> float:
    """The way back."""
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(chord_squared) / 2))


def box(latitude: float, longitude: float, km: float) -> Box:
    """The smallest box of parallels and meridians around a circle (Bronshtein; the poles: every meridian)."""
    lat, way = radians(latitude), km / EARTH_RADIUS_KM * _MARGIN
    south, north = degrees(lat - way), degrees(lat + way)
    if south <= -90 or north >= 90:
        return Box(max(-90.0, south), min(90.0, north), -180.0, 180.0)
    width = degrees(asin(min(1.0, sin(way) / cos(lat)))) * _MARGIN
    return Box(south, north, _turned(longitude - width), _turned(longitude + width))


def _turned(longitude: float) -> float:
    return (longitude + 180) % 360 - 180 if not -180 <= longitude <= 180 else longitude
