"""Applying: a place is taken, or a rule says no. What becomes of it then is in `answers`."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from marketplace import db
from marketplace.accounts import actions as accounts
from marketplace.accounts.tables import Account
from marketplace.applications import emails, queries
from marketplace.applications.errors import (
    AgeDisputed,
    AgeUnknown,
    AlreadyApplied,
    SlotFull,
    TooManyMails,
)
from marketplace.applications.lifecycle import Status
from marketplace.applications.policies import Person, first_status, why_not_apply
from marketplace.applications.queries import Candidacy
from marketplace.applications.tables import Application
from marketplace.associations.tables import Association
from marketplace.consents import actions as consents
from marketplace.consents import emails as consent_emails
from marketplace.consents.actions import GuardianAddress
from marketplace.lifecycle import By, note
from marketplace.missions.places import fresh_slot, lock_mission
from marketplace.missions.policies import slot_day
from marketplace.missions.tables import Mission, Slot
from marketplace.volunteers.actions import become_volunteer
from marketplace.volunteers.policies import is_minor_on
from marketplace.volunteers.tables import Volunteer
from marketplace.web import limits

ASKS_PER_GUARDIAN, ASKS_WINDOW = 5, timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Choices:
    """What an applicant says: tasks in the mission's words, and what they accepted."""

    message: str = ""
    tasks: Sequence[str] = field(default_factory=tuple)
    undertaking: str = ""
    prerequisites: Sequence[str] = field(default_factory=tuple)
    guardian: GuardianAddress | None = None  # a minor's
    first_name: str = ""  # of an account that has no name yet
    family_name: str = ""


async def apply(
    account: Account, born_on: date | None, slot: Slot, choices: Choices, now: datetime
) -> Application:
    """Take a place in the slot. `born_on` is asked of whoever's age is not known yet.

    Raises:
        Refusal: the one `why_not_apply` returns.
    """
    async with db.transaction():
        await lock_mission(slot.mission)
        volunteer = await become_volunteer(account, born_on, now)
        if choices.first_name and not account.first_name:
            await accounts.rename(account, choices.first_name, choices.family_name)
        return await apply_locked(account, volunteer, slot, choices, now)


async def apply_locked(
    account: Account, volunteer: Volunteer, slot: Slot, choices: Choices, now: datetime
) -> Application:
    """The same inside a transaction that has locked the mission, then the volunteer."""
    mission = await lock_mission(slot.mission)
    slot = await fresh_slot(slot.id)
    association = await Association.objects().get(Association.id == mission.association)
    person = Person(**await queries.facts_about(account, volunteer, slot, now))
    if person.born_on is None and account.adult_attested_on is None:
        raise AgeUnknown
    status = association.status if association else ""
    if refusal := why_not_apply(person, mission, status, slot, now):
        raise refusal
    is_minor = is_minor_on(person.born_on, slot_day(slot, now))
    application = await insert_once(_new_application(volunteer, slot, mission, is_minor, choices, now))
    await note("application", application.id, "", application.status, By.VOLUNTEER, now, account.id)
    found = await queries.about(application)
    if is_minor:
        await _ask_guardian(found, choices.guardian, now)
    else:
        await tell_of_application(found, now)
    return application


async def tell_of_application(found: Candidacy, now: datetime) -> None:
    """Tell both sides of an application that reached the association. Called inside a transaction."""
    if found.application.status == Status.ACCEPTED:
        await emails.application_accepted(found, now)
    else:
        await emails.application_received(found, now)
    await emails.application_arrived(found, now)


async def insert_once(application: Application) -> Application:
    """Store an application; what the database refuses becomes the rule's own answer.

    Raises:
        SlotFull, AlreadyApplied: the database's walls, reached by a writer that did not lock.
    """
    try:
        await application.save()
    except Exception as error:
        wall = db.violated(error) or ""
        if wall == "slot_is_full":
            raise SlotFull from error
        if "live" in wall or wall == "application.slot, application.volunteer":
            raise AlreadyApplied from error
        raise
    return application


def _new_application(
    volunteer: Volunteer, slot: Slot, mission: Mission, is_minor: bool, choices: Choices, now: datetime
) -> Application:
    status = first_status(is_minor, mission)
    return Application(
        slot=slot.id,
        volunteer=volunteer.id,
        status=status,
        status_at=now,
        is_minor=is_minor,
        message=choices.message,
        tasks=list(choices.tasks),
        undertaking=choices.undertaking,
        prerequisites=list(choices.prerequisites),
        created_at=now,
        accepted_at=now if status == Status.ACCEPTED else None,
    )


async def _ask_guardian(found: Candidacy, guardian: GuardianAddress | None, now: datetime) -> None:
    if guardian is None:
        raise AgeDisputed  # the form asks a minor for it: this one said to be an adult
    if not await limits.allow("guardian asked", guardian.email, ASKS_PER_GUARDIAN, ASKS_WINDOW, now):
        raise TooManyMails
    consent, token = await consents.ask(
        found.application.volunteer, found.mission.id, [found.slot], guardian, now
    )
    await consent_emails.consent_asked(consent, token, now)
    await emails.consent_awaited(found, consent, now)
