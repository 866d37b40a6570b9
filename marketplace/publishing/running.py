"""A mission online or paused: locked before it changes, and every change a sign that it still stands."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from marketplace.missions.lifecycle import RUNNING
from marketplace.missions.places import lock_mission
from marketplace.missions.tables import Mission
from marketplace.publishing.errors import NotRunning


async def lock_running(mission_id: int) -> Mission:
    """The mission as it will stay until we commit. Called inside a transaction.

    Raises:
        NotRunning: it is neither online nor paused.
    """
    fresh = await lock_mission(mission_id)
    if fresh.status not in RUNNING:
        raise NotRunning
    return fresh


async def change(mission: Mission, values: Mapping[str, Any], now: datetime) -> None:
    """Write these columns of a locked mission, and that its association stood by it now."""
    values = {**values, **standing(now), "updated_at": now}
    columns: dict[Any, Any] = {
        Mission._meta.get_column_by_name(name): value for name, value in values.items()
    }
    await Mission.update(columns).where(Mission.id == mission.id)
    for name, value in values.items():
        setattr(mission, name, value)


def standing(now: datetime) -> dict[str, Any]:
    """The columns that say: it stands, and nobody need ask."""
    return {"stands_at": now, "stands_asked_at": None}
