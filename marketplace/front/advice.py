"""What to try when a search finds nothing: only what finds something, with how many."""

from collections.abc import Iterator
from datetime import datetime

from marketplace.discovery.queries import total
from marketplace.front.around import Around
from marketplace.front.criteria import RADII, REMOTE, YES, Asked, address, one, radius, with_value, without
from marketplace.front.facets import active
from marketplace.front.found import missions
from marketplace.front.wanted import to_search
from marketplace.text import _

MOST_FILTERS = 3  # that one is offered to remove: each costs a count
Advice = tuple[str, str, str]  # what to try, where it leads, how many missions it finds
Try = tuple[str, Asked]


async def advice(asked: Asked, place: Around, association: str, now: datetime) -> list[Advice]:
    """The least change first, every mission last; [] when no mission at all has a place."""
    if not (every := await _found({}, place, now)):
        return []
    farther = await _first(_farther(asked, place), place, now)
    others = [
        (label, address(other), missions(number))
        for label, other in _others(asked, place, association)
        if (number := await _found(other, place, now))
    ]
    return [*farther, *others, (_("Voir toutes les missions ouvertes"), address({}), missions(every))]


def _farther(asked: Asked, place: Around) -> Iterator[Try]:
    """Each wider circle, when there is a place."""
    for km in RADII:
        if place.commune and km > radius(asked):
            yield _("Chercher jusqu’à {km} km").format(km=km), with_value(asked, "rayon", str(km))


def _others(asked: Asked, place: Around, association: str) -> Iterator[Try]:
    if "completes" not in asked:
        yield _("Montrer aussi les missions complètes"), with_value(asked, "completes", YES)
    if one(asked, "lieu") != REMOTE:
        yield _("Voir les missions à distance"), with_value(without(asked, "ou", "rayon"), "lieu", REMOTE)
    on = active(asked, place.commune.name if place.commune else "", association)
    for filter_ in (each for each in on[:MOST_FILTERS] if each.rest):
        yield _("Retirer\u00a0: {filter}").format(filter=filter_.label), filter_.rest


async def _first(tries: Iterator[Try], place: Around, now: datetime) -> list[Advice]:
    """The first that finds something, if one does."""
    for label, other in tries:
        if number := await _found(other, place, now):
            return [(label, address(other), missions(number))]
    return []


async def _found(asked: Asked, place: Around, now: datetime) -> int:
    return await total(to_search(asked, place if "ou" in asked else Around()), now)
