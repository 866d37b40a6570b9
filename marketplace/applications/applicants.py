"""The rows of a visitor who applies: who they say they are, what they chose, the places held for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from marketplace.applications.actions import Choices
from marketplace.applications.deadlines import answer_by
from marketplace.applications.lifecycle import Status
from marketplace.applications.tables import Applicant, Application
from marketplace.consents.actions import GuardianAddress
from marketplace.missions.policies import slot_day, slot_key
from marketplace.missions.tables import Slot
from marketplace.volunteers.policies import is_minor_on
from marketplace.web.clock import paris_day
from marketplace.web.ids import fingerprint
from marketplace.web.limits import keyed


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who a visitor says they are; `network` is where the request comes from."""

    email: str
    first_name: str
    family_name: str
    born_on: date
    network: str


def choices_of(applicant: Applicant) -> Choices:
    """What they chose, as an account would have."""
    guardian = None
    if applicant.guardian_email:
        guardian = GuardianAddress(applicant.guardian_email, applicant.guardian_relationship)
    return Choices(
        applicant.message,
        applicant.tasks,
        applicant.undertaking,
        applicant.prerequisites,
        guardian,
        applicant.waits,
    )


def held_place(applicant: Applicant, slot: Slot, is_minor: bool, now: datetime) -> Application:
    """A place held until their address is confirmed."""
    return Application(
        slot=slot.id,
        volunteer=None,
        applicant=applicant.id,
        status=Status.UNCONFIRMED,
        status_at=now,
        answer_by=answer_by(Status.UNCONFIRMED, slot, now),
        is_minor=is_minor,
        created_at=now,
    )


def applicant_row(
    visitor: Visitor, slots: Sequence[Slot], choices: Choices, secret: str, now: datetime
) -> Applicant:
    """The visitor, with a birth date only if they are a minor today or at one of these slots."""
    days = [paris_day(now), *(slot_day(slot, now) for slot in slots)]
    return Applicant(
        mission=slots[0].mission,
        email=visitor.email,
        first_name=visitor.first_name,
        family_name=visitor.family_name,
        born_on=visitor.born_on if any(is_minor_on(visitor.born_on, day) for day in days) else None,
        guardian_email=choices.guardian.email if choices.guardian else "",
        guardian_relationship=choices.guardian.relationship if choices.guardian else "",
        slots=[slot_key(slot) for slot in slots],
        waits=list(choices.waits),
        message=choices.message,
        tasks=list(choices.tasks),
        undertaking=choices.undertaking,
        prerequisites=list(choices.prerequisites),
        link_hash=fingerprint(secret),
        network=keyed(visitor.network),
        created_at=now,
    )
