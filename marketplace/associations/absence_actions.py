"""Announcing an absence, and coming back."""

from datetime import date, datetime

from marketplace import db
from marketplace.associations import queries
from marketplace.associations.absence_policies import why_not_announce
from marketplace.associations.tables import Association
from marketplace.web.clock import paris_day


async def announce_absence(association: Association, since: date, until: date, now: datetime) -> None:
    """Say that nobody answers from one day to another, both included, in place of what was said before.

    Raises:
        AbsencePast: it begins before today.
    """
    async with db.transaction():
        await db.lock_row(Association, association.id)
        row = await queries.fresh(association.id)
        if refusal := why_not_announce(row, since, paris_day(now)):
            raise refusal
        await _write(row.id, since, until)


async def end_absence(association: Association) -> None:
    """The association is back, or does not go away."""
    await _write(association.id, None, None)


async def _write(association_id: int, since: date | None, until: date | None) -> None:
    await Association.update({Association.absent_from: since, Association.absent_until: until}).where(
        Association.id == association_id
    )
