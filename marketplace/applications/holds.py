"""Apply first, confirm after: a visitor's place is held thirty minutes, then confirmed or gone."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from marketplace import db
from marketplace.accounts import actions as accounts
from marketplace.accounts.tables import Account
from marketplace.applications import actions, emails, queries
from marketplace.applications.actions import Choices
from marketplace.applications.errors import AgeDisputed, HoldGone, HoldPending, TooManyHolds
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
from marketplace.volunteers import queries as volunteers
from marketplace.volunteers.actions import become_volunteer
from marketplace.volunteers.policies import is_minor_on
from marketplace.web import limits
from marketplace.web.clock import paris_day
from marketplace.web.ids import fingerprint, new_secret
from marketplace.web.limits import keyed

HOLD_LIFE = timedelta(minutes=30)
DROPPED_AT_ONCE = 500
HOLDS_PER_NETWORK, HOLDS_WINDOW = 3, timedelta(hours=1)
MAILS_PER_ADDRESS, MAILS_WINDOW = 10, timedelta(days=1)


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
        former = await _former_slot(visitor.email)
        # every mission touched, in one order: two visitors who swap missions do not wait for each other
        for mission_id in sorted({slot.mission, former.mission if former else slot.mission}):
            await lock_mission(mission_id)
        await _make_room(visitor, now)
        mission, slot = await lock_mission(slot.mission), await fresh_slot(slot.id)
        association = await Association.objects().get(Association.id == mission.association)
        stranger = Person(born_on=visitor.born_on)
        if refusal := why_not_apply(stranger, mission, association.status if association else "", slot, now):
            raise refusal
        secret = new_secret()
        is_minor = is_minor_on(visitor.born_on, slot_day(slot, now))
        application = await actions.insert_once(_unconfirmed(slot, is_minor, choices, now))
        await _insert_applicant(_applicant(application, visitor, is_minor, choices, secret, now))
        await emails.confirm_application(visitor.email, secret, mission.title, is_minor, now)


async def confirm(secret: str, device: str, now: datetime) -> Confirmed:
    """Turn a hold into the application of the address's owner, and sign them in.

    Raises:
        HoldGone: the hold is gone.
        Refusal: a rule about the person; the hold is released.
    """
    try:
        return await _confirm(secret, device, now)
    except HoldGone:
        raise
    except Refusal:
        await release(secret)
        raise


async def release(secret: str) -> None:
    """Give a held place back."""
    if applicant := await queries.applicant_by_link(secret):
        await _drop(applicant.application)


async def drop_unconfirmed(now: datetime) -> int:
    """Remove the holds nobody confirmed in time: nothing of them is kept. How many there were."""
    late = (
        await Application.select(Application.id)
        .where((Application.status == Status.UNCONFIRMED) & (Application.status_at <= now - HOLD_LIFE))
        .order_by(Application.status_at)
        .limit(DROPPED_AT_ONCE)
    )
    for row in late:
        await _drop(row["id"])
    return len(late)


async def _drop(application_id: int) -> None:
    """Remove an unconfirmed application, if it still is one: the mission first, as everybody does."""
    async with db.transaction():
        if slot := await queries.slot_of(application_id):
            await lock_mission(slot.mission)
        await Application.delete().where(
            (Application.id == application_id) & (Application.status == Status.UNCONFIRMED)
        )


async def _confirm(secret: str, device: str, now: datetime) -> Confirmed:
    async with db.transaction():
        applicant = await queries.applicant_by_link(secret)
        if applicant is None or applicant.created_at <= now - HOLD_LIFE:
            raise HoldGone
        held = await Application.objects().get(Application.id == applicant.application)
        slot = await queries.slot_of(applicant.application)
        if held is None or slot is None:
            raise HoldGone
        await lock_mission(slot.mission)
        gone = await Application.delete().where(Application.id == held.id).returning(Application.id)
        if not gone:
            raise HoldGone
        account = await _account_of(applicant, now)
        if applicant.born_on is not None and account.adult_attested_on is not None:
            raise AgeDisputed
        if applicant.born_on is None and not await volunteers.is_known_minor(account.id):
            await accounts.attest_adult(account, now)
        volunteer = await become_volunteer(account, applicant.born_on, now)
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


async def _former_slot(email: str) -> Slot | None:
    former = await Applicant.objects().get(Applicant.email == email)
    return await queries.slot_of(former.application) if former else None


async def _insert_applicant(applicant: Applicant) -> None:
    try:
        await Applicant.insert(applicant)
    except Exception as error:
        if "email" in (db.violated(error) or ""):  # the same address applied elsewhere at this very instant
            raise TooManyHolds from error
        raise


async def _make_room(visitor: Visitor, now: datetime) -> None:
    """One hold per address: a newer one takes its place. And few per network."""
    former = await Applicant.objects().get(Applicant.email == visitor.email)
    if former is not None:
        # from elsewhere it may be anybody who knows the address: the one being confirmed stands
        if former.network != keyed(visitor.network) and former.created_at > now - HOLD_LIFE:
            raise HoldPending
        await Application.delete().where(
            (Application.id == former.application) & (Application.status == Status.UNCONFIRMED)
        )
    if not await limits.allow("hold", keyed(visitor.network), HOLDS_PER_NETWORK, HOLDS_WINDOW, now):
        raise TooManyHolds
    if not await limits.allow("hold mailed", visitor.email, MAILS_PER_ADDRESS, MAILS_WINDOW, now):
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
