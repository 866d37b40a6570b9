"""Pages of an association: the applications it received, and answering them."""

from starlette.requests import Request
from starlette.responses import Response

from marketplace.accounts.viewers import viewer_of
from marketplace.applications import answers, queries
from marketplace.applications.answers import Ending
from marketplace.applications.forms import DeclineForm
from marketplace.applications.queries import Candidacy
from marketplace.applications.received import received
from marketplace.associations.queries import manages
from marketplace.errors import NotFound
from marketplace.lifecycle import By
from marketplace.missions import words
from marketplace.missions.queries import full_mission
from marketplace.vocabulary.reasons import DECLINE_REASONS
from marketplace.web.clock import now
from marketplace.web.forms import Submission, read
from marketplace.web.pages import page, redirect


async def of_mission(request: Request) -> Response:
    """The applications of a mission, those to answer first."""
    at, viewer = now(), viewer_of(request)
    view = await full_mission(request.path_params["mission"], at)
    if not await manages(viewer.account_id, view.association.id):
        raise NotFound
    rows = [await received(found, at) for found in await queries.of_mission(view.mission.id)]
    return page(request, "applications/of_mission.html", view=view, rows=rows, words=words)


async def answer(request: Request) -> Response:
    """What somebody offers, and the two answers."""
    return await _answer_page(request, await _received(request))


async def accept(request: Request) -> Response:
    """Yes."""
    found = await _received(request)
    await answers.accept(found, viewer_of(request).account_id, now())
    return redirect("applications.answer", application=found.application.public_id)


async def decline(request: Request) -> Response:
    """No, or no longer."""
    found = await _received(request)
    sent = await read(DeclineForm, request)
    if sent.form is None:
        return await _answer_page(request, found, sent, status=422)
    ending = Ending(By.ASSOCIATION, sent.form.reason, sent.form.message)
    await answers.decline(found, ending, viewer_of(request).account_id, now())
    return redirect("applications.answer", application=found.application.public_id)


async def _received(request: Request) -> Candidacy:
    return await queries.received_candidacy(viewer_of(request).account_id, request.path_params["application"])


async def _answer_page(
    request: Request, found: Candidacy, sent: Submission[DeclineForm] | None = None, status: int = 200
) -> Response:
    return page(
        request,
        "applications/answer.html",
        status=status,
        one=await received(found, now()),
        sent=sent,
        words=words,
        reasons=DECLINE_REASONS,
    )
