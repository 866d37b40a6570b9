"""May they write in this thread now? Pure: the page shows the answer, the action raises it."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from marketplace.applications.lifecycle import LIVE, Status
from marketplace.applications.policies import is_minor
from marketplace.applications.tables import Application
from marketplace.associations.lifecycle import Status as AssociationStatus
from marketplace.associations.tables import Association
from marketplace.errors import Refusal
from marketplace.messages.errors import AssociationAway, Ended, OnHold, TooLate
from marketplace.missions.policies import ended_at
from marketplace.missions.tables import Mission, Slot
from marketplace.text import N_

OPEN_FOR = timedelta(days=30)  # after the end
LONGEST = 2000  # characters

CAUTION_TO_A_MINOR = N_(
    "Ce message contient une adresse, un numéro ou un lien. Corrigez-le, ou cochez la case pour l’envoyer."
)
CAUTION_OF_A_MINOR = N_(
    "Ton message contient une adresse, un numéro ou un lien. Corrige-le, ou coche la case pour l’envoyer."
)


def closes_at(slot: Slot, mission: Mission) -> datetime | None:
    """When the thread of somebody accepted closes; None while nothing has an end."""
    ended = ended_at(slot, mission)
    return ended + OPEN_FOR if ended else None


def why_not_write(
    application: Application, slot: Slot, mission: Mission, association: Association, now: datetime
) -> Refusal | None:
    """What stops both sides of a thread that the association may read, or None."""
    if association.status != AssociationStatus.VERIFIED:
        return AssociationAway()
    if application.status == Status.AWAITING_CONSENT:
        return OnHold()
    if application.status in LIVE:
        closes = closes_at(slot, mission)
        return TooLate() if closes is not None and closes <= now else None
    # a minor whose application has ended has no guardian's consent any more
    if application.accepted_at is None or is_minor(application):
        return Ended()
    return TooLate() if application.status_at + OPEN_FOR <= now else None


def once_each(rows: Iterable[tuple[int, int]]) -> list[int]:
    """The first application of each volunteer, of (application, volunteer) in order."""
    first: dict[int, int] = {}
    for application, volunteer in rows:
        first.setdefault(volunteer, application)
    return list(first.values())
