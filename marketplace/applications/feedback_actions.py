"""Saying how it went, saying thanks, and asking."""

from datetime import datetime, timedelta

from marketplace import db
from marketplace.applications import feedback_emails, feedback_queries, queries
from marketplace.applications.feedback_errors import AlreadySaid, NotOver
from marketplace.applications.feedback_policies import asks_how_it_went, is_over, why_not_thank
from marketplace.applications.feedback_tables import Side
from marketplace.applications.presence_actions import agreeing_guardian
from marketplace.applications.presence_mailing import Mailing, send
from marketplace.applications.queries import Candidacy
from marketplace.applications.reminders import Mail, claim
from marketplace.errors import Refusal
from marketplace.missions.places import lock_mission
from marketplace.missions.queries import slots_of
from marketplace.missions.tables import Mission

ASKED_AFTER = timedelta(days=1)  # the slot's end: time to come home, and for the association to note absences
ASKED_UNTIL = timedelta(days=14)


async def tell(found: Candidacy, as_described: str, welcomed: str, words: str, now: datetime) -> None:
    """The volunteer says how it went: the association alone reads it.

    Raises:
        NotOver: nothing took place yet.
        AlreadySaid: they said it before.
    """
    async with db.transaction():
        await _insert(found, Side.VOLUNTEER, words, now, as_described, welcomed)


async def thank(found: Candidacy, words: str, now: datetime) -> None:
    """The association writes a few words to the volunteer; a minor's guardian reads them too.

    Raises:
        Refusal: the one `why_not_thank` returns.
        AlreadySaid: it wrote before.
    """
    async with db.transaction():
        await lock_mission(found.mission.id)  # a guardian who takes the agreement back does too
        found = await queries.candidacy(found.application.public_id)
        if refusal := await why_closed(found, now):
            raise refusal
        await _insert(found, Side.ASSOCIATION, words, now)
        await feedback_emails.thanks_written(found, words, now)
        if guardian := await agreeing_guardian(found):
            await feedback_emails.thanks_written_guardian(found, guardian, words, now)


async def why_closed(found: Candidacy, now: datetime) -> Refusal | None:
    """What keeps the association from writing its few words now, or None."""
    guardian = await agreeing_guardian(found)
    about = (found.application, found.slot, found.mission, found.association)
    return why_not_thank(*about, now, guardian_agrees=guardian is not None)


async def ask_how_it_went(now: datetime) -> int:
    """A day after a slot, ask those who were there, as far as we know; how many."""
    due = await feedback_queries.to_ask(now - ASKED_UNTIL, now - ASKED_AFTER)

    async def post(found: Candidacy) -> None:
        await feedback_emails.feedback_asked(found, now)

    def still(found: Candidacy) -> bool:
        return asks_how_it_went(found.application, found.slot, found.mission, now)

    return await send(Mailing(Mail.FEEDBACK, still, post), due, now)


async def ask_once_finished(mission: Mission, now: datetime) -> int:
    """Ask the people of a finished mission without dates how it went, unless they were asked; how many.

    Those of dates are asked by the clock. Called inside a transaction, the mission being locked.
    """
    asked = 0
    for slot in [slot for slot in await slots_of(mission.id) if slot.ends_at is None]:
        for found in await queries.accepted_of_slot(slot.id):
            asks = found.account is not None and asks_how_it_went(found.application, slot, mission, now)
            if asks and await claim(found.application.id, Mail.FEEDBACK, now):
                await feedback_emails.feedback_asked(found, now)
                asked += 1
    return asked


async def _insert(found: Candidacy, side: Side, words: str, now: datetime, *grades: str) -> None:
    fresh = await queries.candidacy(found.application.public_id)
    if not is_over(fresh.application, fresh.slot, fresh.mission, now):
        raise NotOver
    as_described, welcomed = grades or (None, None)
    rows = await db.fetch(
        """INSERT INTO feedback (application, side, as_described, welcomed, words, created_at)
        VALUES ({}, {}, {}, {}, {}, {}) ON CONFLICT (application, side) DO NOTHING RETURNING id""",
        fresh.application.id,
        side.value,
        as_described,
        welcomed,
        words,
        now,
    )
    if not rows:
        raise AlreadySaid
