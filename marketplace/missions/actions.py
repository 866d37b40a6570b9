"""Writing a mission: a new draft, one page of it, a copy."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from marketplace import db
from marketplace.accounts.tables import Account
from marketplace.associations.tables import Association
from marketplace.lifecycle import By, note
from marketplace.missions import drafts
from marketplace.missions.checks import closed_to_minors_because
from marketplace.missions.errors import NotEditable
from marketplace.missions.lifecycle import EDITABLE, Minors, Status
from marketplace.missions.places import lock_mission
from marketplace.missions.tables import Mission, Slot

NOT_COPIED = frozenset(
    {"id", "public_id", "association", "author", "status", "paused_because", "suspended_from", "minors"}
    | {"created_at", "updated_at", "submitted_at", "published_at"}
)


async def create(association: Association, account: Account, now: datetime) -> Mission:
    """A new draft, with its one slot."""
    async with db.transaction():
        return await _insert(association.id, account, {}, 1, now)


async def duplicate(mission: Mission, account: Account, now: datetime) -> Mission:
    """A new draft with the same words and answers. Dates are not copied; minors are to be asked for again."""
    copied = {
        column._meta.name: getattr(mission, column._meta.name)
        for column in Mission._meta.columns
        if column._meta.name not in NOT_COPIED
    }
    async with db.transaction():
        slot = await drafts.only_slot(mission.id)
        return await _insert(mission.association, account, copied, slot.places, now)


async def write(
    mission: Mission, columns: Mapping[str, Any], slot_columns: Mapping[str, Any], now: datetime
) -> Mission:
    """Keep one page of a draft. Answers that close it to minors take the request for minors back.

    A moderator's yes to minors was about what stood before: it becomes a request again.

    Raises:
        NotEditable: it is neither a draft nor sent back.
    """
    async with db.transaction():
        fresh = await lock_mission(mission.id)
        if fresh.status not in EDITABLE:
            raise NotEditable(fresh.public_id)
        slot = await drafts.only_slot(fresh.id)
        for row, values in ((fresh, {**columns, "updated_at": now}), (slot, slot_columns)):
            for name, value in values.items():
                setattr(row, name, value)
        if closed_to_minors_because(fresh, [slot]):
            fresh.minors = Minors.CLOSED
        elif fresh.minors == Minors.OPEN:
            fresh.minors = Minors.REQUESTED
        await fresh.save([_column(Mission, name) for name in (*columns, "updated_at", "minors")])
        if slot_columns:
            await slot.save([_column(Slot, name) for name in slot_columns])
        return fresh


async def _insert(
    association_id: int, account: Account, values: Mapping[str, Any], places: int, now: datetime
) -> Mission:
    mission = Mission(**values, association=association_id, author=account.id, created_at=now, updated_at=now)
    await mission.save()
    await Slot(mission=mission.id, places=places, created_at=now).save()
    await note("mission", mission.id, "", Status.DRAFT, By.ASSOCIATION, now, account.id)
    return mission


def _column(table: type[Mission] | type[Slot], name: str) -> Any:
    return table._meta.get_column_by_name(name)
