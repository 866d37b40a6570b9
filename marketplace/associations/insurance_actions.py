"""Warning an association that its insurance ends."""

from datetime import datetime
from functools import partial

from marketplace import db
from marketplace.associations import emails, queries
from marketplace.associations.lifecycle import Status
from marketplace.associations.policies import INSURANCE_WARNED, owes_warning
from marketplace.associations.tables import Association
from marketplace.jobs.rows import one_by_one
from marketplace.web.clock import paris_day


async def warn(now: datetime) -> int:
    """Warn each verified association whose insurance ends, at each of INSURANCE_WARNED; how many were."""
    ends_soon = Association.insured_until <= paris_day(now) + max(INSURANCE_WARNED)
    verified = Association.status == Status.VERIFIED.value
    rows = await Association.objects().where(ends_soon & verified).order_by(Association.id)
    due = [row.id for row in rows if owes_warning(row, paris_day(now))]
    return await one_by_one(due, partial(_warn, now=now))


async def _warn(association_id: int, now: datetime) -> bool:
    async with db.transaction():
        await db.lock_row(Association, association_id)
        row = await queries.fresh(association_id)
        if row.status != Status.VERIFIED or not owes_warning(row, paris_day(now)):
            return False
        await Association.update({Association.insurance_warned_at: now}).where(Association.id == row.id)
        await emails.insurance_ends(row, now)
        return True
