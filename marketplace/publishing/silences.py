"""Associations that let the time to answer pass again and again: their missions are paused."""

from datetime import date, datetime
from functools import partial

from marketplace import db
from marketplace.applications.late import SILENCE_COUNTS_FOR
from marketplace.applications.tables import Silence
from marketplace.jobs.rows import one_by_one
from marketplace.lifecycle import By, advance
from marketplace.missions.lifecycle import PAUSE, PausedBecause, Status
from marketplace.missions.places import lock_mission
from marketplace.publishing import emails
from marketplace.web.clock import paris_day

SILENT_DAYS = 3  # different ones, within SILENCE_COUNTS_FOR


async def pause_silent(now: datetime) -> int:
    """Pause every mission that is online of the associations that are silent; how many were paused.

    Those paused for another reason stay as they are. A member's click resumes each.
    """
    since = paris_day(now - SILENCE_COUNTS_FOR)
    return await one_by_one(await _silent(since), partial(_pause_all, since=since, now=now))


async def forget(association_id: int) -> None:
    """Count its silences anew. Called inside a transaction."""
    await Silence.delete().where(Silence.association == association_id)


async def _pause_all(association_id: int, since: date, now: datetime) -> int:
    paused = 0
    async with db.transaction():
        for mission_id in await _online(association_id):
            mission = await lock_mission(mission_id)
            # read again under the lock: a member may have resumed a mission meanwhile
            if mission.status == Status.PUBLISHED and await _days(association_id, since) >= SILENT_DAYS:
                because = PausedBecause.SILENT.value
                await advance(mission, PAUSE, By.TIME, now, paused_because=because)
                paused += 1
        if paused:
            await emails.association_silent(association_id, now, paused)
    return paused


async def _silent(since: date) -> list[int]:
    """Silent associations that have a mission online."""
    rows = await db.fetch(
        """SELECT s.association FROM silence s JOIN association a ON a.id = s.association
        WHERE s.on_day >= {} AND a.status = 'verified' AND EXISTS (
            SELECT 1 FROM mission m WHERE m.association = a.id AND m.status = 'published')
        GROUP BY s.association HAVING count(DISTINCT s.on_day) >= {} ORDER BY s.association""",
        since,
        SILENT_DAYS,
    )
    return [row["association"] for row in rows]


async def _online(association_id: int) -> list[int]:
    rows = await db.fetch(
        "SELECT id FROM mission WHERE association = {} AND status = 'published' ORDER BY id", association_id
    )
    return [row["id"] for row in rows]


async def _days(association_id: int, since: date) -> int:
    rows = await db.fetch(
        "SELECT count(DISTINCT on_day) AS days FROM silence WHERE association = {} AND on_day >= {}",
        association_id,
        since,
    )
    return int(rows[0]["days"])
