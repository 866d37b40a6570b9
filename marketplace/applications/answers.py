"""What becomes of an application: accepted, declined, withdrawn, or ended by time or with its mission."""

from dataclasses import dataclass
from datetime import datetime

from marketplace import db
from marketplace.applications import emails, queries
from marketplace.applications.errors import IsOver
from marketplace.applications.lifecycle import ACCEPT, DECLINE, LAPSE, WITHDRAW, Status
from marketplace.applications.policies import ANSWERED_WITHIN, attended, is_current, why_not_accept
from marketplace.applications.queries import Candidacy
from marketplace.applications.tables import Application
from marketplace.consents import actions as consents
from marketplace.consents import emails as consent_emails
from marketplace.lifecycle import By, Move, advance
from marketplace.missions.places import lock_mission
from marketplace.missions.policies import APPLY_BEFORE
from marketplace.missions.tables import Mission


@dataclass(frozen=True, slots=True)
class Ending:
    """Why an application ends: a key of vocabulary.reasons, and words if any."""

    by: By
    reason: str = ""
    message: str = ""


async def accept(found: Candidacy, actor: int, now: datetime) -> None:
    """The association says yes.

    Raises:
        Refusal: the one `why_not_accept` returns.
    """
    async with db.transaction():
        found = await _locked(found, now)
        if refusal := why_not_accept(found.application, found.slot, found.association.status, now):
            raise refusal
        await advance(found.application, ACCEPT, By.ASSOCIATION, now, actor, status_at=now, accepted_at=now)
        await emails.application_accepted(found, now)


async def decline(found: Candidacy, ending: Ending, actor: int, now: datetime) -> None:
    """The association says no, or no longer; the place is free at once."""
    async with db.transaction():
        found = await _locked(found, now)
        await _end(found, DECLINE, ending, now, actor)
        await _close_consent(found, ending.by, now)
        await emails.application_declined(found, now)


async def withdraw(found: Candidacy, ending: Ending, now: datetime) -> None:
    """The volunteer gives the place back; the association hears, unless it never saw the application."""
    async with db.transaction():
        found = await _locked(found, now)
        await withdraw_for_guardian(found, ending, now)
        await _close_consent(found, ending.by, now)
        await emails.withdrawal_noted(found, now)


async def withdraw_for_guardian(found: Candidacy, ending: Ending, now: datetime) -> None:
    """The same for a guardian (or their silence), whose consent the caller moves and who tells the minor.

    Called inside a transaction, the mission being locked.
    """
    was_shown = await queries.was_shown(found.application)
    await _end(found, WITHDRAW, ending, now)
    if was_shown:
        await emails.application_withdrawn(found, now)


async def end_all(mission: Mission, ending: Ending, now: datetime) -> int:
    """End every live application of a mission that is cancelled; everyone concerned hears.

    Called inside a transaction, the mission being locked. The number of people who were told.
    """
    live = await queries.live_of_mission(mission.id)
    unconfirmed = [row.id for row in live if row.status == Status.UNCONFIRMED]
    if unconfirmed:
        await Application.delete().where(Application.id.is_in(unconfirmed))
    people = await queries.about_all([row for row in live if row.status != Status.UNCONFIRMED])
    people = [found for found in people if not attended(found.application, found.slot, now)]
    for found in people:
        await _end(found, LAPSE, ending, now)
        await _close_consent(found, ending.by, now)
        await emails.mission_cancelled(found, now)
    return len(people)


async def lapse_unanswered(now: datetime) -> int:
    """End the applications whose association did not answer in time, with an apology; how many."""
    found = await queries.unanswered(now - ANSWERED_WITHIN, now + APPLY_BEFORE)
    return sum([await _lapse(row, now) for row in found])


async def _lapse(row: Application, now: datetime) -> bool:
    async with db.transaction():
        found = await queries.about(row)
        await lock_mission(found.mission.id)
        found = await queries.candidacy(row.public_id)
        if found.application.status != Status.PENDING:  # answered meanwhile
            return False
        await _end(found, LAPSE, Ending(By.TIME), now)
        await _close_consent(found, By.TIME, now)
        await emails.application_lapsed(found, now)
        await emails.application_unanswered(found, now)
        return True


async def _locked(found: Candidacy, now: datetime) -> Candidacy:
    """The same, read again once its mission is locked; IsOver when nothing of it moves any more."""
    await lock_mission(found.mission.id)
    found = await queries.candidacy(found.application.public_id)
    if not is_current(found.application, found.slot, found.mission, now):
        raise IsOver
    return found


async def _end(found: Candidacy, step: Move, ending: Ending, now: datetime, actor: int | None = None) -> None:
    application = found.application
    await advance(
        application,
        step,
        ending.by,
        now,
        actor,
        status_at=now,
        ended_by=ending.by,
        reason=ending.reason,
        reason_message=ending.message,
    )


async def _close_consent(found: Candidacy, by: By, now: datetime) -> None:
    if found.application.is_minor:
        consent = await consents.close(found.application.volunteer, found.slot.id, by, now)
        if consent is not None:
            await consent_emails.consent_closed(consent, now)
