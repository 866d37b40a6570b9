"""Everything the search page shows, put together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from marketplace.discovery.queries import Results
from marketplace.front import found
from marketplace.front.advice import Advice
from marketplace.front.around import Around, label
from marketplace.front.criteria import RADII, Asked, address, day, one, with_value, without
from marketplace.front.facets import Active, Facet, Option, active, boxes, facets
from marketplace.missions import words
from marketplace.text import _

Link = tuple[str, str]  # what it says, where it leads


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The values of templates/front/missions.html."""

    title: str
    counted: str
    is_plain: bool  # nothing is asked: the page of all missions
    facets: Sequence[Facet]
    boxes: Sequence[tuple[str, Option]]
    approximate: bool  # the counts of facets are
    ticked: int
    active: Sequence[Active]
    commune: str  # in full, when one was understood
    others: Sequence[Link]
    suggestion: Link | None
    orders: Sequence[tuple[str, str, bool]]
    results: Sequence[found.Result]
    advice: Sequence[Advice]
    previous_href: str
    next_href: str
    radii: Sequence[tuple[str, str]]
    unreadable: Sequence[str]  # the fields of days that hold something else


def shown(
    asked: Asked, place: Around, association: str, results: Results, advice: Sequence[Advice], now: datetime
) -> Shown:
    """What was found, in words and addresses."""
    commune = place.commune
    on = active(asked, commune.name if commune else "", association)
    return Shown(
        title=found.title(results, on),
        counted=found.counted(results),
        is_plain=not asked,
        facets=facets(asked, results.facets),
        boxes=boxes(asked, results.facets),
        approximate=results.facets_approximate,
        ticked=sum(filter_.is_filter for filter_ in on),
        active=on,
        commune=words.commune(commune.name, commune.department) if commune else "",
        others=_others(asked, place),
        suggestion=_suggestion(asked, results.suggestion),
        orders=found.orders(asked, has_place=commune is not None),
        results=[found.result(one, now) for one in results.cards],
        advice=advice,
        previous_href=_page(asked, results.previous_cursor),
        next_href=_page(asked, results.next_cursor),
        radii=[(str(km), _("{km} km").format(km=km)) for km in RADII],
        unreadable=[name for name in ("du", "au") if one(asked, name) and not day(one(asked, name))],
    )


def _others(asked: Asked, place: Around) -> list[Link]:
    among = [*place.others, *([place.commune] if place.commune else ())]
    return [
        (words.commune(row.name, row.department), address(with_value(asked, "ou", label(row, among))))
        for row in place.others
    ]


def _suggestion(asked: Asked, suggested: str) -> Link | None:
    return (suggested, address(with_value(asked, "quoi", suggested))) if suggested else None


def _page(asked: Asked, cursor: str) -> str:
    if not cursor:
        return ""
    return address({**without(asked), "suite": (cursor,)})
