"""The clock of applications: reminders, and what ends when nobody answered in time."""

from datetime import datetime, timedelta
from functools import partial

from marketplace import db
from marketplace.applications import answers, emails, late_queries, queries, waiting
from marketplace.applications.deadlines import ANSWERED_WITHIN
from marketplace.applications.lifecycle import Status
from marketplace.applications.queries import Candidacy
from marketplace.applications.reminders import Mail, claim
from marketplace.applications.tables import Application, Silence
from marketplace.associations.absence_policies import time_there
from marketplace.associations.tables import AbsentDay
from marketplace.jobs.rows import one_by_one
from marketplace.missions.places import lock_mission
from marketplace.web.clock import paris_day

SILENCE_COUNTS_FOR = timedelta(days=90)
REMINDERS = (  # to an association whose answer is awaited: which, after how long, and when the next one is
    (Mail.DAY_3, timedelta(days=3), timedelta(days=6)),
    (Mail.DAY_6, timedelta(days=6), ANSWERED_WITHIN),
)


async def end_late(now: datetime) -> int:
    """End what nobody answered in time: an apology, or the place passed on; how many ended.

    Those of a suspended association wait: their limits move when it is lifted.
    """
    return await one_by_one(await late_queries.late(now), partial(_end, now=now))


async def remind(now: datetime) -> int:
    """Remind associations of the applications that wait since three days, then six; how many mails.

    A clock that comes late sends the later reminder alone. A suspension moves them with the limit.
    """
    due = [
        (row, kind)
        for kind, after, following in REMINDERS
        for row in await late_queries.to_remind(kind, after, following, now)
    ]
    return await one_by_one(due, lambda one: _remind(*one, now))


async def forget_silences(now: datetime) -> None:
    """Silences count for ninety days, and so do the absences that excuse them."""
    first = paris_day(now - SILENCE_COUNTS_FOR)
    await Silence.delete().where(Silence.on_day < first)
    await AbsentDay.delete().where(AbsentDay.on_day < first)


async def _end(row: Application, now: datetime) -> bool:
    async with db.transaction():
        found = await _fresh(row)
        status, limit = found.application.status, found.application.answer_by
        if status != row.status or limit is None or limit > now:  # answered meanwhile
            return False
        await _count_silence(found)
        await answers.end_by_time(found, now)
        match status:
            case Status.PENDING:
                await emails.application_lapsed(found, now)
                await emails.application_unanswered(found, now)
            case Status.OFFERED:
                await emails.offer_lapsed(found, now)
            case _:
                await emails.waiting_ended(found, now)
        await waiting.offer_places(found.mission.id, now)
        return True


async def _count_silence(found: Candidacy) -> None:
    """A whole time to answer that passed, days of announced absence taken off, on its last day."""
    application, absent = found.application, AbsentDay.association == found.association.id
    if application.status != Status.PENDING:
        return
    days = await AbsentDay.select(AbsentDay.on_day).where(absent).output(as_list=True)
    if time_there(application.status_at, application.answer_by, days) < ANSWERED_WITHIN:
        return
    await db.fetch(
        """INSERT INTO silence (association, on_day) VALUES ({}, {})
        ON CONFLICT (association, on_day) DO NOTHING RETURNING id""",
        found.association.id,
        paris_day(application.answer_by),  # not today: a clock that comes late counts them all the same
    )


async def _remind(row: Application, kind: Mail, now: datetime) -> bool:
    async with db.transaction():
        found = await _fresh(row)
        if found.application.status != Status.PENDING or not await claim(found.application.id, kind, now):
            return False
        await emails.application_reminder(found, now)
        return True


async def _fresh(row: Application) -> Candidacy:
    found = await queries.about(row)
    await lock_mission(found.mission.id)
    return await queries.candidacy(row.public_id)
