"""Whom the clock writes to about a slot to come."""

from dataclasses import dataclass
from datetime import datetime

from marketplace import db
from marketplace.applications.reminders import Mail
from marketplace.lifecycle import in_sql
from marketplace.missions.lifecycle import RUNNING


@dataclass(frozen=True, slots=True)
class Due:
    """An application to write about, and the mission to lock first."""

    id: int
    public_id: str
    mission: int


async def expected(mail: Mail, starts_after: datetime, starts_until: datetime) -> list[Due]:
    """Accepted people of slots that start in this span and who have not had this mail.

    Missions that are stopped, and those of an association that is suspended, are left out.
    """
    rows = await db.fetch(
        f"""SELECT a.id, a.public_id, s.mission FROM slot s
        JOIN application a ON a.slot = s.id AND a.status = 'accepted'
        JOIN mission m ON m.id = s.mission AND m.status IN {in_sql(RUNNING)}
        JOIN association o ON o.id = m.association AND o.status = 'verified'
        WHERE s.cancelled_at IS NULL AND s.starts_at > {{}} AND s.starts_at <= {{}}
        AND NOT EXISTS (SELECT 1 FROM reminder r WHERE r.application = a.id AND r.kind = {{}})
        ORDER BY a.id""",  # noqa: S608 - our own constants
        starts_after,
        starts_until,
        mail.value,
    )
    return [Due(**row) for row in rows]
