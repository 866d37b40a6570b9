"""The clock: runs what is due, under a lease, so that several processes may try."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from marketplace import db
from marketplace.jobs.tables import Job
from marketplace.web.clock import now as real_now

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A job of the schedule: its work finds what to do by comparing dates, and may be run again."""

    name: str
    every: timedelta
    run: Callable[[datetime], Awaitable[object]]


async def tick(schedule: Sequence[Scheduled], now: datetime) -> list[str]:
    """Run each job that is due and that nobody else is running; the names of those that succeeded."""
    done = []
    for job in schedule:
        if await _lease(job, now):
            error = await _attempt(job, now)
            await _release(job, now, error)
            if not error:
                done.append(job.name)
    return done


async def run_forever(schedule: Sequence[Scheduled], pause_seconds: float = 1.0) -> None:
    """Tick until cancelled. A tick that fails (the database is away) is logged and tried again."""
    while True:
        try:
            await tick(schedule, real_now())
        except Exception:
            logger.exception("The clock missed a tick")
        await asyncio.sleep(pause_seconds)


async def _lease(job: Scheduled, now: datetime) -> bool:
    rows = await db.fetch(
        """INSERT INTO job (name, leased_until, due_at) VALUES ({}, {}, {})
        ON CONFLICT (name) DO UPDATE SET leased_until = excluded.leased_until
            WHERE job.due_at <= {} AND (job.leased_until IS NULL OR job.leased_until < {})
        RETURNING id""",
        job.name,
        now + LEASE,
        now,
        now,
        now,
    )
    return bool(rows)


async def _attempt(job: Scheduled, now: datetime) -> str:
    try:
        await job.run(now)
    except Exception as error:
        logger.exception("Job %s failed", job.name)
        return f"{type(error).__name__}: {error}"[:300]
    return ""


async def _release(job: Scheduled, now: datetime, error: str) -> None:
    values: dict[Any, Any] = {Job.leased_until: None, Job.due_at: now + job.every, Job.error: error}
    if not error:
        values[Job.succeeded_at] = now
    await Job.update(values).where(Job.name == job.name)
