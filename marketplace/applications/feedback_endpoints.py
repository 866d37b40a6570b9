"""« Comment ça s’est passé »: the volunteer's page, signed in or by a mailed link, and the association's."""

from starlette.requests import Request
from starlette.responses import Response

from marketplace.accounts.viewers import viewer_of
from marketplace.applications import feedback_actions, feedback_queries, queries
from marketplace.applications.feedback_errors import AlreadySaid, NotOver
from marketplace.applications.feedback_forms import MOST_WORDS, FeedbackForm, ThanksForm
from marketplace.applications.feedback_policies import GRADES, is_over
from marketplace.applications.feedback_tables import Side
from marketplace.applications.presence_links import Opens, application_of
from marketplace.applications.queries import Candidacy
from marketplace.applications.received import received
from marketplace.missions import words
from marketplace.web import links as mailed
from marketplace.web import urls
from marketplace.web.clock import now
from marketplace.web.forms import Submission, read
from marketplace.web.pages import page, redirect


async def arrive_to_feedback(request: Request) -> Response:
    """The mailed link: no signing in."""
    return mailed.arrive(request, request.path_params["token"], "applications.feedback_by_link")


async def feedback_by_link(request: Request) -> Response:
    """The three questions, then what was said and the association's words."""
    return await _page(request, await _linked(request))


async def give_feedback_by_link(request: Request) -> Response:
    """Say how it went, by the link."""
    return await _give(request, await _linked(request), back_to="applications.feedback_by_link")


async def feedback(request: Request) -> Response:
    """The same page, signed in."""
    return await _page(request, await _own(request))


async def give_feedback(request: Request) -> Response:
    """Say how it went."""
    return await _give(request, await _own(request), back_to="applications.feedback")


async def thanks(request: Request) -> Response:
    """What the volunteer said, and a few words to them."""
    return await _thanks_page(request, await _received(request))


async def write_thanks(request: Request) -> Response:
    """Write to the volunteer, once."""
    found = await _received(request)
    if await feedback_queries.said(found.application.id, Side.ASSOCIATION):
        raise AlreadySaid  # its page has no form to show errors on, nor has the next one
    if refusal := await feedback_actions.why_closed(found, now()):
        raise refusal
    one = await received(found, now())
    sent = await read(ThanksForm, request, {"is_minor": one.is_minor})
    if sent.form is None:
        return await _thanks_page(request, found, sent, status=422)
    await feedback_actions.thank(found, sent.form.words, now())
    return redirect("applications.thanks", application=found.application.public_id)


async def _own(request: Request) -> Candidacy:
    return await queries.own_candidacy(viewer_of(request).account_id, request.path_params["application"])


async def _linked(request: Request) -> Candidacy:
    return await queries.candidacy(application_of(Opens.FEEDBACK, mailed.held(request)))


async def _received(request: Request) -> Candidacy:
    return await queries.received_candidacy(viewer_of(request).account_id, request.path_params["application"])


async def _give(request: Request, found: Candidacy, back_to: str) -> Response:
    if not is_over(found.application, found.slot, found.mission, now()):
        raise NotOver
    if await feedback_queries.said(found.application.id, Side.VOLUNTEER):
        raise AlreadySaid  # its page has no form to show errors on
    sent = await read(FeedbackForm, request)
    if sent.form is None:
        return await _page(request, found, sent, status=422)
    form = sent.form
    await feedback_actions.tell(found, form.as_described, form.welcomed, form.words, now())
    return redirect(back_to, **request.path_params)


async def _page(
    request: Request, found: Candidacy, sent: Submission[FeedbackForm] | None = None, status: int = 200
) -> Response:
    number = found.application.id
    return page(
        request,
        "applications/feedback.html",
        status=status,
        found=found,
        words=words,
        sent=sent,
        said=await feedback_queries.said(number, Side.VOLUNTEER),
        thanks=await feedback_queries.said(number, Side.ASSOCIATION),
        is_over=is_over(found.application, found.slot, found.mission, now()),
        grades=GRADES,
        most_words=MOST_WORDS,
        action=urls.localised(request.scope["path"]),
    )


async def _thanks_page(
    request: Request, found: Candidacy, sent: Submission[ThanksForm] | None = None, status: int = 200
) -> Response:
    number = found.application.id
    return page(
        request,
        "applications/feedback_thanks.html",
        status=status,
        one=await received(found, now()),
        words=words,
        sent=sent,
        said=await feedback_queries.said(number, Side.VOLUNTEER),
        thanks=await feedback_queries.said(number, Side.ASSOCIATION),
        closed=await feedback_actions.why_closed(found, now()),
        grades=GRADES,
        most_words=MOST_WORDS,
    )
