"""Applying: places are taken or lists joined, or a rule says no. What becomes of them is in `answers`."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from marketplace import db
from marketplace.accounts import actions as accounts
from marketplace.accounts.tables import Account
from marketplace.applications import emails, facts, queries
from marketplace.applications.deadlines import answer_by
from marketplace.applications.errors import (
    AgeDisputed,
    AgeUnknown,
    AlreadyApplied,
    NothingChosen,
    SlotFull,
    TooManyMails,
)
from marketplace.applications.lifecycle import WITHDRAW, Status
from marketplace.applications.policies import first_status, why_not_apply, why_not_join
from marketplace.applications.queries import Candidacy
from marketplace.applications.tables import Application
from marketplace.associations import queries as associations
from marketplace.consents import actions as consents
from marketplace.consents import emails as consent_emails
from marketplace.consents.actions import GuardianAddress
from marketplace.errors import Refusal
from marketplace.lifecycle import By, advance, note
from marketplace.missions.places import fresh_slots, lock_mission
from marketplace.missions.policies import is_full, slot_day, slot_key
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
    waits: Collection[str] = ()  # keys of the slots whose list is joined if they are full
    first_name: str = ""  # of an account that has no name yet
    family_name: str = ""


@dataclass(frozen=True, slots=True)
class Applied:
    """What one form became: an application for each slot that could be, and why the others could not."""

    applications: Sequence[Application]
    refused: Sequence[tuple[Slot, Refusal]]


async def apply(
    account: Account, born_on: date | None, slots: Sequence[Slot], choices: Choices, now: datetime
) -> Applied:
    """Apply for slots of one mission. `born_on` is asked of whoever's age is not known yet.

    Raises:
        Refusal: nothing could be had of any slot; the first one's reason.
    """
    if not slots:
        raise NothingChosen
    async with db.transaction():
        await lock_mission(slots[0].mission)
        volunteer = await become_volunteer(account, born_on, now)
        if choices.first_name and not account.first_name:
            await accounts.rename(account, choices.first_name, choices.family_name)
        return await apply_locked(account, volunteer, slots, choices, now)


async def apply_locked(
    account: Account, volunteer: Volunteer, slots: Sequence[Slot], choices: Choices, now: datetime
) -> Applied:
    """The same inside a transaction that has locked the mission, then the volunteer."""
    mission = await lock_mission(slots[0].mission)
    association = await associations.fresh(mission.association)
    made: list[Application] = []
    refused: list[tuple[Slot, Refusal]] = []
    for slot in await fresh_slots(mission.id, slots):
        person = await facts.person(account, volunteer, slot, now)
        if person.born_on is None and account.adult_attested_on is None:
            raise AgeUnknown
        may = why_not_join if slot_key(slot) in choices.waits else why_not_apply
        if refusal := may(person, mission, association, slot, now):
            refused.append((slot, refusal))
        else:
            await _leave_list(volunteer, slot, account, now)
            is_minor = is_minor_on(person.born_on, slot_day(slot, now))
            made.append(await insert_once(_new_application(volunteer, slot, mission, is_minor, choices, now)))
    if not made:
        raise refused[0][1]
    for application in made:
        await note("application", application.id, "", application.status, By.VOLUNTEER, now, account.id)
    await _tell(await queries.about_all(made), choices.guardian, now)
    return Applied(made, refused)


async def ask_guardian(found: Sequence[Candidacy], guardian: GuardianAddress | None, now: datetime) -> None:
    """Ask a minor's guardian for these slots of one mission. Called inside a transaction.

    Raises:
        AgeDisputed: nobody to ask: the form asks a minor for it, and this one said to be an adult.
        TooManyMails: this address has been asked enough today.
    """
    if guardian is None:
        raise AgeDisputed
    if not await limits.allow("guardian asked", guardian.email, ASKS_PER_GUARDIAN, ASKS_WINDOW, now):
        raise TooManyMails
    volunteer, mission = found[0].application.volunteer, found[0].mission
    consent, token = await consents.ask(volunteer, mission.id, [one.slot for one in found], guardian, now)
    await consent_emails.consent_asked(consent, token, now)
    await emails.consent_awaited(found, consent, now)


async def tell_of_applications(found: Sequence[Candidacy], now: datetime) -> None:
    """Tell both sides of applications of one mission that reached its association, in one mail each.

    Called inside a transaction.
    """
    accepted = [one for one in found if one.application.status == Status.ACCEPTED]
    pending = [one for one in found if one.application.status == Status.PENDING]
    if accepted:
        await emails.application_accepted(accepted, now)
    if pending:
        await emails.application_received(pending, now)
    if accepted or pending:
        await emails.application_arrived(pending or accepted, now)


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


async def _leave_list(volunteer: Volunteer, slot: Slot, account: Account, now: datetime) -> None:
    """Whoever waits beside a free place and applies takes it: too close to the start, none is offered."""
    waits = (Application.volunteer == volunteer.id) & (Application.slot == slot.id)
    row = await Application.objects().get(waits & (Application.status == Status.WAITING))
    if row is not None:
        by = By.VOLUNTEER
        await advance(row, WITHDRAW, by, now, account.id, status_at=now, answer_by=None, ended_by=by)


async def _tell(found: Sequence[Candidacy], guardian: GuardianAddress | None, now: datetime) -> None:
    if awaiting := [one for one in found if one.application.status == Status.AWAITING_CONSENT]:
        await ask_guardian(awaiting, guardian, now)
    if waiting := [one for one in found if one.application.status == Status.WAITING]:
        await emails.waiting_joined(waiting, now)
    await tell_of_applications(found, now)


def _new_application(
    volunteer: Volunteer, slot: Slot, mission: Mission, is_minor: bool, choices: Choices, now: datetime
) -> Application:
    # a minor who only meant to wait has named nobody to ask: the place will be offered
    waits = is_full(slot) or (is_minor and choices.guardian is None and slot_key(slot) in choices.waits)
    status = Status.WAITING if waits else first_status(is_minor, mission)
    return Application(
        slot=slot.id,
        volunteer=volunteer.id,
        status=status,
        status_at=now,
        answer_by=answer_by(status, slot, now),
        is_minor=is_minor,
        message=choices.message,
        tasks=list(choices.tasks),
        undertaking=choices.undertaking,
        prerequisites=list(choices.prerequisites),
        created_at=now,
        accepted_at=now if status == Status.ACCEPTED else None,
    )
