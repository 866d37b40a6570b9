"""« Toujours d’actualité ? »: missions without an end are asked about every three months, then paused."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from marketplace import db
from marketplace.accounts.tables import Account
from marketplace.errors import NotFound
from marketplace.jobs.rows import one_by_one
from marketplace.lifecycle import By, advance
from marketplace.missions.lifecycle import PAUSE, PausedBecause, Status
from marketplace.missions.places import lock_mission
from marketplace.missions.policies import APPLY_BEFORE, is_applicable
from marketplace.missions.queries import mission_by_public_id, slots_of
from marketplace.missions.tables import Mission, Slot
from marketplace.publishing import actions, emails
from marketplace.publishing.running import change, lock_running

ASKED_EVERY = timedelta(days=91)  # three months without a sign of the association
PAUSED_AFTER = timedelta(days=14)  # the question, for a mission without dates

_ASKED_ABOUT = """FROM mission m JOIN association a ON a.id = m.association
    WHERE m.status = 'published' AND a.status = 'verified' AND EXISTS (SELECT 1 FROM slot s
        WHERE s.mission = m.id AND s.cancelled_at IS NULL AND (s.starts_at IS NULL OR s.starts_at > {}))"""


async def ask_and_pause(now: datetime) -> int:
    """Ask about what has no end and had no sign for long, then pause what stayed unanswered; how many moved.

    A clock that comes late asks first: nothing is paused less than PAUSED_AFTER after the question.
    """
    due = [(_ask, mission) for mission in await _to_ask(now)]
    due += [(_pause, mission) for mission in await _to_pause(now)]
    return await one_by_one(due, lambda one: one[0](one[1], now))


async def stand(mission: Mission, account: Account, now: datetime) -> None:
    """A member says that it still stands. NotRunning: it is neither online nor paused."""
    async with db.transaction():
        await change(await lock_running(mission.id), {}, now)


async def confirm(public_id: str, now: datetime) -> Mission:
    """A member says that it still stands, by the link of the mail; paused for want of a sign, it resumes.

    Nothing moves when it was paused otherwise, or is over. NotFound: it is gone.
    """
    found = await mission_by_public_id(public_id)
    if found is None:
        raise NotFound
    async with db.transaction():
        mission = await lock_mission(found.id)
        if mission.status == Status.PUBLISHED:
            await change(mission, {}, now)
        elif mission.paused_because == PausedBecause.UNDATED:
            await actions.resume_locked(mission, None, now)
    return mission


def is_undated(slots: Sequence[Slot]) -> bool:
    """Whether it takes people without a date."""
    return any(slot.starts_at is None and slot.cancelled_at is None for slot in slots)


def has_no_end(mission: Mission, slots: Sequence[Slot], now: datetime) -> bool:
    """Whether it may go stale: without dates, or coming back, with a date to apply for."""
    comes_back = bool(mission.rhythm) or len(slots) > 1
    return any(is_applicable(slot, now) for slot in slots) and (is_undated(slots) or comes_back)


async def _ask(mission_id: int, now: datetime) -> bool:
    async with db.transaction():
        mission = await lock_mission(mission_id)
        slots = await slots_of(mission_id)
        last = max(filter(None, (mission.stands_at, mission.stands_asked_at, mission.published_at)))
        late = last <= now - ASKED_EVERY
        if mission.status != Status.PUBLISHED or not late or not has_no_end(mission, slots, now):
            return False
        await Mission.update({Mission.stands_asked_at: now}).where(Mission.id == mission_id)
        await emails.mission_stands_asked(mission, now, is_undated(slots))
        return True


async def _pause(mission_id: int, now: datetime) -> bool:
    async with db.transaction():
        mission = await lock_mission(mission_id)
        asked = mission.stands_asked_at
        if mission.status != Status.PUBLISHED or asked is None or asked > now - PAUSED_AFTER:
            return False
        await advance(mission, PAUSE, By.TIME, now, paused_because=PausedBecause.UNDATED.value)
        await emails.mission_paused_automatically(mission, now)
        return True


async def _to_ask(now: datetime) -> list[int]:
    rows = await db.fetch(
        f"""SELECT m.id {_ASKED_ABOUT} AND COALESCE(m.stands_at, m.published_at) <= {{}}
            AND (m.stands_asked_at IS NULL OR m.stands_asked_at <= {{}})
            AND (m.rhythm <> '' OR EXISTS (SELECT 1 FROM slot s WHERE s.mission = m.id
                AND s.starts_at IS NULL) OR (SELECT count(*) FROM slot s WHERE s.mission = m.id) > 1)
        ORDER BY m.id""",  # noqa: S608 - our own text
        now + APPLY_BEFORE,
        now - ASKED_EVERY,
        now - ASKED_EVERY,
    )
    return [row["id"] for row in rows]


async def _to_pause(now: datetime) -> list[int]:
    rows = await db.fetch(
        """SELECT m.id FROM mission m JOIN association a ON a.id = m.association
        WHERE m.status = 'published' AND a.status = 'verified' AND m.stands_asked_at <= {}
            AND EXISTS (SELECT 1 FROM slot s WHERE s.mission = m.id AND s.starts_at IS NULL
                AND s.cancelled_at IS NULL)
        ORDER BY m.id""",
        now - PAUSED_AFTER,
    )
    return [row["id"] for row in rows]
