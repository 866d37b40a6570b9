"""Pages of somebody's own application: where it stands, and giving the place back."""

from starlette.requests import Request
from starlette.responses import Response

from marketplace.accounts.viewers import viewer_of
from marketplace.applications import answers, feedback_queries, links, policies, queries, waiting_queries
from marketplace.applications.answer_errors import IsOver
from marketplace.applications.answer_forms import WithdrawForm
from marketplace.applications.answers import Ending
from marketplace.applications.feedback_policies import asks_how_it_went
from marketplace.applications.feedback_tables import Side
from marketplace.applications.queries import Candidacy
from marketplace.consents import queries as consents
from marketplace.lifecycle import By
from marketplace.missions import words
from marketplace.vocabulary.reasons import DECLINE_REASONS, WITHDRAW_REASONS
from marketplace.web import links as mailed
from marketplace.web import urls
from marketplace.web.clock import now
from marketplace.web.forms import Submission, read
from marketplace.web.pages import page, redirect


async def show(request: Request) -> Response:
    """Where it stands, what happens next and by when."""
    found, at = await _own(request), now()
    consent = await consents.open_for(found.application.volunteer, found.slot.id)
    return page(
        request,
        "applications/show.html",
        found=found,
        left=await queries.left(found.application),
        words=words,
        until=found.application.answer_by,
        band=await waiting_queries.band(found.application) if found.application.status == "waiting" else 0,
        consent_until=found.application.answer_by if consent else None,
        is_current=policies.is_current(found.application, found.slot, found.mission, at),
        asks_how_it_went=asks_how_it_went(found.application, found.slot, found.mission, at),
        thanks=await feedback_queries.said(found.application.id, Side.ASSOCIATION),
        reason=DECLINE_REASONS.get(found.application.reason, ""),
    )


async def withdrawal(request: Request) -> Response:
    """Ask why, before the place is given back."""
    return await _withdrawal_page(request, await _own(request))


async def withdraw(request: Request) -> Response:
    """Give the place back."""
    return await _withdraw(request, await _own(request), redirect_to="applications.show")


async def leave_list(request: Request) -> Response:
    """Leave the waiting list: no reason is asked."""
    found = await _own(request)
    if found.application.status != "waiting":
        raise IsOver
    await answers.withdraw(found, Ending(By.VOLUNTEER), now())
    return redirect("applications.show", application=found.application.public_id)


async def arrive_to_withdraw(request: Request) -> Response:
    """The link of a mail: no signing in."""
    return mailed.arrive(request, request.path_params["token"], "applications.withdrawal_by_link")


async def withdrawal_by_link(request: Request) -> Response:
    """The same page, by the link."""
    return await _withdrawal_page(request, await _linked(request))


async def withdraw_by_link(request: Request) -> Response:
    """Give the place back, by the link; its page then says that it is done."""
    return await _withdraw(request, await _linked(request), redirect_to="applications.withdrawal_by_link")


async def _own(request: Request) -> Candidacy:
    return await queries.own_candidacy(viewer_of(request).account_id, request.path_params["application"])


async def _linked(request: Request) -> Candidacy:
    return await queries.candidacy(links.application_of(mailed.held(request)))


async def _withdraw(request: Request, found: Candidacy, redirect_to: str) -> Response:
    sent = await read(WithdrawForm, request)
    if sent.form is None:
        return await _withdrawal_page(request, found, sent, status=422)
    await answers.withdraw(found, Ending(By.VOLUNTEER, sent.form.reason, sent.form.message), now())
    return redirect(redirect_to, **request.path_params)


async def _withdrawal_page(
    request: Request, found: Candidacy, sent: Submission[WithdrawForm] | None = None, status: int = 200
) -> Response:
    current = policies.is_current(found.application, found.slot, found.mission, now())
    return page(
        request,
        "applications/withdrawal.html" if current else "applications/closed.html",
        status=status,
        found=found,
        sent=sent,
        left=await queries.left(found.application),
        words=words,
        reasons=WITHDRAW_REASONS,
        action=urls.localised(request.scope["path"]),
    )
