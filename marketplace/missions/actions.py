"""Writing a mission: a new draft, one page of it, a copy."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from marketplace import db
from marketplace.accounts.tables import Account
from marketplace.associations.tables import Association
from marketplace.lifecycle import By, note
from marketplace.missions.checks import closed_to_minors_because
from marketplace.missions.day_part_policies import with_hours
from marketplace.missions.errors import NotEditable
from marketplace.missions.lifecycle import EDITABLE, Minors, Status
from marketplace.missions.places import lock_mission
from marketplace.missions.queries import slots_of
from marketplace.missions.series import UNDATED, Hours
from marketplace.missions.tables import Mission, Slot

NOT_COPIED = frozenset(
    {"id", "public_id", "association", "author", "status", "paused_because", "suspended_from", "minors"}
    | {"created_at", "updated_at", "submitted_at", "published_at"}
    | {"stands_at", "stands_asked_at", "referent", "hand_over_note"}
)


async def create(association: Association, account: Account, now: datetime) -> Mission:
    """A new draft, with one slot without dates."""
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
        slots = await slots_of(mission.id)
        return await _insert(mission.association, account, copied, slots[0].places, now)


async def write(
    mission: Mission,
    columns: Mapping[str, Any],
    now: datetime,
    *,
    dates: Sequence[Hours] | None = None,
    places: int | None = None,
) -> Mission:
    """Keep one page of a draft. Answers that close it to minors take the request for minors back.

    `dates` take the place of all its slots, which keep their number of places; `places` are those of each.
    The parts of the day of their hours are added to the mission's.

    A moderator's yes to minors was about what stood before: it becomes a request again.

    Raises:
        NotEditable: it is neither a draft nor sent back.
    """
    async with db.transaction():
        fresh = await lock_mission(mission.id)
        if fresh.status not in EDITABLE:
            raise NotEditable(fresh.public_id)
        for name, value in {**columns, "updated_at": now}.items():
            setattr(fresh, name, value)
        fresh.day_parts = with_hours(fresh.day_parts, dates or ())
        slots = await _write_slots(fresh.id, dates, places, now)
        if closed_to_minors_because(fresh, slots):
            fresh.minors = Minors.CLOSED
        elif fresh.minors == Minors.OPEN:
            fresh.minors = Minors.REQUESTED
        names = (*columns, "day_parts", "updated_at", "minors")
        await fresh.save([Mission._meta.get_column_by_name(name) for name in names])
        return fresh


async def _write_slots(
    mission_id: int, dates: Sequence[Hours] | None, places: int | None, now: datetime
) -> list[Slot]:
    """A draft's slots: nobody has applied, so their rows are made anew."""
    if places is not None:
        await Slot.update({Slot.places: places}).where(Slot.mission == mission_id)
    slots = await slots_of(mission_id)
    if dates is None:
        return slots
    await Slot.delete().where(Slot.mission == mission_id)
    rows = [
        Slot(
            mission=mission_id,
            starts_at=hours.starts_at,
            ends_at=hours.ends_at,
            places=slots[0].places,
            created_at=now,
        )
        for hours in dates or UNDATED
    ]
    await Slot.insert(*rows)
    return rows


async def _insert(
    association_id: int, account: Account, values: Mapping[str, Any], places: int, now: datetime
) -> Mission:
    mission = Mission(**values, association=association_id, author=account.id, created_at=now, updated_at=now)
    await mission.save()
    await Slot(mission=mission.id, places=places, created_at=now).save()
    await note("mission", mission.id, "", Status.DRAFT, By.ASSOCIATION, now, account.id)
    return mission
