"""« Je ne sais pas »: three short questions, one a page, that end on a search. All is in the address."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from marketplace.front import criteria
from marketplace.front.answers import NEAR, QUESTIONS, WHERE, Asked, searched, understood
from marketplace.front.around import Around, around, label
from marketplace.text import _
from marketplace.web.forms import Form, Submission
from marketplace.web.pages import page
from marketplace.web.urls import path_for


@dataclass(frozen=True, slots=True)
class Asking:
    """The question a page asks, as templates/front/guide.html shows it."""

    name: str
    number: int
    of: int
    legend: str
    options: Sequence[tuple[str, str]]
    asks_place: bool
    answered: Sequence[tuple[str, str]]  # carried to the next page
    back_href: str
    communes: Sequence[tuple[str, str]] = ()  # (label, address): which of these homonyms?


async def guide(request: Request) -> Response:
    """The first question without an answer; when all have one, the search they make."""
    answers = understood(request.query_params.multi_items())
    sent = Submission[Form]({name: [value] for name, value in answers.items()})
    place = await _check_place(sent, answers)
    names = list(QUESTIONS)
    missing = next((name for name in names if name not in answers or (name == WHERE and sent.errors)), None)
    if missing is None:
        return RedirectResponse(criteria.address(searched(answers)), status_code=303)
    if not sent.errors and request.query_params.get("etape") == missing and missing not in answers:
        sent.refuse(missing, _("Choisissez une réponse."))
    status = 422 if sent.errors else 200
    return page(
        request, "front/guide.html", status=status, sent=sent, asking=_asking(missing, answers, place)
    )


async def _check_place(sent: Submission[Form], answers: Asked) -> Around:
    """Near where: a commune that we know, and that no other one far from it may be taken for."""
    place = Around()
    if answers.get(WHERE) != NEAR:
        return place
    if not answers.get("ou"):
        sent.refuse("ou", _("Écrivez votre commune ou son code postal."))
    elif problem := (place := await around(answers["ou"])).problem:
        sent.refuse("ou", problem)
    elif place.is_doubtful:
        sent.refuse("ou", _("Plusieurs communes peuvent convenir. Choisissez la vôtre."))
    return place


def _communes(place: Around, answers: Asked) -> list[tuple[str, str]]:
    """The homonyms, each with the address of the next question."""
    among = place.candidates if place.is_doubtful else ()
    return [(row.label, path_for("front.guide", **answers | {"ou": label(row, among)})) for row in among]


def _asking(name: str, answers: Asked, place: Around) -> Asking:
    number = list(QUESTIONS).index(name)
    question = QUESTIONS[name]
    before = dict(_before(name, answers))
    return Asking(
        name=name,
        number=number + 1,
        of=len(QUESTIONS),
        legend=_(question.legend),
        options=[(value, _(answer.label)) for value, answer in question.answers.items()],
        asks_place=name == WHERE,
        answered=list(before.items()),
        back_href=path_for("front.guide", **_without_last(before)) if number else "",
        communes=_communes(place, answers) if name == WHERE else (),
    )


def _before(name: str, answers: Asked) -> Iterator[tuple[str, str]]:
    """The answers to the questions before this one."""
    for earlier in QUESTIONS:
        if earlier == name:
            return
        yield earlier, answers[earlier]
        if earlier == WHERE and "ou" in answers:
            yield "ou", answers["ou"]


def _without_last(before: dict[str, str]) -> dict[str, str]:
    """To ask the last of these again."""
    last = [name for name in before if name in QUESTIONS][-1]
    return {name: value for name, value in before.items() if name != last and (name != "ou" or last != WHERE)}
