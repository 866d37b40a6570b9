"""Jobs that mail people about their slot once, however often and from wherever they are run."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from marketplace import db
from marketplace.applications import queries
from marketplace.applications.presence_queries import BATCH, Due, Mail
from marketplace.applications.queries import Candidacy
from marketplace.missions.places import lock_mission

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Mailing:
    """A mail to accepted people: whom it is due to (after a number), whether it still is, and posting it."""

    mail: Mail
    due: Callable[[int], Awaitable[list[Due]]]
    still: Callable[[Candidacy], bool]
    post: Callable[[Candidacy], Awaitable[None]]


async def send(mailing: Mailing, now: datetime) -> int:
    """Post it to each one; how many were told. What fails for one is logged, and tried again next time."""
    told, after = 0, 0
    while batch := await mailing.due(after):
        for due in batch:
            try:
                told += await _tell(mailing, due, now)
            except Exception:
                logger.exception("Mail %s about application %s", mailing.mail, due.id)
        after = batch[-1].id
        if len(batch) < BATCH:
            break
    return told


async def claim(application_id: int, mail: Mail, now: datetime) -> bool:
    """Whether this mail is ours to post: one caller for ever hears yes. Called inside its transaction."""
    rows = await db.fetch(
        """INSERT INTO reminder (application, kind, sent_at) VALUES ({}, {}, {})
        ON CONFLICT (application, kind) DO NOTHING RETURNING id""",
        application_id,
        mail.value,
        now,
    )
    return bool(rows)


async def _tell(mailing: Mailing, due: Due, now: datetime) -> bool:
    async with db.transaction():
        await lock_mission(due.mission)
        found = await queries.candidacy(due.public_id)
        ours = mailing.still(found) and await claim(found.application.id, mailing.mail, now)
        if ours:
            await mailing.post(found)
        return ours
