"""The search page: one GET form, whose address is the search."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from marketplace.associations.queries import public_association
from marketplace.discovery.normalise import MOST_WORDS, words_of
from marketplace.discovery.queries import search as find
from marketplace.errors import NotFound
from marketplace.front import criteria, facets
from marketplace.front.advice import advice
from marketplace.front.around import Around, around
from marketplace.front.criteria import Asked, address, one
from marketplace.front.shown import shown
from marketplace.front.wanted import to_search
from marketplace.text import _
from marketplace.web.clock import now
from marketplace.web.forms import Form, Submission
from marketplace.web.pages import page

LIST_SIZE = 10  # with its drawings a card is 2 to 3 kB: ten keep the page light


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
    tried = () if results.total or not asked else await advice(asked, place, association, at)
    return page(
        request,
        "front/missions.html",
        sent=_sent(asked, place),
        found=shown(asked, place, association, results, tried, at),
    )


async def _association_name(public_id: str) -> str:
    """The name of a verified association, or ''."""
    try:
        return str((await public_association(public_id)).name) if public_id else ""
    except NotFound:
        return ""


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
