"""What a guardian does moves a consent and an application together."""

from datetime import datetime, timedelta

from marketplace import db
from marketplace.accounts.errors import DeadLink
from marketplace.applications import actions as applications
from marketplace.applications import answers
from marketplace.applications import queries as application_queries
from marketplace.applications.answers import Ending
from marketplace.applications.lifecycle import CONSENT_TO_ACCEPTED, CONSENT_TO_PENDING, LIVE, Status
from marketplace.applications.policies import is_current
from marketplace.applications.queries import Candidacy
from marketplace.applications.tables import Application
from marketplace.consents import actions as consents
from marketplace.consents import emails, queries
from marketplace.consents.actions import Answer
from marketplace.consents.lifecycle import Status as ConsentStatus
from marketplace.consents.tables import Consent
from marketplace.guardians import emails as minor_emails
from marketplace.lifecycle import By, advance
from marketplace.missions.lifecycle import Admission
from marketplace.missions.places import lock_mission
from marketplace.missions.tables import Mission
from marketplace.web import limits

NOT_YET_ACCEPTED = frozenset({Status.AWAITING_CONSENT, Status.PENDING, Status.WAITING, Status.OFFERED})
RESENDS_PER_ADDRESS, RESENDS_WINDOW = 5, timedelta(days=1)


async def give(token: str, answer: Answer, now: datetime) -> str:
    """The guardian agrees: the application goes to the association, or is accepted where it takes at once.

    The token of the parent link, by which the guardian follows and withdraws.

    Raises:
        DeadLink: the link is used, replaced, expired or unknown.
    """
    async with db.transaction():
        consent = await _asked(token, now)
        parent_token = await consents.give(consent, answer, now)
        for found in await candidacies(consent, now):
            await _admit(found, now)
        await emails.consent_given(consent, parent_token, now)
        return parent_token


async def refuse(token: str, now: datetime) -> None:
    """The guardian says no: the place is free at once; nobody is told why.

    Raises:
        DeadLink: the link is used, replaced, expired or unknown.
    """
    async with db.transaction():
        consent = await _asked(token, now)
        await consents.refuse(consent, now)
        await _withdraw_all(consent, Ending(By.GUARDIAN), now)
        await emails.consent_refused(consent, now)


async def withdraw(parent_token: str, now: datetime) -> None:
    """The guardian takes a yes back: the place is free at once.

    Raises:
        DeadLink: the link is unknown, or there is nothing to take back any more.
    """
    async with db.transaction():
        consent = await _locked(await queries.by_parent_link(parent_token))
        if consent.status != ConsentStatus.GIVEN or not await candidacies(consent, now):
            raise DeadLink
        # the application leaves `accepted` first: the database keeps an accepted minor's line given
        await _withdraw_all(consent, Ending(By.GUARDIAN), now)
        await consents.withdraw(consent, now)
        await emails.consent_withdrawn(consent, now)


async def send_new_link(token: str, now: datetime) -> None:
    """Mail a fresh link to the address on file, if the request a dead link was about is still open.

    Says nothing of whether it is: the page is the same.
    """
    async with db.transaction():
        consent = await queries.named_by(token)
        if consent is None or consent.status != ConsentStatus.ASKED or consent.link_expires_at <= now:
            return
        guardian = await queries.guardian_of(consent.id)
        if await limits.allow("guardian", guardian.email, RESENDS_PER_ADDRESS, RESENDS_WINDOW, now):
            await emails.consent_asked(consent, await consents.renew_link(consent), now)


async def end_silent(now: datetime) -> int:
    """End the requests nobody answered in time; how many there were."""
    found = await queries.silent(now)
    for consent in found:
        async with db.transaction():
            consent = await _locked(consent)
            if consent.status != ConsentStatus.ASKED:
                continue
            await consents.expire(consent, now)
            await _withdraw_all(consent, Ending(By.TIME), now)
            await emails.consent_expired(consent, now)
    return len(found)


async def end_waiting_minors(mission: Mission, now: datetime) -> None:
    """End the applications of minors nobody has accepted yet: their mission no longer takes minors.

    Called inside a transaction, the mission being locked.
    """
    for row in await application_queries.live_of_mission(mission.id):
        if row.is_minor and row.came_of_age_at is None and row.status in NOT_YET_ACCEPTED:
            found = await application_queries.about(row)
            await answers.withdraw_for_guardian(found, Ending(By.MODERATOR), now)
            if consent := await consents.close(row.volunteer, row.slot, By.MODERATOR, now):
                await emails.consent_closed(consent, now)
            await minor_emails.participation_ended(found, By.MODERATOR, now)


async def application_of(consent: Consent) -> Candidacy | None:
    """The application a consent is about, whatever became of it; None once it is gone."""
    slots = [line.slot for line in await queries.lines_of(consent.id)]
    row = (
        await Application.objects()
        .where((Application.volunteer == consent.volunteer) & Application.slot.is_in(slots))
        .order_by(Application.id, ascending=False)
        .first()
    )
    return await application_queries.about(row) if row else None


async def candidacies(consent: Consent, now: datetime) -> list[Candidacy]:
    """The applications a consent moves: those that await it, and current ones; attended ones stay."""
    slots = [line.slot for line in await queries.lines_of(consent.id)]
    rows = await Application.objects().where(
        (Application.volunteer == consent.volunteer)
        & Application.slot.is_in(slots)
        & Application.status.is_in(list(LIVE))
    )
    found = await application_queries.about_all(rows)
    return [one for one in found if _awaits(one) or is_current(one.application, one.slot, one.mission, now)]


def _awaits(found: Candidacy) -> bool:
    # even once its slot is over: a clock that comes late must not leave it waiting for ever
    return found.application.status == Status.AWAITING_CONSENT


async def _asked(token: str, now: datetime) -> Consent:
    """The open request of this link, read again once its mission is locked: a link serves once."""
    consent = await queries.by_link(token, now)
    if consent is None:
        raise DeadLink
    await _locked(consent)
    if await queries.by_link(token, now) is None:
        raise DeadLink
    return await queries.fresh(consent.id)


async def _locked(consent: Consent | None) -> Consent:
    """The consent read again once its mission is locked."""
    if consent is None:
        raise DeadLink
    await lock_mission(consent.mission)
    return await queries.fresh(consent.id)


async def _admit(found: Candidacy, now: datetime) -> None:
    if found.application.status != Status.AWAITING_CONSENT:
        return
    if found.mission.admission == Admission.INSTANT:
        await advance(
            found.application, CONSENT_TO_ACCEPTED, By.GUARDIAN, now, status_at=now, accepted_at=now
        )
    else:
        await advance(found.application, CONSENT_TO_PENDING, By.GUARDIAN, now, status_at=now)
    await applications.tell_of_application(found, now)


async def _withdraw_all(consent: Consent, ending: Ending, now: datetime) -> None:
    for found in await candidacies(consent, now):
        await answers.withdraw_for_guardian(found, ending, now)
        await minor_emails.participation_ended(found, ending.by, now)
