"""Jobs that mail people about their slot once, however often and from wherever they are run."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from marketplace import db
from marketplace.applications import queries
from marketplace.applications.presence_queries import Due
from marketplace.applications.queries import Candidacy
from marketplace.applications.reminders import Mail, claim
from marketplace.jobs.rows import one_by_one
from marketplace.missions.places import lock_mission


@dataclass(frozen=True, slots=True)
class Mailing:
    """A mail to accepted people: whether it still is due to somebody, and posting it."""

    mail: Mail
    still: Callable[[Candidacy], bool]
    post: Callable[[Candidacy], Awaitable[None]]


async def send(mailing: Mailing, due: Sequence[Due], now: datetime) -> int:
    """Post it to each one; how many were told. Whoever it fails for is tried again next time.

    Raises:
        Exception: the first failure, once everybody else was told.
    """

    async def tell(one: Due) -> bool:
        async with db.transaction():
            await lock_mission(one.mission)
            found = await queries.candidacy(one.public_id)
            ours = mailing.still(found) and await claim(found.application.id, mailing.mail, now)
            if ours:
                await mailing.post(found)
            return ours

    return await one_by_one(due, tell)
