"""Pages of a thread: the volunteer's, and the association's."""

from dataclasses import dataclass
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response

from marketplace.accounts.viewers import viewer_of
from marketplace.applications import queries as applications
from marketplace.applications.policies import is_minor
from marketplace.applications.queries import Candidacy
from marketplace.messages import actions, queries
from marketplace.messages.actions import Words
from marketplace.messages.forms import MessageForm
from marketplace.messages.policies import CAUTION_OF_A_MINOR, CAUTION_TO_A_MINOR
from marketplace.messages.tables import Side
from marketplace.missions import words
from marketplace.missions.text_warnings import holds_contacts
from marketplace.text import N_, _
from marketplace.web import limits
from marketplace.web.clock import now
from marketplace.web.forms import Submission, read
from marketplace.web.pages import page, redirect

MOST, AN_HOUR = 30, timedelta(hours=1)
TOO_MANY = N_("Vous avez écrit beaucoup de messages en une heure. Réessayez plus tard.")


@dataclass(frozen=True, slots=True)
class Thread:
    """A thread, and from which side it is looked at."""

    found: Candidacy
    side: Side

    @property
    def template(self) -> str:
        """Its page."""
        return "messages/own.html" if self.side == Side.VOLUNTEER else "messages/received.html"

    @property
    def caution(self) -> str:
        """What is said of contacts in a message here; '' between adults."""
        if not is_minor(self.found.application):
            return ""
        return _(CAUTION_OF_A_MINOR if self.side == Side.VOLUNTEER else CAUTION_TO_A_MINOR)


async def own(request: Request) -> Response:
    """The volunteer's thread with the association."""
    return await _page(request, await _own(request))


async def write_own(request: Request) -> Response:
    """Write to the association."""
    return await _write(request, await _own(request), back="messages.own")


async def received(request: Request) -> Response:
    """The association's thread with a volunteer."""
    return await _page(request, await _received(request))


async def write_received(request: Request) -> Response:
    """Write to the volunteer."""
    return await _write(request, await _received(request), back="messages.received")


async def _own(request: Request) -> Thread:
    account, name = viewer_of(request).account_id, request.path_params["application"]
    return Thread(await applications.own_candidacy(account, name), Side.VOLUNTEER)


async def _received(request: Request) -> Thread:
    account, name = viewer_of(request).account_id, request.path_params["application"]
    return Thread(await applications.received_candidacy(account, name), Side.ASSOCIATION)


async def _write(request: Request, thread: Thread, back: str) -> Response:
    if refusal := await queries.why_closed(thread.found, now()):
        raise refusal
    sent = await read(MessageForm, request)
    is_risky = sent.form is not None and bool(thread.caution) and holds_contacts(sent.form.text)
    if sent.form and is_risky and not sent.form.anyway:
        sent.refuse("text", thread.caution)
    viewer = viewer_of(request)
    if sent.form and not await limits.allow("message", str(viewer.account_id), MOST, AN_HOUR, now()):
        sent.refuse("text", _(TOO_MANY))
    if sent.form is None:
        return await _page(request, thread, sent, is_risky, status=422)
    await actions.write(thread.found, thread.side, Words(viewer, sent.form.text), now())
    return redirect(back, **request.path_params)


async def _page(
    request: Request,
    thread: Thread,
    sent: Submission[MessageForm] | None = None,
    is_risky: bool = False,
    status: int = 200,
) -> Response:
    found, at = thread.found, now()
    said = await queries.thread(found.application.id)
    # like the last use of a session: noting it is no act of the reader's
    if request.method == "GET" and any(one.side != thread.side and not one.is_read for one in said):
        await actions.mark_read(found.application.id, thread.side, at)
    return page(
        request,
        thread.template,
        status=status,
        name=found.application.public_id,
        first_name=found.account.first_name if found.account else "",
        association=found.association,
        mission=found.mission,
        slot=found.slot,
        is_minor=is_minor(found.application),
        said=said,
        closed=await queries.why_closed(found, at),
        is_risky=is_risky,
        sent=sent,
        words=words,
    )
