"""What becomes of an application: accepted, declined, withdrawn, or ended by time or with its mission."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from marketplace import db
from marketplace.applications import emails, queries, waiting
from marketplace.applications.answer_errors import IsOver
from marketplace.applications.deadlines import answer_after_meeting
from marketplace.applications.lifecycle import ACCEPT, DECLINE, LAPSE, WITHDRAW, Status
from marketplace.applications.policies import attended, is_current, why_not_accept, why_not_meet, words_told
from marketplace.applications.queries import Candidacy
from marketplace.applications.tables import Application
from marketplace.consents import actions as consents
from marketplace.consents import emails as consent_emails
from marketplace.discovery.similar import similar
from marketplace.lifecycle import By, Move, OutOfDate, advance
from marketplace.missions.places import lock_mission
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
        if refusal := why_not_accept(found.application, found.association, now):
            raise refusal
        await advance(
            found.application,
            ACCEPT,
            By.ASSOCIATION,
            now,
            actor,
            status_at=now,
            accepted_at=now,
            answer_by=None,
        )
        await emails.application_accepted([found], now)


async def meet(found: Candidacy, day: date, now: datetime, note: str = "") -> None:
    """The association answers « on se rencontre le … »: its time to answer moves to the day after.

    Raises:
        Refusal: the one `why_not_meet` returns.
    """
    async with db.transaction():
        found = await _locked(found, now)
        application = found.application
        if refusal := why_not_meet(application, found.slot, found.mission, found.association, day, now):
            raise refusal
        limit = answer_after_meeting(day, found.slot)
        application.meeting_on, application.answer_by = day, limit
        guarded = application.is_minor and not application.came_of_age_at
        application.meeting_note = "" if guarded else note  # a minor is written to in the thread only
        await application.save([Application.meeting_on, Application.meeting_note, Application.answer_by])
        await emails.meeting_set(found, now)


async def decline(
    found: Candidacy, ending: Ending, actor: int, now: datetime, *, only_pending: bool = False
) -> None:
    """The association says no, or no longer; the place goes to the next person at once.

    `only_pending`: it was said of an application to answer; OutOfDate once somebody accepted it.
    """
    async with db.transaction():
        found = await _locked(found, now)
        if only_pending and found.application.status != Status.PENDING:
            raise OutOfDate
        await _end(found, DECLINE, ending, now, actor)
        await _close_consent(found, ending.by, now)
        await emails.application_declined(found, now)
        await waiting.offer_places(found.mission.id, now)


async def withdraw(found: Candidacy, ending: Ending, now: datetime) -> None:
    """The volunteer gives the place back; the association hears, unless it never saw the application."""
    async with db.transaction():
        found = await _locked(found, now)
        await withdraw_for_guardian([found], ending, now)
        await _close_consent(found, ending.by, now)
        await emails.withdrawal_noted(found, now)
        await waiting.offer_places(found.mission.id, now)


async def withdraw_for_guardian(found: Sequence[Candidacy], ending: Ending, now: datetime) -> None:
    """The same of a minor's applications to a mission, for a guardian or their silence; one mail for all.

    Called inside a transaction, the mission being locked; the caller moves the consent and offers the places.
    """
    shown = [one for one in found if await queries.was_shown(one.application)]
    for one in found:
        await _end(one, WITHDRAW, ending, now)
    if shown:
        await emails.application_withdrawn(shown, now)


async def end_all(mission: Mission, ending: Ending, now: datetime) -> int:
    """End every live application of a mission that is cancelled; everyone concerned hears.

    Called inside a transaction, the mission being locked. The number of people who were told.
    """
    return await end_slots(mission, await queries.slot_ids(mission.id), ending, now)


async def end_slots(mission: Mission, slot_ids: Collection[int], ending: Ending, now: datetime) -> int:
    """The same for some of its slots."""
    people = await _without_holds(await queries.live_of_slots(slot_ids))
    people = [found for found in people if not attended(found.application, found.slot, now)]
    by_volunteer = await _lapse(people, ending, now)
    for several in by_volunteer:
        await emails.mission_cancelled(several, now)
    return len(by_volunteer)


async def end_unanswered(mission: Mission, ending: Ending, now: datetime) -> int:
    """End what nobody answered of a mission that is finished, with an apology; accepted people stay.

    Called inside a transaction, the mission being locked. The number of people who were told.
    """
    people = await _without_holds(await queries.live_of_mission(mission.id))
    people = [found for found in people if found.application.status != Status.ACCEPTED]
    waited = {found.application.id for found in people if found.application.status == Status.WAITING}
    near = await similar(mission, now) if people else []
    by_volunteer = await _lapse(people, ending, now)
    for several in by_volunteer:
        only_waited = all(found.application.id in waited for found in several)
        await emails.mission_finished(several, near, only_waited, now)
    return len(by_volunteer)


async def end_by_time(found: Candidacy, now: datetime) -> None:
    """A deadline has passed. Called inside a transaction, the mission being locked."""
    await _end(found, LAPSE, Ending(By.TIME), now)
    await _close_consent(found, By.TIME, now)


async def _locked(found: Candidacy, now: datetime) -> Candidacy:
    """The same, read again once its mission is locked; IsOver when nothing of it moves any more."""
    await lock_mission(found.mission.id)
    found = await queries.candidacy(found.application.public_id)
    if not is_current(found.application, found.slot, found.mission, now):
        raise IsOver
    return found


async def _without_holds(live: Sequence[Application]) -> list[Candidacy]:
    """The others: nobody's holds are dropped. Who they are for is told on confirming."""
    held = [row.id for row in live if row.status == Status.UNCONFIRMED]
    if held:
        await Application.delete().where(Application.id.is_in(held))
    return await queries.about_all([row for row in live if row.status != Status.UNCONFIRMED])


async def _lapse(people: Sequence[Candidacy], ending: Ending, now: datetime) -> list[list[Candidacy]]:
    """End these; each volunteer's together, in the order of their dates: one mail each, however many."""
    by_volunteer = defaultdict(list)
    for found in people:
        await _end(found, LAPSE, ending, now)
        await _close_consent(found, ending.by, now)
        by_volunteer[found.application.volunteer].append(found)
    return [sorted(several, key=lambda one: one.slot.starts_at or now) for several in by_volunteer.values()]


async def _end(found: Candidacy, step: Move, ending: Ending, now: datetime, actor: int | None = None) -> None:
    await advance(
        found.application,
        step,
        ending.by,
        now,
        actor,
        status_at=now,
        answer_by=None,
        ended_by=ending.by,
        reason=ending.reason,
        reason_message=words_told(ending.message, ending.by, found.application, found.association),
    )


async def _close_consent(found: Candidacy, by: By, now: datetime) -> None:
    if found.application.is_minor:
        consent = await consents.close(found.application.volunteer, found.slot.id, by, now)
        if consent is not None:
            await consent_emails.consent_closed(consent, found.slot, now)
