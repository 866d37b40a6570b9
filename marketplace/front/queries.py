"""What only the gathering pages read: one's live application for a mission, what awaits an answer."""

from typing import Any

from marketplace import db
from marketplace.applications.lifecycle import LIVE
from marketplace.lifecycle import in_sql


async def live_application(account_id: int, mission_id: int) -> str:
    """The public id of this account's live application for a mission, or ''."""
    rows = await db.fetch(
        f"""SELECT p.public_id FROM volunteer v JOIN application p ON p.volunteer = v.id
        JOIN slot s ON s.id = p.slot
        WHERE v.account = {{}} AND s.mission = {{}} AND p.status IN {in_sql(LIVE)} ORDER BY p.id LIMIT 1""",  # noqa: S608 - our own constants
        account_id,
        mission_id,
    )
    return str(rows[0]["public_id"]) if rows else ""


async def to_answer(account_id: int) -> dict[int, list[dict[str, Any]]]:
    """The missions whose applications await an answer, by association this account answers for."""
    rows = await db.fetch(
        """SELECT m.association, m.public_id, m.title, count(*) AS pending FROM membership b
        JOIN mission m ON m.association = b.association JOIN slot s ON s.mission = m.id
        JOIN application p ON p.slot = s.id AND p.status = 'pending'
        WHERE b.account = {} AND b.role IN ('owner', 'manager')
        GROUP BY m.association, m.public_id, m.title ORDER BY min(p.status_at)""",
        account_id,
    )
    found: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["association"], []).append(row)
    return found
