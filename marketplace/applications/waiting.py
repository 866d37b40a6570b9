"""The waiting list: freed places are offered in order, then taken, left, or passed on by time."""

from datetime import datetime
from functools import partial

from marketplace import db
from marketplace.applications import actions, emails, facts, queries, waiting_queries
from marketplace.applications.deadlines import answer_by
from marketplace.applications.errors import AgeDisputed
from marketplace.applications.lifecycle import OFFER, TAKE, Status
from marketplace.applications.offer_errors import GuardianMissing, OfferFrozen, OfferGone
from marketplace.applications.policies import (
    OFFER_BEFORE,
    first_status,
    is_bookable,
    why_not_offer,
    why_not_take,
)
from marketplace.applications.queries import Candidacy
from marketplace.associations.lifecycle import Status as AssociationStatus
from marketplace.consents.actions import GuardianAddress
from marketplace.jobs.rows import one_by_one
from marketplace.lifecycle import By, advance
from marketplace.missions.places import lock_mission
from marketplace.missions.policies import is_public, slot_day
from marketplace.missions.tables import Slot
from marketplace.volunteers.policies import is_minor_on
from marketplace.volunteers.tables import Volunteer


async def offer_places(mission_id: int, now: datetime) -> int:
    """Offer each free place of a mission to the first on its list who may come; how many were offered.

    Called inside a transaction, the mission being locked, after whatever frees or adds a place.
    """
    mission = await lock_mission(mission_id)
    if not is_public(mission, await queries.association_status(mission.association)):
        return 0
    slots = await waiting_queries.free_slots_waited_for(mission_id)
    return sum([await _offer_slot(slot, now) for slot in slots if is_bookable(slot, now)])


async def take(found: Candidacy, guardian: GuardianAddress | None, now: datetime) -> None:
    """The volunteer takes the place: the application becomes what a fresh one would.

    Raises:
        OfferGone: it was answered, or its time has passed.
        GuardianMissing: a minor has not said whom to ask.
        Refusal: a rule about the person, or the mission is paused for now: the offer still stands.
    """
    async with db.transaction():
        found = await _offered(found, now)
        account, volunteer = found.account, await queries.volunteer(found.application.volunteer)
        if account is None or volunteer is None:
            raise OfferGone
        await db.lock_row(Volunteer, volunteer.id)
        person = await facts.person(account, volunteer, found.slot, now)
        if refusal := why_not_take(person, found.mission, found.association, found.slot, now):
            raise refusal
        is_minor = is_minor_on(person.born_on, slot_day(found.slot, now))
        if is_minor and not found.application.is_minor:
            raise AgeDisputed
        if is_minor and guardian is None:
            raise GuardianMissing
        await _take(found, is_minor, now)
        if is_minor:
            await actions.ask_guardian([found], guardian, now)
        else:
            await actions.tell_of_applications([found], now)


async def sweep(now: datetime) -> int:
    """Offer free places to those who became eligible without an event; how many were offered."""
    missions = await waiting_queries.missions_waited_for(now + OFFER_BEFORE)
    return await one_by_one(missions, partial(_sweep, now=now))


async def _sweep(mission_id: int, now: datetime) -> int:
    async with db.transaction():
        await lock_mission(mission_id)
        return await offer_places(mission_id, now)


async def _offer_slot(slot: Slot, now: datetime) -> int:
    free, offered = slot.places - slot.places_taken, 0
    for row in await waiting_queries.waiting_of_slot(slot.id):
        if offered == free:
            break
        found = await queries.about(row)
        if not await _may_come(found, now):
            continue
        is_minor = found.application.is_minor and found.application.came_of_age_at is None
        until = answer_by(Status.OFFERED, slot, now, is_minor=is_minor)
        await advance(found.application, OFFER, By.TIME, now, status_at=now, answer_by=until)
        await emails.place_offered(found, now)
        offered += 1
    return offered


async def _may_come(found: Candidacy, now: datetime) -> bool:
    """Whether they are eligible now."""
    volunteer = await queries.volunteer(found.application.volunteer)
    if found.account is None:
        return False
    person = await facts.person(found.account, volunteer, found.slot, now)
    return why_not_offer(person, found.mission, found.association, found.slot, now) is None


async def _take(found: Candidacy, is_minor: bool, now: datetime) -> None:
    status = first_status(is_minor, found.mission)
    came_of_age_at = found.application.came_of_age_at
    if found.application.is_minor and not is_minor and came_of_age_at is None:
        came_of_age_at = now  # undated: they turned 18 on the list
    await advance(
        found.application,
        TAKE[status],
        By.VOLUNTEER,
        now,
        found.account.id if found.account else None,
        status_at=now,
        answer_by=answer_by(status, found.slot, now),
        accepted_at=now if status == Status.ACCEPTED else None,
        came_of_age_at=came_of_age_at,
    )


def standing(found: Candidacy, now: datetime) -> Candidacy:
    """The same, if it is an offer that may still be answered.

    Raises:
        OfferGone: it was answered, or its time has passed.
        OfferFrozen: its association is suspended.
    """
    if found.application.status != Status.OFFERED:
        raise OfferGone
    if found.association.status != AssociationStatus.VERIFIED:
        raise OfferFrozen
    if found.application.answer_by <= now:
        raise OfferGone
    return found


async def _offered(found: Candidacy, now: datetime) -> Candidacy:
    """The same once its mission is locked, if the offer still stands."""
    await lock_mission(found.mission.id)
    found = await queries.candidacy(found.application.public_id)
    return standing(found, now)
