"""Whether the index says what a fresh one would: compared row by row, repairing nothing."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from marketplace import db
from marketplace.discovery.actions import READ, entry
from marketplace.discovery.tables import FAR, NO_PLACE_LEFT
from marketplace.missions.policies import APPLY_BEFORE
from marketplace.missions.tables import Slot

BATCH = 500
ENOUGH = 20
KEPT = (
    "title_t", "body_t", "tags", "place_kind", "latitude", "longitude", "x", "y", "z", "counted_at",
    "open_until", "shown_until", "stale_at", "starts_at", "places_left",
)  # fmt: skip


async def wrong_texts() -> list[int]:
    """Rows that say they are up to date and are not: their ids, at most ENOUGH."""
    return await _wrong(
        lambda row, slots: row["edition"] == row["indexed_edition"] and _differs(row, entry(row))
    )


async def wrong_counts() -> list[int]:
    """Rows whose places and dates are not those of their slots."""
    return await _wrong(lambda row, slots: _differs(row, counts(row, slots)))


def counts(row: dict[str, Any], slots: list[Slot]) -> dict[str, Any]:
    """What the database's trigger should have counted at `counted_at`."""
    slots = [slot for slot in slots if slot.cancelled_at is None]
    free = [slot for slot in slots if slot.places_taken < slot.places]
    is_public = row["status"] == "published" and row["association_status"] == "verified"
    ahead = [slot for slot in slots if _until(slot) > row["counted_at"]]
    dates = [slot.starts_at for slot in ahead if slot.starts_at]
    return {
        "open_until": max(map(_until, free), default=None) if is_public else None,
        "shown_until": max(map(_until, slots), default=None) if is_public else None,
        "stale_at": min((_until(slot) for slot in ahead if slot.starts_at), default=None),
        "starts_at": min((slot.starts_at for slot in ahead if slot in free and slot.starts_at), default=None)
        or min(dates, default=FAR),
        "places_left": sum(slot.places - slot.places_taken for slot in ahead) or NO_PLACE_LEFT,
    }


def _until(slot: Slot) -> datetime:
    return FAR if slot.starts_at is None else slot.starts_at - APPLY_BEFORE


def _differs(row: dict[str, Any], fresh: dict[str, Any]) -> bool:
    return any(row[f"kept_{name}"] != value for name, value in fresh.items())


async def _wrong(is_wrong: Any) -> list[int]:
    kept = ", ".join(f"r.{name} AS kept_{name}" for name in KEPT)
    read = READ.replace(
        "SELECT", f"SELECT {kept}, r.counted_at, r.mission, m.status, a.status AS association_status,", 1
    )
    found: list[int] = []
    last = 0
    while rows := await db.fetch(read + "WHERE r.id > {} ORDER BY r.id LIMIT {}", last, BATCH):
        slots = defaultdict(list)
        for slot in await Slot.objects().where(Slot.mission.is_in([row["mission"] for row in rows])):
            slots[slot.mission].append(slot)
        found += [row["row_id"] for row in rows if is_wrong(row, slots[row["mission"]])]
        if len(found) >= ENOUGH:
            break
        last = rows[-1]["row_id"]
    return found[:ENOUGH]
