"""Dates of a mission that is online: more of them, or one or several given up."""

from collections.abc import Sequence
from datetime import datetime

from marketplace import db
from marketplace.applications import answers
from marketplace.applications.answers import Ending
from marketplace.discovery import actions as discovery
from marketplace.lifecycle import By
from marketplace.missions.day_part_policies import with_hours
from marketplace.missions.policies import slot_key
from marketplace.missions.queries import slots_of
from marketplace.missions.series import Hours
from marketplace.missions.tables import Mission, Slot
from marketplace.publishing import policies
from marketplace.publishing.errors import DateOver
from marketplace.publishing.running import change, lock_running


async def add_dates(mission: Mission, dates: Sequence[Hours], places: int, now: datetime) -> int:
    """Add these dates, with this many places each, save those that the mission has already; how many.

    The parts of the day of their hours are added to the mission's, for its page and the search.

    Raises:
        NotRunning: the mission is neither online nor paused.
        Refusal: the one `policies.why_not_add` returns.
    """
    async with db.transaction():
        fresh = await lock_running(mission.id)
        slots = await slots_of(fresh.id)
        kept = {slot.starts_at for slot in slots if slot.cancelled_at is None}
        rows = [
            Slot(
                mission=fresh.id,
                starts_at=hours.starts_at,
                ends_at=hours.ends_at,
                places=places,
                created_at=now,
            )
            for hours in dates
            if hours.starts_at not in kept
        ]
        if refusal := policies.why_not_add(fresh, slots, rows, now):
            raise refusal
        await Slot.insert(*rows)
        added = (Hours(row.starts_at, row.ends_at) for row in rows)
        await change(fresh, {"day_parts": with_hours(fresh.day_parts, added)}, now)
    await discovery.index(mission.id, now)  # found at the next request
    return len(rows)


async def cancel_dates(mission: Mission, key: str, following: bool, message: str, now: datetime) -> int:
    """Give up the date of this key, with all that follow when `following`; how many people were told.

    Raises:
        NotRunning: the mission is neither online nor paused.
        DateOver: it has started, or is cancelled already.
    """
    async with db.transaction():
        fresh = await lock_running(mission.id)
        slots = given_up(await slots_of(fresh.id), key, following, now)
        if not slots:
            raise DateOver
        ids = [slot.id for slot in slots]
        await Slot.update({Slot.cancelled_at: now}).where(Slot.id.is_in(ids))
        told = await answers.end_slots(fresh, ids, Ending(By.ASSOCIATION, message=message), now)
        await change(fresh, {}, now)
    await discovery.index(mission.id, now)
    return told


def given_up(slots: Sequence[Slot], key: str, following: bool, now: datetime) -> list[Slot]:
    """The slots that go with the one of this key, itself included; none when it cannot be given up."""
    dated = [slot for slot in slots if slot.starts_at is not None and policies.is_to_come(slot, now)]
    found = [slot for slot in dated if slot_key(slot) == key]
    if not found or not following:
        return found
    return [slot for slot in dated if slot.starts_at >= found[0].starts_at]
