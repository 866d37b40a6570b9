"""Reading what a guardian's silence ends."""

from datetime import datetime

from marketplace import db
from marketplace.applications.tables import Application

AT_ONCE = 200


async def unanswered(now: datetime) -> list[Application]:
    """Minors' applications whose guardian's time has passed; those of a suspended association wait."""
    rows = await db.fetch(
        """SELECT a.id FROM application a JOIN slot s ON s.id = a.slot
        JOIN mission m ON m.id = s.mission JOIN association o ON o.id = m.association
        WHERE a.status = 'awaiting_consent' AND a.answer_by <= {} AND o.status = 'verified'
        ORDER BY a.answer_by, a.id LIMIT {}""",
        now,
        AT_ONCE,
    )
    ids = [row["id"] for row in rows]
    return (
        await Application.objects().where(Application.id.is_in(ids)).order_by(Application.id) if ids else []
    )
