"""Announcing an absence, and coming back."""

from datetime import date, datetime

from marketplace import db
from marketplace.associations import queries
from marketplace.associations.absence_policies import days_ahead, why_not_announce
from marketplace.associations.tables import AbsentDay, Association
from marketplace.web.clock import paris_day


async def announce_absence(association: Association, since: date, until: date, now: datetime) -> None:
    """Say that nobody answers from one day to another, both included, in place of what was said before.

    Raises:
        AbsencePast: it begins before today.
    """
    async with db.transaction():
        await db.lock_row(Association, association.id)
        row = await queries.fresh(association.id)
        today = paris_day(now)
        if refusal := why_not_announce(row, since, today):
            raise refusal
        await _write(row.id, since, until, today)
        if days := days_ahead(since, until, today):
            await AbsentDay.insert(*(AbsentDay(association=row.id, on_day=day) for day in days))


async def end_absence(association: Association, now: datetime) -> None:
    """The association is back, or does not go away."""
    async with db.transaction():
        await db.lock_row(Association, association.id)
        await _write(association.id, None, None, paris_day(now))


async def _write(association_id: int, since: date | None, until: date | None, today: date) -> None:
    """The days that have begun stay as they were announced."""
    await AbsentDay.delete().where((AbsentDay.association == association_id) & (AbsentDay.on_day > today))
    await Association.update({Association.absent_from: since, Association.absent_until: until}).where(
        Association.id == association_id
    )
