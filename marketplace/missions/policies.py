"""What a mission is at an instant: public or not, open or full. No data is read here."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta

from marketplace.associations.lifecycle import Status as AssociationStatus
from marketplace.associations.policies import is_insured
from marketplace.associations.tables import Association
from marketplace.missions.lifecycle import OVER, Minors, Shown, Status
from marketplace.missions.tables import Mission, Slot
from marketplace.web.clock import paris_day

UNDATED = "sans-date"  # the key of a slot without dates
APPLY_BEFORE = timedelta(hours=2)  # no application closer than this to the start


def is_public(mission: Mission, association_status: str) -> bool:
    """Whether it takes applications from the public: the one definition of a public mission."""
    return mission.status == Status.PUBLISHED and association_status == AssociationStatus.VERIFIED


def takes_minors(mission: Mission, association: Association, now: datetime) -> bool:
    """Whether minors may come: a moderator opened it to them, and its association is still insured."""
    return mission.minors == Minors.OPEN and is_insured(association, paris_day(now))


def is_applicable(slot: Slot, now: datetime) -> bool:
    """Whether this slot of a public mission can still be applied for, were there a place."""
    return slot.cancelled_at is None and (slot.starts_at is None or slot.starts_at > now + APPLY_BEFORE)


def is_full(slot: Slot) -> bool:
    """Whether every place is taken."""
    return bool(slot.places_taken >= slot.places)


def first_date(slots: Sequence[Slot]) -> tuple[Slot | None, int]:
    """The first of these slots that has a place, and how many others have one; all full: among them all."""
    told = [slot for slot in slots if not is_full(slot)] or slots
    return (told[0], len(told) - 1) if told else (None, 0)


def ended_at(slot: Slot, mission: Mission) -> datetime | None:
    """When a slot ended or will: an undated one with its mission (which changes no more); None: not known."""
    if slot.ends_at is not None or mission.status not in OVER:
        return slot.ends_at
    return mission.updated_at


def slot_key(slot: Slot) -> str:
    """What names a slot within its mission, in forms and addresses: its start, in UTC."""
    return slot.starts_at.astimezone(UTC).strftime("%Y%m%dT%H%MZ") if slot.starts_at else UNDATED


def slot_day(slot: Slot, now: datetime) -> date:
    """The day that counts for an age: the slot's, or today in Paris for an undated one."""
    return paris_day(slot.starts_at or now)


def shown(mission: Mission, association_status: str, slots: Iterable[Slot], now: datetime) -> Shown:
    """What everybody is told. Full is derived, never stored; no slot left to apply for means ended."""
    if mission.published_at is None or association_status != AssociationStatus.VERIFIED:
        return Shown.NOT_PUBLIC
    if mission.status in OVER:
        return Shown.ENDED
    if mission.status not in (Status.PUBLISHED, Status.PAUSED):
        return Shown.NOT_PUBLIC
    applicable = [slot for slot in slots if is_applicable(slot, now)]
    if not applicable:
        return Shown.ENDED
    if mission.status == Status.PAUSED:
        return Shown.PAUSED
    return Shown.FULL if all(is_full(slot) for slot in applicable) else Shown.OPEN
