"""Pages of an offered place: taken or left, from the mail, without signing in."""

from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response

from marketplace.accounts.viewers import viewer_of
from marketplace.applications import answers, links, queries, waiting
from marketplace.applications.answers import Ending
from marketplace.applications.guardian_forms import GuardianForm
from marketplace.applications.lifecycle import Status
from marketplace.applications.offer_errors import OfferGone
from marketplace.applications.queries import Candidacy
from marketplace.consents.actions import GuardianAddress
from marketplace.lifecycle import By
from marketplace.missions import words
from marketplace.missions.lifecycle import Admission
from marketplace.vocabulary.relationships import RELATIONSHIPS
from marketplace.volunteers.policies import is_minor_on
from marketplace.volunteers.queries import birth_date
from marketplace.web import links as mailed
from marketplace.web import urls
from marketplace.web.clock import now, paris_day
from marketplace.web.forms import Submission, read
from marketplace.web.pages import page, redirect


async def arrive_to_answer_offer(request: Request) -> Response:
    """The link of a mail: it only leads to two buttons."""
    return mailed.arrive(request, request.path_params["token"], "applications.offer_by_link")


async def offer_by_link(request: Request) -> Response:
    """The place, until when, and the two answers."""
    return await _page(request, await _linked(request))


async def take_offer_by_link(request: Request) -> Response:
    """Take it."""
    return await _take(request, await _linked(request))


async def leave_offer_by_link(request: Request) -> Response:
    """Leave it to the next person."""
    return await _leave(await _linked(request))


async def offer(request: Request) -> Response:
    """The same from one's space."""
    return await _page(request, await _own(request))


async def take_offer(request: Request) -> Response:
    """Take it."""
    return await _take(request, await _own(request))


async def leave_offer(request: Request) -> Response:
    """Leave it."""
    return await _leave(await _own(request))


async def offer_taken(request: Request) -> Response:
    """Whose answer is awaited once it is taken: nothing else of it, whoever holds the link."""
    return page(request, "applications/offer_taken.html", awaits=request.query_params.get("attend", ""))


async def offer_left(request: Request) -> Response:
    """The place went on to the next person."""
    return page(request, "applications/offer_left.html")


async def _take(request: Request, found: Candidacy) -> Response:
    guardian = None
    if await _is_minor(found, now()):
        sent = await read(GuardianForm, request, {"email": found.account.email if found.account else ""})
        if sent.form is None:
            return await _page(request, found, sent, status=422)
        guardian = GuardianAddress(sent.form.guardian_email, sent.form.guardian_relationship)
    await waiting.take(found, guardian, now())
    awaits = "association" if found.mission.admission == Admission.REVIEW else ""
    return redirect("applications.offer_taken", attend="parent" if guardian else awaits)


async def _leave(found: Candidacy) -> Response:
    if found.application.status != Status.OFFERED:
        raise OfferGone
    await answers.withdraw(found, Ending(By.VOLUNTEER), now())
    return redirect("applications.offer_left")


async def _linked(request: Request) -> Candidacy:
    public_id, offered_at = links.offer_of(mailed.held(request))
    found = await queries.candidacy(public_id)
    if found.application.status_at != offered_at:
        raise OfferGone
    return waiting.standing(found, now())


async def _own(request: Request) -> Candidacy:
    account_id, public_id = viewer_of(request).account_id, request.path_params["application"]
    return waiting.standing(await queries.own_candidacy(account_id, public_id), now())


async def _is_minor(found: Candidacy, at: datetime) -> bool:
    born_on = await birth_date(found.application.volunteer)
    return is_minor_on(born_on, paris_day(found.slot.starts_at or at))


async def _page(
    request: Request, found: Candidacy, sent: Submission[GuardianForm] | None = None, status: int = 200
) -> Response:
    base = request.scope["path"].removesuffix("/oui").removesuffix("/non")
    return page(
        request,
        "applications/offer.html",
        status=status,
        found=found,
        sent=sent,
        until=found.application.answer_by,
        is_minor=await _is_minor(found, now()),
        words=words,
        relationships=RELATIONSHIPS,
        take_action=urls.localised(base + "/oui"),
        leave_action=urls.localised(base + "/non"),
    )
