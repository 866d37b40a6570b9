"""When each side may say how it went. No data is read here."""

from datetime import datetime, timedelta

from marketplace.applications.feedback_errors import NotOver, ThanksClosed, ThanksOnHold
from marketplace.applications.lifecycle import Attendance, Status
from marketplace.applications.tables import Application
from marketplace.associations.lifecycle import Status as AssociationStatus
from marketplace.associations.tables import Association
from marketplace.errors import Refusal
from marketplace.missions.lifecycle import Status as MissionStatus
from marketplace.missions.policies import ended_at
from marketplace.missions.tables import Mission, Slot
from marketplace.text import N_

THANKED_WITHIN = timedelta(days=30)  # of the end, as messages
GRADES = {"yes": N_("Oui"), "partly": N_("En partie"), "no": N_("Non")}


def is_over(application: Application, slot: Slot, mission: Mission, now: datetime) -> bool:
    """Whether there is something to tell: the slot has ended; without dates, hours or its end."""
    accepted = application.status == Status.ACCEPTED
    if slot.ends_at is None:  # hours noted: whether or not they have stopped since
        return bool(application.attendance or (accepted and mission.status == MissionStatus.FINISHED))
    return bool(accepted and slot.ends_at <= now and slot.cancelled_at is None)


def why_not_thank(
    application: Application,
    slot: Slot,
    mission: Mission,
    association: Association,
    now: datetime,
    *,
    guardian_agrees: bool,
) -> Refusal | None:
    """What keeps the association from its few words to the volunteer, as from messages, or None."""
    if not is_over(application, slot, mission, now):
        return NotOver()
    if association.status != AssociationStatus.VERIFIED:
        return ThanksOnHold()
    is_minor = application.is_minor and application.came_of_age_at is None
    stays = application.status == Status.ACCEPTED
    ended = ended_at(slot, mission) if stays else application.status_at
    too_late = ended is not None and ended + THANKED_WITHIN <= now
    return ThanksClosed() if too_late or (is_minor and not guardian_agrees) else None


def asks_how_it_went(application: Application, slot: Slot, mission: Mission, now: datetime) -> bool:
    """Whoever was there, as far as we know, is asked."""
    return is_over(application, slot, mission, now) and application.attendance in (None, Attendance.PRESENT)
