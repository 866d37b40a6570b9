"""Reading the missions that somebody keeps: for the eyes of that account alone."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from marketplace.associations.tables import Association
from marketplace.front.cards import Card, card
from marketplace.front.favourites_tables import Favourite
from marketplace.missions import policies
from marketplace.missions.lifecycle import Shown
from marketplace.missions.queries import MissionCard, ShownMission
from marketplace.missions.tables import Mission, Slot
from marketplace.web import pagination

PER_PAGE = 20
COPIED = (
    *("public_id", "title", "domain", "audiences", "rhythm", "minors"),
    *("place_kind", "commune_name", "department"),
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A mission that is kept, and what is told of it now; no card: it is not public now."""

    mission: str  # its public id
    shown: Shown
    card: Card | None


async def is_kept(account_id: int, mission_id: int) -> bool:
    """Whether this account keeps this mission."""
    kept = (Favourite.account == account_id) & (Favourite.mission == mission_id)
    return bool(await Favourite.exists().where(kept))


async def how_many(account_id: int) -> int:
    """How many missions this account keeps."""
    return int(await Favourite.count().where(Favourite.account == account_id))


async def kept_by(account_id: int, after: str, now: datetime) -> pagination.Page[Kept]:
    """A page of the missions this account keeps, the last one kept first, after the mission of this name."""
    mine = Favourite.account == account_id
    if after:
        last = await Favourite.objects().get(mine & (Favourite.mission.public_id == after))
        mine = mine & (Favourite.id < last.id) if last else mine  # type: ignore[assignment]
    rows = await Favourite.objects().where(mine).order_by(Favourite.id, ascending=False).limit(PER_PAGE + 1)
    kept = await _kept([row.mission for row in rows], now)
    return pagination.cut(kept, lambda one: one.mission, PER_PAGE)


async def _kept(mission_ids: Sequence[int], now: datetime) -> list[Kept]:
    """These missions as they are shown now, in this order: three queries, however many they are."""
    if not mission_ids:
        return []
    missions = {row.id: row for row in await Mission.objects().where(Mission.id.is_in(list(mission_ids)))}
    publishers = {row.association for row in missions.values()}
    associations = {
        row.id: row for row in await Association.objects().where(Association.id.is_in(list(publishers)))
    }
    slots = await _slots(mission_ids)
    return [_one(missions[id_], associations, slots[id_], now) for id_ in mission_ids]


async def _slots(mission_ids: Sequence[int]) -> Mapping[int, list[Slot]]:
    found: dict[int, list[Slot]] = defaultdict(list)
    ours = Slot.mission.is_in(list(mission_ids))
    for slot in await Slot.objects().where(ours).order_by(Slot.starts_at, Slot.id):
        found[slot.mission].append(slot)
    return found


def _one(
    mission: Mission, associations: Mapping[int, Association], slots: Sequence[Slot], now: datetime
) -> Kept:
    association = associations[mission.association]
    shown = policies.shown(mission, association.status, slots, now)
    if shown == Shown.NOT_PUBLIC:
        return Kept(mission.public_id, shown, None)
    told = ShownMission(mission=mission, slots=slots, shown=shown, at=now)
    return Kept(mission.public_id, shown, card(_mission_card(told, association.name), now))


def _mission_card(told: ShownMission, association_name: str) -> MissionCard:
    first, other_dates = policies.first_date(told.standing)
    values: dict[str, Any] = {name: getattr(told.mission, name) for name in COPIED}
    return MissionCard(
        **values,
        association_name=association_name,
        starts_at=first.starts_at if first else None,
        ends_at=first.ends_at if first else None,
        other_dates=other_dates,
        places=told.places,
        places_taken=told.places_taken,
    )
