"""May a mission be sent, opened to minors, given these dates or places? No data is read here."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from marketplace.associations.lifecycle import Status as AssociationStatus
from marketplace.errors import Refusal
from marketplace.missions.checks import touches_night
from marketplace.missions.lifecycle import Minors
from marketplace.missions.policies import is_applicable
from marketplace.missions.series import MOST_DATES
from marketplace.missions.tables import Mission, Slot
from marketplace.publishing.errors import (
    DateOver,
    KnownDates,
    MinorsAtNight,
    MinorsStayOut,
    NotVerified,
    PeopleExpected,
    StaysUndated,
    TooFewPlaces,
    TooLate,
    TooManyDates,
)
from marketplace.text import _


def why_not_send(association_status: str) -> Refusal | None:
    """What stops this association from sending a mission."""
    return None if association_status == AssociationStatus.VERIFIED else NotVerified()


def why_not_open_to_minors(mission: Mission, reasons: Sequence[str], insured: bool) -> Refusal | None:
    """What stops a moderator; `reasons` are those of missions.checks.closed_to_minors_because."""
    if reasons:
        said = _("Cette mission est fermée aux mineurs, parce que {reason}.")
        return MinorsStayOut(" ".join(said.format(reason=reason) for reason in reasons))
    if mission.minors != Minors.REQUESTED:
        return MinorsStayOut()
    return None if insured else MinorsStayOut(_("L’assurance de l’association est terminée."))


def is_to_come(slot: Slot, now: datetime) -> bool:
    """Whether a slot still changes: it has not started, and is not cancelled."""
    return slot.cancelled_at is None and (slot.starts_at is None or slot.starts_at > now)


def why_not_add(
    mission: Mission, slots: Sequence[Slot], added: Sequence[Slot], now: datetime
) -> Refusal | None:
    """What stops a mission that has these slots from having these too."""
    if any(slot.starts_at is None for slot in slots):
        return StaysUndated()
    if not added:
        return KnownDates()
    if not all(is_applicable(slot, now) for slot in added):
        return TooLate()
    if mission.minors != Minors.CLOSED and any(touches_night(slot) for slot in added):
        return MinorsAtNight()
    to_come = sum(is_to_come(slot, now) for slot in slots) + len(added)
    return TooManyDates(to_come) if to_come > MOST_DATES else None


def expected(slots: Sequence[Slot], accepted: Mapping[int, int], now: datetime) -> list[Slot]:
    """The dates to come where somebody is accepted; `accepted`: how many people are, by the slot's id."""
    return [slot for slot in slots if slot.starts_at and is_to_come(slot, now) and accepted.get(slot.id)]


def why_not_finish(
    mission: Mission, slots: Sequence[Slot], accepted: Mapping[int, int], now: datetime
) -> Refusal | None:
    """What stops an association from ending a mission that is done: somebody is still to come."""
    return PeopleExpected(mission.public_id) if expected(slots, accepted, now) else None


def why_not_places(slot: Slot, places: int, now: datetime) -> Refusal | None:
    """What stops this number of places."""
    if not is_to_come(slot, now):
        return DateOver()
    return TooFewPlaces(slot.places_taken) if places < slot.places_taken else None
