"""Reading what each side said, and whom to ask."""

from collections.abc import Collection
from datetime import datetime

from marketplace import db
from marketplace.applications.feedback_tables import Feedback, Side
from marketplace.applications.presence_queries import Due
from marketplace.applications.reminders import Mail
from marketplace.applications.tables import Application


async def said(application_id: int, side: Side) -> Feedback | None:
    """What one side said about an application, if it has."""
    return await Feedback.objects().get((Feedback.application == application_id) & (Feedback.side == side))


async def said_by_volunteers(public_ids: Collection[str]) -> dict[str, Feedback]:
    """What the volunteers of these applications said, by the application's public id."""
    if not public_ids:
        return {}
    names = await Application.select(Application.id, Application.public_id).where(
        Application.public_id.is_in(list(public_ids))
    )
    by_number = {row["id"]: row["public_id"] for row in names}
    if not by_number:
        return {}
    rows = await Feedback.objects().where(
        Feedback.application.is_in(list(by_number)) & (Feedback.side == Side.VOLUNTEER)
    )
    return {by_number[row.application]: row for row in rows}


async def to_ask(ended_after: datetime, ended_until: datetime) -> list[Due]:
    """Accepted people of slots that ended in this span, whom nobody asked how it went."""
    rows = await db.fetch(
        """SELECT a.id, a.public_id, s.mission FROM slot s
        JOIN application a ON a.slot = s.id AND a.status = 'accepted'
        WHERE s.cancelled_at IS NULL AND s.ends_at > {} AND s.ends_at <= {}
        AND (a.attendance IS NULL OR a.attendance = 'present')
        AND NOT EXISTS (SELECT 1 FROM reminder r WHERE r.application = a.id AND r.kind = {})
        ORDER BY a.id""",
        ended_after,
        ended_until,
        Mail.FEEDBACK.value,
    )
    return [Due(**row) for row in rows]
