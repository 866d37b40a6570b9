"""Apply first, confirm after: a visitor's places are held thirty minutes, then confirmed or gone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from marketplace import db
from marketplace.accounts import actions as accounts
from marketplace.accounts.tables import Account
from marketplace.applications import actions, emails, hold_queries, waiting
from marketplace.applications.actions import Applied, Choices
from marketplace.applications.applicants import Visitor, applicant_row, choices_of, held_place
from marketplace.applications.deadlines import CONFIRMED_WITHIN
from marketplace.applications.errors import AgeDisputed, MissionClosed, NothingChosen
from marketplace.applications.hold_errors import HoldGone, HoldPending, TooManyHolds
from marketplace.applications.policies import Person, why_not_apply, why_not_join
from marketplace.applications.tables import Applicant
from marketplace.associations import queries as associations
from marketplace.errors import Refusal
from marketplace.jobs.rows import one_by_one
from marketplace.missions.places import fresh_slots, lock_mission, slots_by_key
from marketplace.missions.policies import is_full, slot_day, slot_key
from marketplace.missions.tables import Slot
from marketplace.text import language
from marketplace.volunteers import queries as volunteers
from marketplace.volunteers.actions import become_volunteer
from marketplace.volunteers.policies import is_minor_on
from marketplace.web import limits
from marketplace.web.ids import new_secret
from marketplace.web.limits import keyed

DROPPED_AT_ONCE = 500
HOLDS_PER_NETWORK, HOLDS_WINDOW = 3, timedelta(hours=1)
MAILS_PER_ADDRESS, MAILS_WINDOW = 10, timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Confirmed:
    """Confirmed applications and a session for whoever confirmed them."""

    applied: Applied
    token: str


async def hold(visitor: Visitor, slots: Sequence[Slot], choices: Choices, now: datetime) -> None:
    """Hold places for a visitor and mail the link that confirms them. A full slot's list needs no hold.

    Only what anybody may know is refused here (full, closed, too young, adults only): what is known
    of the address is told to its owner alone, on confirming.

    Raises:
        Refusal: none of the slots takes anybody, or this age; the first one's reason.
        TooManyHolds: too many unconfirmed holds from this network within the hour.
    """
    if not slots:
        raise NothingChosen
    async with db.transaction():
        former = await hold_queries.applicant_by_email(visitor.email)
        missions = {slots[0].mission, former.mission if former else slots[0].mission}
        # every mission touched, in one order: two visitors who swap missions do not wait for each other
        for mission_id in sorted(missions):
            await lock_mission(mission_id)
        await _make_room(former, visitor, now)
        secret = new_secret()
        possible = await _possible(visitor, slots, choices, now)
        applicant = await _insert(applicant_row(visitor, slots, choices, secret, now))
        for slot in possible:
            if not is_full(slot):
                is_minor = is_minor_on(visitor.born_on, slot_day(slot, now))
                await actions.insert_once(held_place(applicant, slot, is_minor, now))
        for mission_id in sorted(missions):  # what the former hold gave back
            await waiting.offer_places(mission_id, now)
        title = (await lock_mission(slots[0].mission)).title
        await emails.confirm_application(visitor.email, secret, title, applicant.born_on is not None, now)


async def confirm(secret: str, device: str, now: datetime) -> Confirmed:
    """Turn a hold into the applications of the address's owner, and sign them in.

    Raises:
        HoldGone: the hold is gone.
        Refusal: a rule about the person; the hold is released.
    """
    try:
        return await _confirm(secret, device, now)
    except HoldGone:
        raise
    except Refusal:
        await release(secret, now)
        raise


async def release(secret: str, now: datetime) -> None:
    """Give held places back."""
    if applicant := await hold_queries.applicant_by_link(secret):
        await _drop(applicant, now)


async def drop_unconfirmed(now: datetime) -> int:
    """Remove the holds nobody confirmed in time: nothing of them is kept. How many there were."""
    late = (
        await Applicant.objects()
        .where(Applicant.created_at <= now - CONFIRMED_WITHIN)
        .order_by(Applicant.created_at)
        .limit(DROPPED_AT_ONCE)
    )
    return await one_by_one(late, partial(_drop, now=now))


async def _drop(applicant: Applicant, now: datetime) -> bool:
    """Remove an applicant and what they hold: the mission first, as everybody does."""
    async with db.transaction():
        await lock_mission(applicant.mission)
        gone = await Applicant.delete().where(Applicant.id == applicant.id).returning(Applicant.id)
        await waiting.offer_places(applicant.mission, now)
        return bool(gone)


async def _confirm(secret: str, device: str, now: datetime) -> Confirmed:
    async with db.transaction():
        applicant = await hold_queries.applicant_by_link(secret)
        if applicant is None or applicant.created_at <= now - CONFIRMED_WITHIN:
            raise HoldGone
        mission = await lock_mission(applicant.mission)
        gone = await Applicant.delete().where(Applicant.id == applicant.id).returning(Applicant.id)
        if not gone:
            raise HoldGone
        account = await _account_of(applicant, now)
        if applicant.born_on is not None and account.adult_attested_on is not None:
            raise AgeDisputed
        if applicant.born_on is None and not await volunteers.is_known_minor(account.id):
            await accounts.attest_adult(account, now)
        volunteer = await become_volunteer(account, applicant.born_on, now)
        slots = await slots_by_key(mission.id, applicant.slots)
        if not slots:
            raise MissionClosed
        applied = await actions.apply_locked(account, volunteer, slots, choices_of(applicant), now)
        await waiting.offer_places(mission.id, now)  # what was held and could not be had
        await limits.give_back("hold", applicant.network, HOLDS_WINDOW, applicant.created_at)
        return Confirmed(applied, await accounts.start_session(account, device, now))


async def _account_of(applicant: Applicant, now: datetime) -> Account:
    return await accounts.find_or_make(
        applicant.email, applicant.first_name, applicant.family_name, language(), now
    )


async def _possible(visitor: Visitor, slots: Sequence[Slot], choices: Choices, now: datetime) -> list[Slot]:
    """The slots a stranger of this age may have, or wait for.

    Raises:
        Refusal: there is none.
    """
    mission = await lock_mission(slots[0].mission)
    association = await associations.fresh(mission.association)
    stranger, possible, refused = Person(born_on=visitor.born_on), [], []
    for slot in await fresh_slots(mission.id, slots):
        may = why_not_join if slot_key(slot) in choices.waits else why_not_apply
        if refusal := may(stranger, mission, association, slot, now):
            refused.append(refusal)
        else:
            possible.append(slot)
    if not possible:
        raise refused[0]
    return possible


async def _insert(applicant: Applicant) -> Applicant:
    try:
        await applicant.save()
    except Exception as error:
        if "email" in (db.violated(error) or ""):  # the same address applied elsewhere at this very instant
            raise TooManyHolds from error
        raise
    return applicant


async def _make_room(former: Applicant | None, visitor: Visitor, now: datetime) -> None:
    """One hold per address: a newer one takes its place. And few per network."""
    if former is not None:
        # from elsewhere it may be anybody who knows the address: the one being confirmed stands
        if former.network != keyed(visitor.network) and former.created_at > now - CONFIRMED_WITHIN:
            raise HoldPending
        await Applicant.delete().where(Applicant.id == former.id)
    if not await limits.allow("hold", keyed(visitor.network), HOLDS_PER_NETWORK, HOLDS_WINDOW, now):
        raise TooManyHolds
    if not await limits.allow("hold mailed", visitor.email, MAILS_PER_ADDRESS, MAILS_WINDOW, now):
        raise TooManyHolds
