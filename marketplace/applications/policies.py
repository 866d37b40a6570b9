"""May this person apply to this slot now? Pure: the page shows the answer, the action raises it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from marketplace.applications.errors import (
    AdultsOnly,
    AlreadyApplied,
    AnswerTooLate,
    DeclinedRecently,
    GuardianSaidNo,
    MissionClosed,
    NotVerified,
    OwnAssociation,
    SlotFull,
    TooManyPlaces,
    TooManyRequests,
    TooSoonForMinors,
    TooYoung,
)
from marketplace.applications.lifecycle import LIVE, Status
from marketplace.applications.tables import Application
from marketplace.associations.lifecycle import Status as AssociationStatus
from marketplace.errors import Refusal
from marketplace.missions.lifecycle import OVER, Admission, Minors
from marketplace.missions.policies import APPLY_BEFORE, is_applicable, is_full, is_public, slot_day
from marketplace.missions.tables import Mission, Slot
from marketplace.volunteers.policies import MINIMUM_AGE, age_on, is_minor_on

MINORS_APPLY_BEFORE = timedelta(hours=48)
AFTER_DECLINED = timedelta(days=90)
AFTER_GUARDIAN_REFUSED = timedelta(days=30)
ANSWERED_WITHIN = timedelta(days=7)
IDENTITY_SHOWN_FOR = timedelta(days=30)  # after the slot's end
MOST_PLACES = 10  # current ones, over all missions
MOST_CONSENTS_ASKED = 3  # at once, for one minor


@dataclass(frozen=True, slots=True)
class Person:
    """What the rules look at in somebody who applies; the defaults are those of a stranger."""

    born_on: date | None = None  # None: an adult
    is_member: bool = False  # of the mission's association
    has_live: bool = False  # an application for this slot
    places_held: int = 0
    consents_asked: int = 0
    declined_at: datetime | None = None  # last, by this mission
    guardian_refused_at: datetime | None = None  # last, for this mission


def why_not_apply(
    person: Person, mission: Mission, association_status: str, slot: Slot, now: datetime
) -> Refusal | None:
    """What stops this person, or None."""
    if not is_public(mission, association_status) or not is_applicable(slot, now):
        return MissionClosed()
    return (
        _age_refusal(person, mission, slot, now)
        or _person_refusal(person, now)
        or (SlotFull() if is_full(slot) else None)
    )


def why_too_young(born_on: date | None, slot: Slot, now: datetime) -> Refusal | None:
    """Under 16 on the slot's day."""
    too_young = born_on is not None and age_on(born_on, slot_day(slot, now)) < MINIMUM_AGE
    return TooYoung() if too_young else None


def is_current(application: Application, slot: Slot, mission: Mission, now: datetime) -> bool:
    """Live, its slot not ended, its mission not over: what endings and answers may still touch."""
    ended = slot.ends_at is not None and slot.ends_at <= now
    return application.status in LIVE and not ended and mission.status not in OVER


def attended(application: Application, slot: Slot, now: datetime) -> bool:
    """Whether it was kept to the end of its slot: it stays as it is."""
    return application.status == Status.ACCEPTED and slot.ends_at is not None and slot.ends_at <= now


def shows_identity(application: Application, slot: Slot, now: datetime) -> bool:
    """Whether the association sees a family name and an e-mail: adults it accepted, until 30 days after."""
    forgotten = slot.ends_at is not None and slot.ends_at + IDENTITY_SHOWN_FOR <= now
    is_minor = application.is_minor and application.came_of_age_at is None
    return application.status == Status.ACCEPTED and not is_minor and not forgotten


def answer_by(application: Application, slot: Slot) -> datetime:
    """Until when a pending application awaits the association: 7 days, cut at 2 h before the start."""
    limit: datetime = application.status_at + ANSWERED_WITHIN
    return min(limit, slot.starts_at - APPLY_BEFORE) if slot.starts_at else limit


def why_not_accept(
    application: Application, slot: Slot, association_status: str, now: datetime
) -> Refusal | None:
    """What stops the association from saying yes: it is suspended, or its time to answer is over."""
    if association_status != AssociationStatus.VERIFIED:
        return NotVerified()
    late = application.status == Status.PENDING and answer_by(application, slot) <= now
    return AnswerTooLate() if late else None


def first_status(is_minor: bool, mission: Mission) -> Status:
    """Where a new application starts."""
    if is_minor:
        return Status.AWAITING_CONSENT
    return Status.ACCEPTED if mission.admission == Admission.INSTANT else Status.PENDING


def _age_refusal(person: Person, mission: Mission, slot: Slot, now: datetime) -> Refusal | None:
    if refusal := why_too_young(person.born_on, slot, now):
        return refusal
    if not is_minor_on(person.born_on, slot_day(slot, now)):
        return None
    if mission.minors != Minors.OPEN:
        return AdultsOnly()
    if slot.starts_at is not None and slot.starts_at < now + MINORS_APPLY_BEFORE:
        return TooSoonForMinors()
    if person.guardian_refused_at and person.guardian_refused_at > now - AFTER_GUARDIAN_REFUSED:
        return GuardianSaidNo()
    return TooManyRequests() if person.consents_asked >= MOST_CONSENTS_ASKED else None


def _person_refusal(person: Person, now: datetime) -> Refusal | None:
    if person.is_member:
        return OwnAssociation()
    if person.has_live:
        return AlreadyApplied()
    if person.declined_at and person.declined_at > now - AFTER_DECLINED:
        return DeclinedRecently()
    return TooManyPlaces() if person.places_held >= MOST_PLACES else None
