"""May this person apply to this slot now? Pure: the page shows the answer, the action raises it."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from marketplace.applications.answer_errors import (
    AnswerTooLate,
    InsuranceOver,
    MeetingTooFar,
    MeetingTooLate,
    MetAlready,
    NotVerified,
)
from marketplace.applications.deadlines import MEETING_WITHIN, MINORS_APPLY_BEFORE, VISITOR_MEETING_WITHIN
from marketplace.applications.errors import (
    AdultsOnly,
    AlreadyApplied,
    DeclinedRecently,
    GuardianSaidNo,
    MissionClosed,
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
from marketplace.associations.policies import is_insured
from marketplace.associations.tables import Association
from marketplace.errors import Refusal
from marketplace.lifecycle import By
from marketplace.missions.lifecycle import OVER, RUNNING, Admission
from marketplace.missions.policies import ended_at, is_applicable, is_full, is_public, slot_day, takes_minors
from marketplace.missions.tables import Mission, Slot
from marketplace.vocabulary.prerequisites import PRISON_VISITOR
from marketplace.volunteers.policies import MINIMUM_AGE, age_on, is_minor_on
from marketplace.web.clock import paris_day

OFFER_BEFORE = timedelta(hours=6)  # closer to the start a freed place is simply open
AFTER_DECLINED = timedelta(days=90)
AFTER_GUARDIAN_REFUSED = timedelta(days=30)
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
    person: Person, mission: Mission, association: Association, slot: Slot, now: datetime
) -> Refusal | None:
    """What stops this person from taking a place, or None."""
    return why_not_join(person, mission, association, slot, now) or (SlotFull() if is_full(slot) else None)


def why_not_join(
    person: Person, mission: Mission, association: Association, slot: Slot, now: datetime
) -> Refusal | None:
    """What stops this person from being on the slot's waiting list, or None."""
    if not is_public(mission, association.status) or not is_applicable(slot, now):
        return MissionClosed()
    return _age_refusal(person, mission, association, slot, now) or _person_refusal(person, now)


def why_not_take(
    person: Person, mission: Mission, association: Association, slot: Slot, now: datetime
) -> Refusal | None:
    """What stops somebody from taking the place they are offered: it is theirs, and counted already.

    A pause or an answer about another date, since, takes nothing back.
    """
    running = association.status == AssociationStatus.VERIFIED and mission.status in RUNNING
    if not running or not is_applicable(slot, now):
        return MissionClosed()
    held = max(0, person.places_held - 1)
    as_offered = replace(person, has_live=False, places_held=held, declined_at=None)
    return _age_refusal(as_offered, mission, association, slot, now) or _person_refusal(as_offered, now)


def why_not_offer(
    person: Person, mission: Mission, association: Association, slot: Slot, now: datetime
) -> Refusal | None:
    """What keeps a freed place from somebody on the waiting list: they are not eligible now."""
    if not is_bookable(slot, now):
        return MissionClosed()
    return why_not_join(replace(person, has_live=False), mission, association, slot, now)


def is_bookable(slot: Slot, now: datetime) -> bool:
    """Whether a freed place is still offered: later there is no time to answer, and it is simply open."""
    return is_applicable(slot, now) and (slot.starts_at is None or slot.starts_at > now + OFFER_BEFORE)


def why_too_young(born_on: date | None, slot: Slot, now: datetime) -> Refusal | None:
    """Under 16 on the slot's day."""
    too_young = born_on is not None and age_on(born_on, slot_day(slot, now)) < MINIMUM_AGE
    return TooYoung() if too_young else None


def is_current(application: Application, slot: Slot, mission: Mission, now: datetime) -> bool:
    """Live, its slot not ended, its mission not over: what endings and answers may still touch."""
    ended = slot.ends_at is not None and slot.ends_at <= now
    return application.status in LIVE and not ended and mission.status not in OVER


def attended(application: Application, slot: Slot, now: datetime) -> bool:
    """Whether it was kept to the end of its slot, or how it went was noted: it stays as it is."""
    over = slot.ends_at is not None and slot.ends_at <= now
    return application.status == Status.ACCEPTED and (over or application.attendance is not None)


def shows_identity(application: Application, slot: Slot, mission: Mission, now: datetime) -> bool:
    """Whether the association sees a family name and an e-mail: adults it accepted, until 30 days after."""
    ended = ended_at(slot, mission)
    forgotten = ended is not None and ended + IDENTITY_SHOWN_FOR <= now
    return application.status == Status.ACCEPTED and not is_minor(application) and not forgotten


def is_minor(application: Application) -> bool:
    """Whether it is a minor's, who has not come of age since."""
    return bool(application.is_minor and application.came_of_age_at is None)


def words_told(words: str, by: str, application: Application, association: Association) -> str:
    """What the volunteer reads of the words an ending comes with; '' where an association may not write.

    To a minor it writes in the messages alone, which the guardian reads; while suspended, to nobody.
    """
    may_write = association.status == AssociationStatus.VERIFIED and not is_minor(application)
    return words if may_write or by != By.ASSOCIATION else ""


def why_not_accept(application: Application, association: Association, now: datetime) -> Refusal | None:
    """What stops the association from saying yes: it is suspended, too late, or not insured for a minor."""
    if association.status != AssociationStatus.VERIFIED:
        return NotVerified()
    late = application.answer_by is not None and application.answer_by <= now
    if application.status == Status.PENDING and late:
        return AnswerTooLate()
    closed = is_minor(application) and not is_insured(association, paris_day(now))
    return InsuranceOver(association.public_id) if closed else None


def why_not_meet(
    application: Application, slot: Slot, mission: Mission, association: Association, day: date, now: datetime
) -> Refusal | None:
    """What stops the association from answering « on se rencontre le … »: once, soon, not in the past."""
    if refusal := why_not_accept(application, association, now):
        return refusal
    if application.meeting_on is not None or application.status != Status.PENDING:
        return MetAlready()
    within = VISITOR_MEETING_WITHIN if PRISON_VISITOR in mission.prerequisites else MEETING_WITHIN
    if slot.starts_at is not None and day >= paris_day(slot.starts_at):
        return MeetingTooLate()
    return None if paris_day(now) <= day <= paris_day(now) + within else MeetingTooFar(within.days)


def first_status(is_minor: bool, mission: Mission) -> Status:
    """Where an application that takes a place starts."""
    if is_minor:
        return Status.AWAITING_CONSENT
    return Status.ACCEPTED if mission.admission == Admission.INSTANT else Status.PENDING


def _age_refusal(
    person: Person, mission: Mission, association: Association, slot: Slot, now: datetime
) -> Refusal | None:
    if refusal := why_too_young(person.born_on, slot, now):
        return refusal
    if not is_minor_on(person.born_on, slot_day(slot, now)):
        return None
    if not takes_minors(mission, association, now):
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
