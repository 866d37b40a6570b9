"""Pages of an association: the applications it received, and answering them."""

from starlette.requests import Request
from starlette.responses import Response

from marketplace.accounts.viewers import viewer_of
from marketplace.applications import answers, inbox_queries, inbox_words, queries
from marketplace.applications.answer_forms import LONGEST_NOTE, DeclineForm, MeetForm
from marketplace.applications.answers import Ending
from marketplace.applications.inbox_policies import place_of
from marketplace.applications.queries import Candidacy
from marketplace.applications.received import received
from marketplace.lifecycle import By
from marketplace.missions import words
from marketplace.vocabulary.reasons import DECLINE_REASONS
from marketplace.web.clock import now
from marketplace.web.forms import Submission, read
from marketplace.web.pages import page, redirect


async def answer(request: Request) -> Response:
    """What somebody offers, and the two answers."""
    return await _answer_page(request, await _received(request))


async def accept(request: Request) -> Response:
    """Yes."""
    found = await _received(request)
    await answers.accept(found, viewer_of(request).account_id, now())
    return redirect("applications.answer", application=found.application.public_id)


async def meet(request: Request) -> Response:
    """« On se rencontre le … »."""
    found = await _received(request)
    sent = await read(MeetForm, request)
    if sent.form is None:
        return await _answer_page(request, found, sent, status=422)
    await answers.meet(found, sent.form.day, now(), sent.form.note)
    return redirect("applications.answer", application=found.application.public_id)


async def decline(request: Request) -> Response:
    """No, or no longer."""
    found = await _received(request)
    sent = await read(DeclineForm, request)
    if sent.form is None:
        return await _answer_page(request, found, sent, status=422)
    ending = Ending(By.ASSOCIATION, sent.form.reason, sent.form.message)
    only_pending = sent.form.answers
    await answers.decline(found, ending, viewer_of(request).account_id, now(), only_pending=only_pending)
    return redirect("applications.answer", application=found.application.public_id)


async def _received(request: Request) -> Candidacy:
    return await queries.received_candidacy(viewer_of(request).account_id, request.path_params["application"])


async def _answer_page(
    request: Request,
    found: Candidacy,
    sent: Submission[DeclineForm] | Submission[MeetForm] | None = None,
    status: int = 200,
) -> Response:
    at, account = now(), viewer_of(request).account_id
    before, after = await inbox_queries.neighbours(account, place_of(found.application))
    others = [await received(other, at) for other in await inbox_queries.other_dates(found)]
    return page(
        request,
        "applications/answer.html",
        status=status,
        one=await received(found, at),
        limit=inbox_words.whole_limit(found.application.answer_by, at),
        is_urgent=inbox_words.is_urgent(found.application.answer_by, at),
        others=others,
        before=before,
        after=after,
        sent=sent,
        longest_note=LONGEST_NOTE,
        words=words,
        reasons=DECLINE_REASONS,
    )
