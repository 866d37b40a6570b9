"""Before a slot: asking who comes, saying so or giving the place back, and reminding of where."""

from datetime import datetime

from marketplace import db
from marketplace.applications import answers, presence_emails, presence_queries, queries
from marketplace.applications.answer_errors import IsOver
from marketplace.applications.answers import Ending
from marketplace.applications.presence_mailing import Mailing, send
from marketplace.applications.presence_policies import (
    ASKED_BEFORE,
    REMINDED_BEFORE,
    asked_in_time,
    is_expected,
    takes_place,
)
from marketplace.applications.queries import Candidacy
from marketplace.applications.reminders import Mail
from marketplace.applications.tables import Application
from marketplace.consents import queries as consents
from marketplace.consents.lifecycle import Status as ConsentStatus
from marketplace.consents.tables import Guardian
from marketplace.lifecycle import By
from marketplace.missions.places import lock_mission


async def say_coming(found: Candidacy, now: datetime) -> None:
    """« Je viens », noted once for the association.

    Raises:
        IsOver: the place was given back, or the slot has begun.
    """
    async with db.transaction():
        await lock_mission(found.mission.id)
        found = await _expected(found, now)
        if found.application.coming_at is None:
            await Application.update({Application.coming_at: now}).where(
                Application.id == found.application.id
            )


async def say_not_coming(found: Candidacy, now: datetime) -> None:
    """« Je ne peux plus venir »: the place is given back, and the association told.

    Raises:
        IsOver: it was given back before, or the slot has begun.
    """
    await answers.withdraw(await _expected(found, now), Ending(By.VOLUNTEER, "unavailable"), now)


async def ask_who_comes(now: datetime) -> int:
    """Two days before a slot, ask those who were accepted earlier; how many were asked."""
    due = await presence_queries.expected(Mail.COMING, now + REMINDED_BEFORE, now + ASKED_BEFORE)

    async def post(found: Candidacy) -> None:
        await presence_emails.still_coming(found, now)

    def still(found: Candidacy) -> bool:
        return _is_awaited(found, now) and asked_in_time(found.application, found.slot)

    return await send(Mailing(Mail.COMING, still, post), due, now)


async def remind_of_tomorrow(now: datetime) -> int:
    """The day before a slot, say where and when to those who come; how many were told."""
    due = await presence_queries.expected(Mail.EVE, now, now + REMINDED_BEFORE)

    async def post(found: Candidacy) -> None:
        await presence_emails.eve_of_slot(found, now)
        if guardian := await agreeing_guardian(found):
            await presence_emails.eve_of_slot_guardian(found, guardian, now)

    return await send(Mailing(Mail.EVE, lambda found: _is_awaited(found, now), post), due, now)


async def agreeing_guardian(found: Candidacy) -> Guardian | None:
    """Who agreed to a minor's slot; None of an adult, or once they are erased."""
    application = found.application
    if not application.is_minor or application.came_of_age_at is not None:
        return None
    consent = await consents.open_for(application.volunteer, found.slot.id)
    if consent is None or consent.status != ConsentStatus.GIVEN:
        return None
    return await Guardian.objects().get(Guardian.consent == consent.id)


def _is_expected(found: Candidacy, now: datetime) -> bool:
    return is_expected(found.application, found.slot, found.mission, now)


def _is_awaited(found: Candidacy, now: datetime) -> bool:
    return _is_expected(found, now) and takes_place(found.mission, found.association.status)


async def _expected(found: Candidacy, now: datetime) -> Candidacy:
    """The same as it is now."""
    found = await queries.candidacy(found.application.public_id)
    if not _is_expected(found, now):
        raise IsOver
    return found
