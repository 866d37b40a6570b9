"""Reading waiting lists: who waits, for what, and since when others do."""

from collections.abc import Sequence
from datetime import datetime

from marketplace import db
from marketplace.applications.lifecycle import Status
from marketplace.applications.tables import Application
from marketplace.missions.tables import Slot

BANDS = (5, 10, 20, 50)  # « parmi les 5 premiers »


async def free_slots_waited_for(mission_id: int) -> list[Slot]:
    """A mission's slots with a free place and somebody waiting, in order."""
    rows = await db.fetch(
        """SELECT s.id FROM slot s WHERE s.mission = {} AND s.cancelled_at IS NULL
        AND s.places_taken < s.places
        AND EXISTS (SELECT 1 FROM application a WHERE a.slot = s.id AND a.status = 'waiting')""",
        mission_id,
    )
    ids = [row["id"] for row in rows]
    return await Slot.objects().where(Slot.id.is_in(ids)).order_by(Slot.starts_at, Slot.id) if ids else []


async def missions_waited_for(starts_after: datetime) -> list[int]:
    """Public missions where somebody waits beside a free place, in order.

    `starts_after`: slots that start before are past offering.
    """
    rows = await db.fetch(
        """SELECT DISTINCT s.mission FROM application a JOIN slot s ON s.id = a.slot
        JOIN mission m ON m.id = s.mission JOIN association o ON o.id = m.association
        WHERE a.status = 'waiting' AND s.cancelled_at IS NULL AND s.places_taken < s.places
            AND (s.starts_at IS NULL OR s.starts_at > {})
            AND m.status = 'published' AND o.status = 'verified'
        ORDER BY s.mission""",
        starts_after,
    )
    return [row["mission"] for row in rows]


async def waiting_of_slot(slot_id: int) -> list[Application]:
    """A slot's waiting list, oldest first."""
    waits = (Application.slot == slot_id) & (Application.status == Status.WAITING)
    return await Application.objects().where(waits).order_by(Application.id)


async def band(application: Application) -> int:
    """Among how many first somebody waits: 5, 10, 20, 50; 0 beyond. Never the exact rank."""
    return (await bands([application])).get(application.id, 0)


async def bands(applications: Sequence[Application]) -> dict[int, int]:
    """The same for those of these that wait, by id, in one query."""
    waits = [one.id for one in applications if one.status == Status.WAITING]
    if not waits:
        return {}
    rows = await db.fetch(
        f"""SELECT a.id, COUNT(*) AS rank FROM application a
        JOIN application b ON b.slot = a.slot AND b.status = 'waiting' AND b.id <= a.id
        WHERE a.id IN ({", ".join(["{}"] * len(waits))}) GROUP BY a.id""",  # noqa: S608 - only braces
        *waits,
    )
    return {row["id"]: next((most for most in BANDS if row["rank"] <= most), 0) for row in rows}
