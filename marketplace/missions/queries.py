"""Reading missions: one with all that its page shows, and lists of cards."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from marketplace import db
from marketplace.accounts.policies import shown_name
from marketplace.associations.absence_policies import is_away
from marketplace.associations.tables import Association
from marketplace.errors import NotFound
from marketplace.missions import policies
from marketplace.missions.lifecycle import Shown
from marketplace.missions.tables import Mission, Slot
from marketplace.web.clock import paris_day


@dataclass(frozen=True, slots=True)
class ShownMission:
    """A mission with its slots in order, and what is told of it at an instant."""

    mission: Mission
    slots: Sequence[Slot]
    shown: Shown
    at: datetime  # that instant

    @property
    def to_come(self) -> Sequence[Slot]:
        """The slots one could apply for; none once it is over."""
        return [slot for slot in self.slots if policies.is_applicable(slot, self.at)]

    @property
    def standing(self) -> Sequence[Slot]:
        """The slots whose places count: those to come, or all that took place once there are none."""
        return self.to_come or [slot for slot in self.slots if slot.cancelled_at is None]

    @property
    def places(self) -> int:
        """All their places."""
        return sum(slot.places for slot in self.standing)

    @property
    def places_taken(self) -> int:
        """« N personnes déjà inscrites »."""
        return sum(slot.places_taken for slot in self.standing)


@dataclass(frozen=True, slots=True)
class MissionView(ShownMission):
    """The same with whose it is: all that its page shows."""

    association: Association
    author_name: str  # « CHRIS N. », or '' once they have left

    @property
    def takes_minors(self) -> bool:
        """Whether minors may come."""
        return policies.takes_minors(self.mission, self.association, self.at)

    @property
    def absent_until(self) -> date | None:
        """The last day of an announced absence of its association, while it lasts."""
        away = is_away(self.association, paris_day(self.at))
        return self.association.absent_until if away else None


@dataclass(frozen=True, slots=True)
class MissionCard:
    """What a list shows of a mission. `starts_at`, `ends_at`: its first slot that has a place, if dated."""

    public_id: str
    title: str
    association_name: str
    domain: str
    audiences: Sequence[str]
    place_kind: str
    commune_name: str
    department: str
    rhythm: str
    minors: str
    starts_at: datetime | None
    ends_at: datetime | None
    other_dates: int  # that have a place too
    places: int
    places_taken: int


async def mission_by_public_id(public_id: str) -> Mission | None:
    """The mission of this public id, whatever its status."""
    return await Mission.objects().get(Mission.public_id == public_id)


async def slots_of(mission_id: int) -> list[Slot]:
    """A mission's slots, in order of their dates."""
    return await Slot.objects().where(Slot.mission == mission_id).order_by(Slot.starts_at, Slot.id)


async def full_mission(public_id: str, now: datetime) -> MissionView:
    """A mission with all that its page shows, whatever its status: look at `shown` before showing it.

    Raises:
        NotFound: there is no such mission.
    """
    mission = await mission_by_public_id(public_id)
    if mission is None:
        raise NotFound
    return await view_of(mission, now)


async def view_of(mission: Mission, now: datetime) -> MissionView:
    """The same for a mission already read."""
    association = await Association.objects().get(Association.id == mission.association)
    if association is None:
        raise NotFound
    slots = await slots_of(mission.id)
    return MissionView(
        mission=mission,
        association=association,
        slots=slots,
        author_name=await _author_name(mission),
        shown=policies.shown(mission, association.status, slots, now),
        at=now,
    )


async def _author_name(mission: Mission) -> str:
    """The author's name while they are a member, else ''."""
    rows = await db.fetch(
        """SELECT a.first_name, a.family_name FROM membership m JOIN account a ON a.id = m.account
        WHERE m.association = {} AND m.account = {}""",
        mission.association,
        mission.author or 0,
    )
    return shown_name(rows[0]["first_name"], rows[0]["family_name"]) if rows else ""


async def open_cards(
    now: datetime, *, after: str = "", association: int | None = None, limit: int = 21
) -> list[MissionCard]:
    """Missions one may apply to now, newest first, after the one of this public id ('' or unknown: all)."""
    published_at, mission_id = await _keys_of(after, now)
    rows = await db.fetch(
        """SELECT m.id, m.public_id, m.title, a.name AS association_name, m.domain, m.audiences,
            m.place_kind, m.commune_name, m.department, m.rhythm, m.minors
        FROM mission m JOIN association a ON a.id = m.association AND a.status = 'verified'
        WHERE m.status = 'published' AND (m.published_at, m.id) < ({}, {})
            AND (CAST({} AS INTEGER) IS NULL OR m.association = {})
            AND EXISTS (SELECT 1 FROM slot s WHERE s.mission = m.id AND s.cancelled_at IS NULL
                AND s.places_taken < s.places AND (s.starts_at IS NULL OR s.starts_at > {}))
        ORDER BY m.published_at DESC, m.id DESC LIMIT {}""",
        published_at,
        mission_id,
        association,
        association,
        now + policies.APPLY_BEFORE,
        limit,
    )
    slots = await _slots_by_mission([row["id"] for row in rows])
    return [_card(row, [s for s in slots[row["id"]] if policies.is_applicable(s, now)]) for row in rows]


async def _keys_of(public_id: str, now: datetime) -> tuple[datetime, int]:
    """Where a page starts: after this mission, or before all."""
    mission = await mission_by_public_id(public_id) if public_id else None
    if mission is None or mission.published_at is None:
        return now + timedelta(days=1), 0
    return mission.published_at, mission.id


async def _slots_by_mission(mission_ids: Collection[int]) -> dict[int, list[Slot]]:
    found: dict[int, list[Slot]] = defaultdict(list)
    if mission_ids:
        for slot in (
            await Slot.objects()
            .where(Slot.mission.is_in(list(mission_ids)))
            .order_by(Slot.starts_at, Slot.id)
        ):
            found[slot.mission].append(slot)
    return found


def _card(row: dict[str, object], slots: Sequence[Slot]) -> MissionCard:
    values = {name: value for name, value in row.items() if name != "id"}
    first, other_dates = policies.first_date(slots)
    return MissionCard(
        **values,  # type: ignore[arg-type]
        starts_at=first.starts_at if first else None,
        ends_at=first.ends_at if first else None,
        other_dates=other_dates,
        places=sum(slot.places for slot in slots),
        places_taken=sum(slot.places_taken for slot in slots),
    )
