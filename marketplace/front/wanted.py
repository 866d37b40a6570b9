"""What the address of a search asks for, in the words of discovery."""

from marketplace.discovery.queries import Order, Search
from marketplace.front import criteria, facets
from marketplace.front.around import Around
from marketplace.front.criteria import Asked, one

ORDERS: dict[str, Order] = {"proches": "nearest", "recentes": "newest", "tot": "soonest", "places": "fewest"}
PLACE_KINDS = {criteria.ON_SITE: "on_site", criteria.REMOTE: "remote"}


def to_search(asked: Asked, place: Around) -> Search:
    """The search of an address; `place` is the one that was understood."""
    starts, ends = criteria.days(asked)
    kind = PLACE_KINDS.get(one(asked, "lieu"))
    return Search(
        words=one(asked, "quoi"),
        latitude=place.commune.latitude if place.commune else None,
        longitude=place.commune.longitude if place.commune else None,
        radius_km=criteria.radius(asked),
        place_kinds=frozenset({kind} if kind else ()),
        starts=starts,
        ends=ends,
        minors="mineurs" in asked,
        wheelchair="fauteuil" in asked,
        public_transport="transports" in asked,
        instant="immediate" in asked,
        association=one(asked, "association"),
        with_full="completes" in asked,
        order=_order(asked, place),
        cursor=one(asked, "suite"),
        **{ours: asked.get(name, ()) for name, ours in facets.COUNTED.items()},
    )


def _order(asked: Asked, place: Around) -> Order:
    """What was chosen, if it can be; else what suits the search."""
    chosen = one(asked, "ordre")
    if chosen == "proches" and not place.commune:
        chosen = ""
    return ORDERS.get(chosen) or ("relevance" if "quoi" in asked else "newest")
