"""Locking a mission before looking at its places."""

from collections.abc import Collection, Sequence

from marketplace import db
from marketplace.errors import NotFound
from marketplace.missions.policies import slot_key
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


async def lock_missions_of(association_id: int) -> None:
    """The same for all the missions of an association, in one order."""
    rows = await Mission.select(Mission.id).where(Mission.association == association_id).order_by(Mission.id)
    for row in rows:
        await db.lock_row(Mission, row["id"])


async def fresh_slot(slot_id: int) -> Slot:
    """The slot as it is now that its mission is locked."""
    slot = await Slot.objects().get(Slot.id == slot_id)
    if slot is None:
        raise NotFound
    return slot


async def fresh_slots(mission_id: int, slots: Sequence[Slot]) -> list[Slot]:
    """The same for several slots of one mission, each once, in the order of their dates."""
    ids = sorted({slot.id for slot in slots})
    found = Slot.objects().where(Slot.id.is_in(ids) & (Slot.mission == mission_id))
    rows = await found.order_by(Slot.starts_at, Slot.id)
    if len(rows) != len(ids):
        raise NotFound
    return rows


async def slots_by_key(mission_id: int, keys: Collection[str]) -> list[Slot]:
    """A mission's slots of these keys, in order: of one given up and put back, the one that stands."""
    rows = await Slot.objects().where(Slot.mission == mission_id).order_by(Slot.starts_at, Slot.id)
    found: dict[str, Slot] = {}
    for slot in rows:
        key = slot_key(slot)
        if key in keys and (key not in found or slot.cancelled_at is None):
            found[key] = slot
    return list(found.values())
