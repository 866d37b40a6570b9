"""The distance between two points of the map."""

from math import asin, cos, radians, sin, sqrt

EARTH_RADIUS_KM = 6371.0088  # GRS 80 mean radius: Moritz, "Geodetic Reference System 1980" (2000)


def distance_km(from_: tuple[float, float], to: tuple[float, float]) -> float:
    """Great-circle distance in kilometres (haversine; within 0.6 % of the ellipsoid).

    Args:
        from_, to: (latitude, longitude) in WGS 84 degrees.

    Raises:
        ValueError: a latitude is outside ±90 or a longitude outside ±180.
    """
    for latitude, longitude in (from_, to):
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            raise ValueError(f"not on Earth: {latitude}, {longitude}")
    (lat_a, lon_a), (lat_b, lon_b) = (tuple(map(radians, point)) for point in (from_, to))
    haversine = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(haversine)))
