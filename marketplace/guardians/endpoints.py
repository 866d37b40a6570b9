"""Pages of a guardian: reading, agreeing or refusing, then following. No account, no navigation."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response

from marketplace.accounts.errors import DeadLink
from marketplace.applications import feedback_queries
from marketplace.applications.feedback_tables import Feedback, Side
from marketplace.applications.queries import Candidacy
from marketplace.consents import queries as consents
from marketplace.consents.actions import Answer
from marketplace.consents.tables import Consent, Guardian
from marketplace.guardians import actions, queries
from marketplace.guardians.forms import AgreeForm
from marketplace.messages.queries import Said, guarded_thread
from marketplace.missions import words
from marketplace.missions.lifecycle import PlaceKind
from marketplace.missions.policies import slot_key
from marketplace.vocabulary.relationships import RELATIONSHIPS
from marketplace.web import links
from marketplace.web.clock import now
from marketplace.web.forms import Submission, read
from marketplace.web.pages import page, redirect


@dataclass(frozen=True, slots=True)
class Matter:
    """What a guardian was asked, and how it stands."""

    consent: Consent
    guardian: Guardian
    found: Candidacy
    dates: Sequence[Candidacy]  # what still stands, or all of it once nothing does
    can_withdraw: bool
    said: Sequence[Said] = ()  # between the association and the minor, to who follows
    thanks: Sequence[Feedback] = ()  # the association's, to the minor

    @property
    def first_name(self) -> str:
        """The minor's."""
        return self.found.account.first_name if self.found.account else ""

    @property
    def keys(self) -> list[str]:
        """What the form calls the dates."""
        return [slot_key(one.slot) for one in self.dates]

    @property
    def on_site(self) -> bool:
        """Whether the minor goes somewhere."""
        return bool(self.found.mission.place_kind != PlaceKind.REMOTE)


async def arrive(request: Request) -> Response:
    """The mailed link: it leads to a page without the secret in its address."""
    return links.arrive(request, request.path_params["token"], "guardians.show")


async def show(request: Request) -> Response:
    """The mission in short blocks, and two equal buttons."""
    asked = await _asked(request, now())
    return _dead(request) if asked is None else _page(request, "show", asked)


async def agreement(request: Request) -> Response:
    """Who agrees, and what they declare."""
    asked = await _asked(request, now())
    return _dead(request) if asked is None else _page(request, "agreement", asked)


async def give(request: Request) -> Response:
    """Record the yes, and lead to the page that follows it: its receipt."""
    asked = await _asked(request, now())
    if asked is None:
        return _dead(request)
    sent = await read(AgreeForm, request, {"on_site": asked.on_site, "dates": asked.keys})
    if sent.form is None:
        return _page(request, "agreement", asked, sent, status=422)
    answer = Answer(sent.form.name, sent.form.relationship, sent.form.phone)
    try:
        parent_token = await actions.give(links.held(request), answer, sent.form.dates, now())
    except DeadLink:
        return _dead(request)
    return links.forget(request, links.arrive(request, parent_token, "guardians.follow"))


async def refusal(request: Request) -> Response:
    """Make sure of a no."""
    asked = await _asked(request, now())
    return _dead(request) if asked is None else _page(request, "refusal", asked)


async def refuse(request: Request) -> Response:
    """Record the no."""
    try:
        await actions.refuse(links.held(request), now())
    except DeadLink:
        return _dead(request)
    return links.forget(request, redirect("guardians.refused"))


async def refused(request: Request) -> Response:
    """The receipt of a no."""
    return page(request, "guardians/refused.html")


async def send_new_link(request: Request) -> Response:
    """A new link to the address on file, if the request is still open; the page is the same if not."""
    await actions.send_new_link(links.held(request), now())
    return redirect("guardians.new_link_sent")


async def new_link_sent(request: Request) -> Response:
    """What happens after asking for a new link."""
    return page(request, "guardians/new_link_sent.html")


async def arrive_to_follow(request: Request) -> Response:
    """The parent link of the receipt."""
    return links.arrive(request, request.path_params["token"], "guardians.follow")


async def follow(request: Request) -> Response:
    """The mission and where the application stands; how to take the yes back."""
    followed = await _followed(request, now())
    return _dead(request) if followed is None else _page(request, "follow", followed)


async def withdrawal(request: Request) -> Response:
    """Make sure before a yes is taken back."""
    followed = await _followed(request, now())
    if followed is None or not followed.can_withdraw:
        return _dead(request) if followed is None else _page(request, "follow", followed)
    return _page(request, "withdrawal", followed)


async def withdraw(request: Request) -> Response:
    """Take the yes back."""
    try:
        await actions.withdraw(links.held(request), now())
    except DeadLink:
        return _dead(request)
    return redirect("guardians.follow", link=request.path_params["link"])


async def _asked(request: Request, at: datetime) -> Matter | None:
    consent = await consents.by_link(links.held(request), at)
    return await _about(consent, at) if consent else None


async def _followed(request: Request, at: datetime) -> Matter | None:
    consent = await consents.by_parent_link(links.held(request))
    followed = await _about(consent, at) if consent else None
    if followed is None:
        return None
    thanks = [await feedback_queries.said(one.application.id, Side.ASSOCIATION) for one in followed.dates]
    return replace(
        followed, said=await guarded_thread(followed.consent), thanks=[words for words in thanks if words]
    )


async def _about(consent: Consent, at: datetime) -> Matter | None:
    every = await queries.applications_of(consent)
    if not every:
        return None
    standing = {one.application.id for one in await queries.candidacies(consent, at)}
    dates = [one for one in every if one.application.id in standing] or every
    current = consent.status == "given" and bool(standing)
    return Matter(consent, await consents.guardian_of(consent.id), dates[0], dates, current)


def _dead(request: Request) -> Response:
    return page(request, "guardians/dead.html", status=410, link=request.path_params["link"])


def _page(
    request: Request,
    name: str,
    asked: Matter,
    sent: Submission[AgreeForm] | None = None,
    status: int = 200,
) -> Response:
    return page(
        request,
        f"guardians/{name}.html",
        status=status,
        asked=asked,
        m=asked.found.mission,
        link=request.path_params["link"],
        sent=sent,
        words=words,
        relationships=RELATIONSHIPS,
    )
