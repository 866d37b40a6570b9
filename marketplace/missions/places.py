"""Locking a mission before looking at its places."""

from marketplace import db
from marketplace.errors import NotFound
from marketplace.missions.tables import Mission, Slot


async def lock_mission(mission_id: int) -> Mission:
    """The mission as it will stay until we commit; other writers of its places wait.

    SELECT … FOR NO KEY UPDATE on PostgreSQL; on SQLite the transaction already holds the only
    write lock. Lock the mission before anything else it owns, always in this order.
    """
    await db.lock_row(Mission, mission_id)
    mission = await Mission.objects().get(Mission.id == mission_id)
    if mission is None:
        raise NotFound
    return mission


async def fresh_slot(slot_id: int) -> Slot:
    """The slot as it is now that its mission is locked."""
    slot = await Slot.objects().get(Slot.id == slot_id)
    if slot is None:
        raise NotFound
    return slot
