"""Keeping a mission, and no longer."""

from datetime import datetime, timedelta

from piccolo.columns.combination import Where

from marketplace import db
from marketplace.accounts.tables import Account
from marketplace.front.favourites_errors import TooManyKept
from marketplace.front.favourites_tables import Favourite
from marketplace.lifecycle import in_sql
from marketplace.missions.lifecycle import OVER
from marketplace.missions.tables import Mission

MOST = 100
KEPT_AFTER_THE_END = timedelta(days=90)
FORGOTTEN_AT_ONCE = 1000


async def keep(account_id: int, mission: Mission, now: datetime) -> None:
    """Keep a mission for this account; kept twice, it is once.

    Raises:
        TooManyKept: it keeps a hundred others.
    """
    async with db.transaction():
        await db.lock_row(Account, account_id)
        kept = [row["mission"] for row in await Favourite.select(Favourite.mission).where(_of(account_id))]
        if mission.id in kept:
            return
        if len(kept) >= MOST:
            raise TooManyKept
        await Favourite(account=account_id, mission=mission.id, created_at=now).save()


async def let_go(account_id: int, mission: Mission) -> None:
    """Keep it no longer; it may not have been."""
    await Favourite.delete().where(_of(account_id) & (Favourite.mission == mission.id))


async def forget_over(now: datetime) -> int:
    """Forget the missions that have been over for 90 days, by a member's act or by their last date."""
    forgotten = 0
    while batch := await _over_since(now - KEPT_AFTER_THE_END):
        await Favourite.delete().where(Favourite.id.is_in(batch))
        forgotten += len(batch)
    return forgotten


async def _over_since(limit: datetime) -> list[int]:
    rows = await db.fetch(
        f"""SELECT f.id FROM favourite f JOIN mission m ON m.id = f.mission WHERE NOT EXISTS (
            SELECT 1 FROM slot s WHERE s.mission = m.id
            AND (COALESCE(s.cancelled_at, s.ends_at) IS NULL OR COALESCE(s.cancelled_at, s.ends_at) > {{}}))
        OR (m.status IN {in_sql(OVER)} AND NOT EXISTS (
            SELECT 1 FROM journal j WHERE j.subject = 'mission' AND j.row_id = m.id
            AND j.target IN {in_sql(OVER)} AND j.at > {{}}))
        ORDER BY f.id LIMIT {{}}""",  # noqa: S608 - our own constants
        limit,
        limit,
        FORGOTTEN_AT_ONCE,
    )
    return [row["id"] for row in rows]


def _of(account_id: int) -> Where:
    return Favourite.account == account_id
