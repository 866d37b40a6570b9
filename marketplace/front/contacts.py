"""« Parler à quelqu’un »: from a commune to whom answers in its département."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from marketplace.front import criteria
from marketplace.front.around import around, label
from marketplace.text import _
from marketplace.vocabulary.contacts import contacts_of
from marketplace.vocabulary.departments import DEPARTMENTS
from marketplace.vocabulary.queries import CommuneRow
from marketplace.web.forms import Form, Submission
from marketplace.web.pages import page
from marketplace.web.urls import path_for


@dataclass(frozen=True, slots=True)
class Meant:
    """The département that was asked for, and others that a commune's name may mean."""

    department: str = ""
    commune: str = ""  # in full, when its name was guessed
    others: Sequence[tuple[str, str]] = ()  # (label, address)
    problem: str = ""


async def talk(request: Request) -> Response:
    """Who answers where one lives. Asking leaves no trace: it is all in the address."""
    asked = criteria.understood([("ou", request.query_params.get("ou", ""))])
    typed = criteria.one(asked, "ou")
    meant = await _meant(typed, request.query_params.get("departement", "").upper())
    sent = Submission[Form]({"ou": [typed]})
    if meant.problem:
        sent.refuse("ou", meant.problem)
    elif "ou" in request.query_params and not typed:
        sent.refuse("ou", _("Écrivez votre commune ou son code postal."))
    return page(
        request,
        "front/contact.html",
        status=422 if sent.errors else 200,
        sent=sent,
        department=meant.department,
        name=DEPARTMENTS.get(meant.department, ""),
        commune=meant.commune,
        others=meant.others,
        contacts=await contacts_of(meant.department) if meant.department else None,
    )


async def _meant(typed: str, department: str) -> Meant:
    if not typed:
        return Meant(department if department in DEPARTMENTS else "")
    place = await around(typed)
    found = place.candidates
    if not found:
        return Meant(problem=_("Nous ne trouvons pas cette commune. Vérifiez son nom ou son code postal."))
    return Meant(found[0].department, found[0].label if place.is_guess else "", _elsewhere(found))


def _elsewhere(found: Sequence[CommuneRow]) -> list[tuple[str, str]]:
    """The communes of other départements that may have been meant."""
    return [
        (row.label, path_for("front.talk", ou=label(row, found)))
        for row in found[1:]
        if row.department != found[0].department
    ]
