"""Apply first, confirm after: a visitor's place is held thirty minutes, then confirmed or gone."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from marketplace import db
from marketplace.accounts import actions as accounts
from marketplace.accounts.policies import DeadLink
from marketplace.accounts.tables import Account
from marketplace.applications import actions, emails, queries
from marketplace.applications.actions import Choices
from marketplace.applications.errors import TooManyHolds
from marketplace.applications.lifecycle import Status
from marketplace.applications.policies import Person, why_not_apply
from marketplace.applications.tables import Applicant, Application
from marketplace.associations.tables import Association
from marketplace.consents.actions import GuardianAddress
from marketplace.errors import Refusal
from marketplace.missions.places import fresh_slot, lock_mission
from marketplace.missions.policies import slot_day
from marketplace.missions.tables import Slot
from marketplace.text import language
from marketplace.volunteers.actions import become_volunteer
from marketplace.volunteers.policies import is_minor_on
from marketplace.web import limits
from marketplace.web.clock import paris_day
from marketplace.web.ids import fingerprint, new_secret
from marketplace.web.limits import keyed

HOLD_LIFE = timedelta(minutes=30)
HOLDS_PER_NETWORK, HOLDS_WINDOW = 3, timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who a visitor says they are; `network` is where the request comes from."""

    email: str
    first_name: str
    family_name: str
    born_on: date
    network: str


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A confirmed application and a session for whoever confirmed it."""

    application: Application
    token: str


async def hold(visitor: Visitor, slot: Slot, choices: Choices, now: datetime) -> None:
    """Hold a place for a visitor and mail the link that confirms it.

    Only what anybody may know is refused here (full, closed, too young, adults only): what is known
    of the address is told to its owner alone, on confirming.

    Raises:
        Refusal: the slot takes nobody, or not this age.
        TooManyHolds: too many unconfirmed holds from this network within the hour.
    """
    async with db.transaction():
        mission = await lock_mission(slot.mission)
        slot = await fresh_slot(slot.id)
        await _make_room(visitor, now)
        association = await Association.objects().get(Association.id == mission.association)
        stranger = Person(born_on=visitor.born_on)
        if refusal := why_not_apply(stranger, mission, association.status if association else "", slot, now):
            raise refusal
        secret = new_secret()
        is_minor = is_minor_on(visitor.born_on, slot_day(slot, now))
        application = await actions.insert_once(_unconfirmed(slot, is_minor, choices, now))
        await Applicant.insert(_applicant(application, visitor, is_minor, choices, secret, now))
        await emails.confirm_application(visitor.email, secret, mission.title, language(), now)


async def confirm(secret: str, device: str, now: datetime) -> Confirmed:
    """Turn a hold into the application of the address's owner, and sign them in.

    Raises:
        DeadLink: the hold is gone.
        Refusal: a rule about the person; the hold is released.
    """
    try:
        return await _confirm(secret, device, now)
    except DeadLink:
        raise
    except Refusal:
        await release(secret)
        raise


async def release(secret: str) -> None:
    """Give a held place back."""
    async with db.transaction():
        if applicant := await queries.applicant_by_link(secret):
            await Application.delete().where(
                (Application.id == applicant.application) & (Application.status == Status.UNCONFIRMED)
            )


async def drop_unconfirmed(now: datetime) -> int:
    """Remove the holds nobody confirmed in time: nothing of them is kept. How many there were."""
    gone = (
        await Application.delete()
        .where((Application.status == Status.UNCONFIRMED) & (Application.status_at <= now - HOLD_LIFE))
        .returning(Application.id)
    )
    return len(gone)


async def _confirm(secret: str, device: str, now: datetime) -> Confirmed:
    async with db.transaction():
        applicant = await queries.applicant_by_link(secret)
        if applicant is None or applicant.created_at <= now - HOLD_LIFE:
            raise DeadLink
        held = await Application.objects().get(Application.id == applicant.application)
        slot = await Slot.objects().get(Slot.id == held.slot) if held else None
        if held is None or slot is None:
            raise DeadLink
        await lock_mission(slot.mission)
        gone = await Application.delete().where(Application.id == held.id).returning(Application.id)
        if not gone:
            raise DeadLink
        account = await _account_of(applicant, now)
        volunteer = await become_volunteer(account, applicant.born_on or None, now)
        if applicant.born_on is None:
            await accounts.attest_adult(account, now)
        application = await actions.apply_locked(account, volunteer, slot, _choices(held, applicant), now)
        await limits.give_back("hold", applicant.network, HOLDS_WINDOW, applicant.created_at)
        return Confirmed(application, await accounts.start_session(account, device, now))


async def _account_of(applicant: Applicant, now: datetime) -> Account:
    return await accounts.find_or_make(
        applicant.email, applicant.first_name, applicant.family_name, language(), now
    )


def _choices(held: Application, applicant: Applicant) -> Choices:
    guardian = None
    if applicant.guardian_email:
        guardian = GuardianAddress(applicant.guardian_email, applicant.guardian_relationship)
    return Choices(held.message, held.tasks, held.undertaking, held.prerequisites, guardian)


async def _make_room(visitor: Visitor, now: datetime) -> None:
    """One hold per address: a newer one takes its place. And few per network."""
    former = await Applicant.objects().get(Applicant.email == visitor.email)
    if former is not None:
        await Application.delete().where(
            (Application.id == former.application) & (Application.status == Status.UNCONFIRMED)
        )
    if not await limits.allow("hold", keyed(visitor.network), HOLDS_PER_NETWORK, HOLDS_WINDOW, now):
        raise TooManyHolds


def _unconfirmed(slot: Slot, is_minor: bool, choices: Choices, now: datetime) -> Application:
    return Application(
        slot=slot.id,
        volunteer=None,
        status=Status.UNCONFIRMED,
        status_at=now,
        is_minor=is_minor,
        message=choices.message,
        tasks=list(choices.tasks),
        undertaking=choices.undertaking,
        prerequisites=list(choices.prerequisites),
        created_at=now,
    )


def _applicant(
    application: Application, visitor: Visitor, is_minor: bool, choices: Choices, secret: str, now: datetime
) -> Applicant:
    return Applicant(
        application=application.id,
        email=visitor.email,
        first_name=visitor.first_name,
        family_name=visitor.family_name,
        born_on=visitor.born_on if is_minor or is_minor_on(visitor.born_on, paris_day(now)) else None,
        guardian_email=choices.guardian.email if choices.guardian else "",
        guardian_relationship=choices.guardian.relationship if choices.guardian else "",
        link_hash=fingerprint(secret),
        network=keyed(visitor.network),
        created_at=now,
    )
