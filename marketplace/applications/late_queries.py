"""Reading what the clock acts on."""

from datetime import datetime, timedelta

from marketplace import db
from marketplace.applications.deadlines import ANSWERED_WITHIN
from marketplace.applications.reminders import Mail
from marketplace.applications.tables import Application

AT_ONCE = 200


async def late(now: datetime) -> list[Application]:
    """Applications whose limit has passed, oldest limit first; those of a suspended association wait.

    A guardian's silence is `guardians`', an unconfirmed address `holds`'.
    """
    rows = await db.fetch(
        """SELECT a.id FROM application a JOIN slot s ON s.id = a.slot
        JOIN mission m ON m.id = s.mission JOIN association o ON o.id = m.association
        WHERE a.status IN ('pending', 'offered', 'waiting') AND a.answer_by <= {} AND o.status = 'verified'
        ORDER BY a.answer_by, a.id LIMIT {}""",
        now,
        AT_ONCE,
    )
    return await _rows([row["id"] for row in rows])


async def to_remind(kind: Mail, after: timedelta, following: timedelta, now: datetime) -> list[Application]:
    """Those pending for so long, and whose limit is as near as it then is; not reminded so yet.

    `following`: when the next reminder takes over. A meeting that is planned is an answer on its way: none.
    """
    rows = await db.fetch(
        """SELECT a.id FROM application a JOIN slot s ON s.id = a.slot
        JOIN mission m ON m.id = s.mission JOIN association o ON o.id = m.association
        WHERE a.status = 'pending' AND a.answer_by > {} AND a.status_at <= {} AND a.answer_by <= {}
            AND NOT (a.status_at <= {} AND a.answer_by <= {})
            AND a.meeting_on IS NULL AND o.status = 'verified'
            AND NOT EXISTS (SELECT 1 FROM reminder r WHERE r.application = a.id AND r.kind = {})
        ORDER BY a.status_at, a.id LIMIT {}""",
        now,
        now - after,
        now + ANSWERED_WITHIN - after,
        now - following,
        now + ANSWERED_WITHIN - following,
        kind.value,
        AT_ONCE,
    )
    return await _rows([row["id"] for row in rows])


async def _rows(ids: list[int]) -> list[Application]:
    if not ids:
        return []
    found = {row.id: row for row in await Application.objects().where(Application.id.is_in(ids))}
    return [found[id_] for id_ in ids if id_ in found]
