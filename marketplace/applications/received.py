"""What an association sees of an application: the privacy table, in one place. Templates get nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from marketplace.applications import policies
from marketplace.applications.lifecycle import Status
from marketplace.applications.queries import Candidacy
from marketplace.consents import queries as consents
from marketplace.missions.lifecycle import ContactLevel, PlaceKind
from marketplace.missions.tables import Mission, Slot

WITH_THE_ASSOCIATION = ("association_training", "interview", "shadowing", "site_access")


@dataclass(frozen=True, slots=True)
class Received:
    """One application as its association reads it; '' where it may not know."""

    public_id: str
    mission: Mission
    slot: Slot
    status: str
    status_at: datetime
    until: datetime | None  # the last moment to answer, while it is pending
    meeting_on: date | None
    meeting_note: str
    is_current: bool
    is_minor: bool
    first_name: str
    message: str
    tasks: Sequence[str]
    prerequisites: Sequence[str]
    undertaking: bool
    first: Sequence[str]  # keys of vocabulary.prerequisites that the association does with the person
    missing: Sequence[str]  # asked for, and not confirmed: they came after the application
    undertaking_missing: bool
    meet_first: bool  # one to one, with neither a training nor a meeting planned yet
    coming_at: datetime | None
    family_name: str = ""
    email: str = ""
    guardian_name: str = ""
    guardian_phone: str = ""
    agreed_at: datetime | None = None


async def received(found: Candidacy, now: datetime) -> Received:
    """What may be seen of it now."""
    application, account = found.application, found.account
    shown = policies.shows_identity(application, found.slot, found.mission, now)
    name, phone, agreed_at = await _guardian(found)
    asked = found.mission.prerequisites
    return Received(
        public_id=application.public_id,
        mission=found.mission,
        slot=found.slot,
        status=application.status,
        status_at=application.status_at,
        until=application.answer_by,
        meeting_on=application.meeting_on,
        meeting_note=application.meeting_note,
        is_current=policies.is_current(application, found.slot, found.mission, now),
        is_minor=application.is_minor and application.came_of_age_at is None,
        first_name=account.first_name if account else "",
        message=application.message,
        tasks=application.tasks,
        prerequisites=application.prerequisites,
        undertaking=bool(application.undertaking),
        first=[key for key in asked if key in WITH_THE_ASSOCIATION],
        missing=[key for key in asked if key not in (*application.prerequisites, *WITH_THE_ASSOCIATION)],
        undertaking_missing=bool(found.mission.undertaking and not application.undertaking),
        meet_first=_meet_first(found),
        coming_at=application.coming_at,
        family_name=account.family_name if account and shown else "",
        email=account.email if account and shown else "",
        guardian_name=name,
        guardian_phone=phone,
        agreed_at=agreed_at,
    )


def _meet_first(found: Candidacy) -> bool:
    prepared = {"association_training", "interview"} & set(found.mission.prerequisites)
    one_to_one = found.mission.contact_level == ContactLevel.INDIVIDUAL
    return one_to_one and not prepared and found.application.meeting_on is None


async def _guardian(found: Candidacy) -> tuple[str, str, datetime | None]:
    """A guardian's name, phone (on site) and when they agreed, while their consent stands."""
    application = found.application
    if not application.is_minor or application.status not in (Status.PENDING, Status.ACCEPTED):
        return "", "", None
    consent = await consents.open_for(application.volunteer, found.slot.id)
    if consent is None or consent.status != "given":
        return "", "", None
    guardian = await consents.guardian_of(consent.id)
    phone = guardian.phone if found.mission.place_kind != PlaceKind.REMOTE else ""
    return guardian.name, phone, consent.decided_at
