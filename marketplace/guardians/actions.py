"""What a guardian does moves a consent and an application together."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from functools import partial

from marketplace import db
from marketplace.accounts.errors import DeadLink
from marketplace.applications import actions as applications
from marketplace.applications import answers, waiting
from marketplace.applications import queries as application_queries
from marketplace.applications.answers import Ending
from marketplace.applications.deadlines import answer_by
from marketplace.applications.lifecycle import CONSENT_TO_ACCEPTED, CONSENT_TO_PENDING, Status
from marketplace.applications.policies import why_not_accept
from marketplace.applications.queries import Candidacy
from marketplace.applications.tables import Application
from marketplace.consents import actions as consents
from marketplace.consents import emails
from marketplace.consents import queries as consent_queries
from marketplace.consents.actions import Answer
from marketplace.consents.lifecycle import Status as ConsentStatus
from marketplace.consents.tables import Consent
from marketplace.guardians import emails as minor_emails
from marketplace.guardians import queries
from marketplace.guardians.policies import awaits
from marketplace.jobs.rows import one_by_one
from marketplace.lifecycle import By, advance
from marketplace.missions.lifecycle import Admission
from marketplace.missions.places import lock_mission
from marketplace.missions.policies import slot_key
from marketplace.missions.tables import Mission
from marketplace.web import limits

NOT_YET_ACCEPTED = frozenset({Status.AWAITING_CONSENT, Status.PENDING, Status.WAITING, Status.OFFERED})
RESENDS_PER_ADDRESS, RESENDS_WINDOW = 5, timedelta(days=1)


async def give(token: str, answer: Answer, keys: Collection[str] | None, now: datetime) -> str:
    """The guardian agrees to the slots of these keys (None: all): their applications go on.

    Those go to the association, or are accepted where it takes at once; the others end.
    The token of the parent link, by which the guardian follows and withdraws.

    Raises:
        DeadLink: the link is used, replaced, expired or unknown, or none of these slots awaits an answer.
    """
    async with db.transaction():
        consent = await _asked(token, now)
        awaiting = [found for found in await queries.candidacies(consent, now) if awaits(found.application)]
        in_time = [found for found in awaiting if _in_time(found, now)]
        agreed = [found for found in in_time if keys is None or slot_key(found.slot) in keys]
        if not agreed:
            raise DeadLink
        for found in awaiting:
            if found not in in_time:
                await consents.expire(consent, found.slot.id, now)
        parent_token = await consents.give(consent, answer, {found.slot.id for found in agreed}, now)
        for found in agreed:
            await _admit(found, now)
        await _withdraw([one for one in in_time if one not in agreed], Ending(By.GUARDIAN), now)
        await _withdraw([one for one in awaiting if one not in in_time], Ending(By.TIME), now)
        await applications.tell_of_applications(agreed, now)
        await emails.consent_given(consent, parent_token, now)
        await waiting.offer_places(consent.mission, now)
        return parent_token


async def refuse(token: str, now: datetime) -> None:
    """The guardian says no: the places are free at once; nobody is told why.

    Raises:
        DeadLink: the link is used, replaced, expired or unknown.
    """
    async with db.transaction():
        consent = await _asked(token, now)
        found = [*await queries.candidacies(consent, now), *await queries.on_lists(consent)]
        await consents.refuse(consent, now)
        await _withdraw(found, Ending(By.GUARDIAN), now)
        await emails.consent_refused(consent, now)
        await waiting.offer_places(consent.mission, now)


async def withdraw(parent_token: str, now: datetime) -> None:
    """The guardian takes a yes back: the place is free at once.

    Raises:
        DeadLink: the link is unknown, or there is nothing to take back any more.
    """
    async with db.transaction():
        consent = await _locked(await consent_queries.by_parent_link(parent_token))
        current = await queries.candidacies(consent, now)
        if consent.status != ConsentStatus.GIVEN or not current:
            raise DeadLink
        # the application leaves `accepted` first: the database keeps an accepted minor's line given
        await _withdraw([*current, *await queries.on_lists(consent)], Ending(By.GUARDIAN), now)
        await consents.withdraw(consent, {found.slot.id for found in current}, now)
        await emails.consent_withdrawn(consent, now)
        await waiting.offer_places(consent.mission, now)


async def send_new_link(token: str, now: datetime) -> None:
    """Mail a fresh link to the address on file, if the request a dead link was about is still open.

    Says nothing of whether it is: the page is the same.
    """
    async with db.transaction():
        consent = await consent_queries.named_by(token)
        if consent is None or consent.status != ConsentStatus.ASKED or consent.link_expires_at <= now:
            return
        guardian = await consent_queries.guardian_of(consent.id)
        if await limits.allow("guardian", guardian.email, RESENDS_PER_ADDRESS, RESENDS_WINDOW, now):
            await emails.consent_asked(consent, await consents.renew_link(consent), now)


async def end_silent(now: datetime) -> int:
    """End the applications whose guardian did not answer in time; how many there were."""
    return await one_by_one(await queries.unanswered(now), partial(_end_silent, now=now))


async def _end_silent(row: Application, now: datetime) -> bool:
    async with db.transaction():
        found = await application_queries.about(row)
        await lock_mission(found.mission.id)
        found = await application_queries.candidacy(row.public_id)
        consent = await consent_queries.open_for(row.volunteer, row.slot)
        if not awaits(found.application) or consent is None or _in_time(found, now):
            return False
        consent = await consent_queries.fresh(consent.id)
        is_last = await consents.expire(consent, row.slot, now)
        await _withdraw([found], Ending(By.TIME), now)
        if is_last:
            await emails.consent_expired(consent, now)
        await waiting.offer_places(found.mission.id, now)
        return True


async def end_waiting_minors(mission: Mission, now: datetime) -> None:
    """End the applications of minors nobody has accepted yet: their mission no longer takes minors.

    Called inside a transaction, the mission being locked.
    """
    ended: dict[int, list[Candidacy]] = defaultdict(list)
    for row in await application_queries.live_of_mission(mission.id):
        if row.is_minor and row.came_of_age_at is None and row.status in NOT_YET_ACCEPTED:
            ended[row.volunteer].append(await application_queries.about(row))
    for several in ended.values():
        await answers.withdraw_for_guardian(several, Ending(By.MODERATOR), now)
        for found in several:
            volunteer, slot = found.application.volunteer, found.slot
            if consent := await consents.close(volunteer, slot.id, By.MODERATOR, now):
                await emails.consent_closed(consent, slot, now)
        await minor_emails.participation_ended(several, By.MODERATOR, now)
    await waiting.offer_places(mission.id, now)


def _in_time(found: Candidacy, now: datetime) -> bool:
    limit = found.application.answer_by
    return awaits(found.application) and (limit is None or limit > now)


async def _asked(token: str, now: datetime) -> Consent:
    """The open request of this link, read again once its mission is locked: a link serves once."""
    consent = await consent_queries.by_link(token, now)
    if consent is None:
        raise DeadLink
    await _locked(consent)
    if await consent_queries.by_link(token, now) is None:
        raise DeadLink
    return await consent_queries.fresh(consent.id)


async def _locked(consent: Consent | None) -> Consent:
    """The consent read again once its mission is locked."""
    if consent is None:
        raise DeadLink
    await lock_mission(consent.mission)
    return await consent_queries.fresh(consent.id)


async def _admit(found: Candidacy, now: datetime) -> None:
    # nobody is accepted by an association that may not say yes: suspended, or its insurance over
    may = why_not_accept(found.application, found.association, now) is None
    instant = found.mission.admission == Admission.INSTANT and may
    step, status = (CONSENT_TO_ACCEPTED, Status.ACCEPTED) if instant else (CONSENT_TO_PENDING, Status.PENDING)
    await advance(
        found.application,
        step,
        By.GUARDIAN,
        now,
        status_at=now,
        answer_by=answer_by(status, found.slot, now),
        accepted_at=now if instant else None,
    )


async def _withdraw(found: Sequence[Candidacy], ending: Ending, now: datetime) -> None:
    await answers.withdraw_for_guardian(found, ending, now)
    await minor_emails.participation_ended(found, ending.by, now)
