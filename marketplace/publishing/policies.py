"""May a mission be sent, opened to minors, or given this number of places? No data is read here."""

from collections.abc import Sequence

from marketplace.associations.lifecycle import Status as AssociationStatus
from marketplace.errors import Refusal
from marketplace.missions.lifecycle import Minors
from marketplace.missions.tables import Mission, Slot
from marketplace.publishing.errors import MinorsStayOut, NotVerified, TooFewPlaces
from marketplace.text import _


def why_not_send(association_status: str) -> Refusal | None:
    """What stops this association from sending a mission."""
    return None if association_status == AssociationStatus.VERIFIED else NotVerified()


def why_not_open_to_minors(mission: Mission, reasons: Sequence[str]) -> Refusal | None:
    """What stops a moderator; `reasons` are those of missions.checks.closed_to_minors_because."""
    if reasons:
        said = _("Cette mission est fermée aux mineurs, parce que {reason}.")
        return MinorsStayOut(" ".join(said.format(reason=reason) for reason in reasons))
    if mission.minors != Minors.REQUESTED:
        return MinorsStayOut()
    return None


def why_not_places(slot: Slot, places: int) -> Refusal | None:
    """What stops this number of places."""
    return TooFewPlaces(slot.places_taken) if places < slot.places_taken else None
