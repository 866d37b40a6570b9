"""The search page: one GET form, whose address is the search."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from marketplace.associations.queries import public_association
from marketplace.discovery.normalise import MOST_WORDS, words_of
from marketplace.discovery.queries import Order, Search
from marketplace.discovery.queries import search as find
from marketplace.errors import NotFound
from marketplace.front import criteria, facets
from marketplace.front.around import Around, around
from marketplace.front.criteria import Asked, address, one
from marketplace.front.shown import shown
from marketplace.text import _
from marketplace.web.clock import now
from marketplace.web.forms import Form, Submission
from marketplace.web.pages import page

LIST_SIZE = 10  # with its drawings a card is 2 to 3 kB: ten keep the page light
ORDERS: dict[str, Order] = {"proches": "nearest", "recentes": "newest", "tot": "soonest", "places": "fewest"}
PLACE_KINDS = {criteria.ON_SITE: "on_site", criteria.REMOTE: "remote"}


async def missions(request: Request) -> Response:
    """The missions one looks for; an address that says it otherwise leads to the one that people share."""
    asked = criteria.understood(request.query_params.multi_items())
    association = await _association_name(one(asked, "association"))
    if not association:
        asked.pop("association", None)
    if criteria.pairs(asked) != request.query_params.multi_items():
        return RedirectResponse(address(asked), status_code=303)
    at, place = now(), await around(one(asked, "ou"))
    results = await find(to_search(asked, place), at, limit=LIST_SIZE, counted=facets.COUNTED.values())
    return page(
        request,
        "front/missions.html",
        sent=_sent(asked, place),
        found=shown(asked, place, association, results, at),
    )


async def _association_name(public_id: str) -> str:
    """The name of a verified association, or ''."""
    try:
        return str((await public_association(public_id)).name) if public_id else ""
    except NotFound:
        return ""


def to_search(asked: Asked, place: Around) -> Search:
    """The same, in the words of discovery."""
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


def _sent(asked: Asked, place: Around) -> Submission[Form]:
    """The form as it was filled in, with what is wrong in it."""
    filled = {name: list(values) for name, values in asked.items()}
    sent = Submission[Form](filled | {"rayon": [str(criteria.radius(asked))]})
    if unused := _unused(one(asked, "quoi")):
        sent.refuse("quoi", unused)
    if place.problem:
        sent.refuse("ou", place.problem)
    for name, message in criteria.problems(asked):
        sent.refuse(name, message)
    return sent


def _unused(words: str) -> str:
    """What the search does not use of these words."""
    counted = len(words_of(words))
    if words and not counted:
        return _("Ces mots sont trop courants pour chercher\u00a0: la recherche n’en tient pas compte.")
    if counted > MOST_WORDS:
        return _("La recherche porte sur les {number} premiers mots.").format(number=MOST_WORDS)
    return ""
