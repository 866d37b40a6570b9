"""Noting who was there and for how long, and asking the association to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from marketplace import db
from marketplace.applications import attendance_queries, feedback_emails, queries
from marketplace.applications.attendance_emails import attendance_asked
from marketplace.applications.attendance_policies import why_not_note
from marketplace.applications.attendance_queries import UnnotedSlot
from marketplace.applications.lifecycle import Attendance, Status
from marketplace.applications.reminders import Mail, claim
from marketplace.applications.tables import Application
from marketplace.jobs.rows import one_by_one
from marketplace.missions.places import fresh_slot, lock_mission
from marketplace.missions.tables import Slot

ASKED_AFTER = timedelta(days=1)  # the slot's end
ASKED_UNTIL = timedelta(days=14)  # a clock that was stopped for longer asks no more


@dataclass(frozen=True, slots=True)
class Noted:
    """How it went for one person; `minutes` of somebody who was there."""

    attendance: str
    minutes: int | None


async def note_attendance(slot: Slot, people: Mapping[str, Noted], now: datetime) -> None:
    """Note it for these people of a slot, by public id; whoever is not accepted (any more) is passed over.

    Raises:
        Refusal: the one `why_not_note` returns.
    """
    async with db.transaction():
        mission = await lock_mission(slot.mission)
        slot = await fresh_slot(slot.id)
        if refusal := why_not_note(slot, await attendance_queries.over_at(mission), now):
            raise refusal
        for public_id, noted in people.items():
            await _note(slot, public_id, noted, now)


async def ask_for_attendance(now: datetime) -> int:
    """A day after a slot, ask its association to note who was there: once; for how many slots."""
    return await one_by_one(await _unnoted(now), partial(_ask, now=now))


async def _note(slot: Slot, public_id: str, noted: Noted, now: datetime) -> None:
    row = await Application.objects().get(
        (Application.public_id == public_id)
        & (Application.slot == slot.id)
        & (Application.status == Status.ACCEPTED)
    )
    if row is None:
        return
    if (row.attendance, row.minutes) != (noted.attendance, noted.minutes):  # the same again keeps its day
        await Application.update(
            {
                Application.attendance: noted.attendance,
                Application.minutes: noted.minutes,
                Application.noted_at: now,
            }
        ).where(Application.id == row.id)
    # an undated slot has no end to wait for: hours are the sign that something took place
    asks = slot.ends_at is None and noted.attendance == Attendance.PRESENT
    if asks and await claim(row.id, Mail.FEEDBACK, now):
        await feedback_emails.feedback_asked(await queries.candidacy(public_id), now)


async def _ask(one: UnnotedSlot, now: datetime) -> bool:
    async with db.transaction():
        await lock_mission(one.mission)
        still = await _unnoted(now, one.id)
        found = await queries.candidacy(still[0].application) if still else None
        if found is None or not await claim(found.application.id, Mail.ATTENDANCE, now):
            return False
        await attendance_asked(found, now)
        return True


async def _unnoted(now: datetime, only: int | None = None) -> list[UnnotedSlot]:
    return await attendance_queries.unnoted(now - ASKED_UNTIL, now - ASKED_AFTER, only)
