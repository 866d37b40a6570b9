"""Reading the applications that stop somebody from becoming a member."""

from datetime import datetime

from marketplace import db
from marketplace.applications.lifecycle import LIVE
from marketplace.lifecycle import in_sql
from marketplace.missions.lifecycle import OVER


async def current_in(association_id: int, volunteer_id: int, now: datetime) -> int:
    """How many current applications this volunteer has to the missions of an association."""
    rows = await db.fetch(
        f"""SELECT count(*) AS held FROM application a
        JOIN slot s ON s.id = a.slot JOIN mission m ON m.id = s.mission
        WHERE a.volunteer = {{}} AND m.association = {{}} AND a.status IN {in_sql(LIVE)}
        AND (s.ends_at IS NULL OR s.ends_at > {{}}) AND m.status NOT IN {in_sql(OVER)}""",  # noqa: S608 - our own constants
        volunteer_id,
        association_id,
        now,
    )
    return int(rows[0]["held"])
