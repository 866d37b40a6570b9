"""Sending a mission, publishing it, and what moves it afterwards."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from marketplace import db
from marketplace.accounts.tables import Account
from marketplace.applications import answers, waiting
from marketplace.applications.answers import Ending
from marketplace.associations import queries as associations
from marketplace.associations.policies import is_insured
from marketplace.discovery import actions as discovery
from marketplace.errors import NotFound
from marketplace.guardians import actions as guardians
from marketplace.lifecycle import By, OutOfDate, advance
from marketplace.missions.checks import closed_to_minors_because, why_not_submit
from marketplace.missions.lifecycle import (
    CANCEL,
    PAUSE,
    PUBLISH,
    RESUME,
    RETURN,
    RUNNING,
    SUBMIT,
    Minors,
    PausedBecause,
    Status,
)
from marketplace.missions.places import fresh_slot, lock_mission
from marketplace.missions.queries import slots_of
from marketplace.missions.tables import Mission, Slot
from marketplace.publishing import emails, policies, silences
from marketplace.publishing.errors import Incomplete
from marketplace.publishing.running import change, lock_running, standing
from marketplace.web.clock import paris_day


async def submit(mission: Mission, account: Account, now: datetime) -> None:
    """Send a draft to the moderators.

    Raises:
        NotVerified: its association may only write drafts.
        Incomplete: something is missing, or its level cannot be published yet.
        OutOfDate: it is no draft any more.
    """
    async with db.transaction():
        fresh = await lock_mission(mission.id)
        await _must_be_ready(fresh, now)
        await advance(fresh, SUBMIT, By.ASSOCIATION, now, account.id, submitted_at=now)


async def publish(mission: Mission, actor: int, now: datetime) -> None:
    """A moderator puts the mission online. Called inside a transaction.

    Raises:
        NotVerified, Incomplete: it could not be sent today (its date has passed, for instance).
        OutOfDate: it is not awaiting a moderator any more.
    """
    fresh = await lock_mission(mission.id)
    if fresh.status in PUBLISH.sources:  # else `advance` says that the page is out of date
        await _must_be_ready(fresh, now)
    first = fresh.published_at or now
    await advance(fresh, PUBLISH, By.MODERATOR, now, actor, published_at=first, **standing(now))
    await emails.mission_published(fresh, now)


async def send_back(mission: Mission, actor: int, now: datetime, reason_label: str, note: str) -> None:
    """A moderator asks for a change. Called inside a transaction. OutOfDate: it moved meanwhile.

    `reason_label` is a French label of MODERATION_REASONS, `note` free words.
    """
    fresh = await lock_mission(mission.id)
    await advance(fresh, RETURN, By.MODERATOR, now, actor)
    await emails.mission_returned(fresh, now, reason_label, note)


async def open_to_minors(mission: Mission, actor: int, now: datetime) -> None:
    """A moderator lets minors in, where it is asked and nothing forbids it. Called inside a transaction.

    The decision's own row says which moderator (`actor`): minors are no status, so the journal has no line.

    Raises:
        MinorsStayOut: a rule or an insurance past its date closes the mission to minors, or nobody asks.
        OutOfDate: it is neither awaiting a moderator, nor online, nor paused.
    """
    fresh = await lock_mission(mission.id)
    if fresh.status not in {Status.SUBMITTED, *RUNNING}:
        raise OutOfDate
    reasons = closed_to_minors_because(fresh, await slots_of(fresh.id))
    insured = is_insured(await associations.fresh(fresh.association), paris_day(now))
    if refusal := policies.why_not_open_to_minors(fresh, reasons, insured):
        raise refusal
    await _decide(fresh, Minors.OPEN, now)
    await emails.mission_minors_answered(fresh, now)


async def close_to_minors(mission: Mission, actor: int, now: datetime) -> None:
    """A moderator keeps minors out, or no longer lets them in. Called inside a transaction.

    Minors already accepted stay: their guardians agreed to this mission. Those who wait are out.
    """
    fresh = await lock_mission(mission.id)
    if fresh.minors != Minors.CLOSED:
        await _decide(fresh, Minors.CLOSED, now)
        await guardians.end_waiting_minors(fresh, now)
        await emails.mission_minors_answered(fresh, now)


async def pause(mission: Mission, account: Account, now: datetime) -> None:
    """Take no new application; the people taken stay."""
    async with db.transaction():
        fresh = await lock_mission(mission.id)
        because = PausedBecause.ASSOCIATION.value
        await advance(fresh, PAUSE, By.ASSOCIATION, now, account.id, paused_because=because)


async def resume(mission: Mission, account: Account, now: datetime) -> None:
    """Take applications again, whatever paused it; who waits for a free place is offered it."""
    async with db.transaction():
        await resume_locked(await lock_mission(mission.id), account.id, now)


async def resume_locked(mission: Mission, actor: int | None, now: datetime) -> None:
    """The same. Called inside a transaction, the mission being locked.

    Of an association that was silent, the silences are counted anew.
    """
    was = mission.paused_because
    await advance(mission, RESUME, By.ASSOCIATION, now, actor, paused_because=None, **standing(now))
    if was == PausedBecause.SILENT:
        await silences.forget(mission.association)
    await waiting.offer_places(mission.id, now)


async def change_places(mission: Mission, slot: Slot, places: int, now: datetime) -> None:
    """Raise or lower a slot's places; who waits is offered the new ones.

    Raises:
        NotRunning: the mission is neither online nor paused.
        DateOver: the slot has started, or is cancelled.
        TooFewPlaces: more are taken.
    """
    async with db.transaction():
        fresh = await lock_running(mission.id)
        current = await fresh_slot(slot.id)
        if current.mission != fresh.id:
            raise NotFound
        if refusal := policies.why_not_places(current, places, now):
            raise refusal
        await Slot.update({Slot.places: places}).where(Slot.id == current.id)
        await change(fresh, {}, now)
        await waiting.offer_places(fresh.id, now)


async def edit(mission: Mission, values: Mapping[str, Any], now: datetime) -> None:
    """Change the free fields of a mission that is online or paused (publishing.forms names them)."""
    async with db.transaction():
        await change(await lock_running(mission.id), values, now)
    await discovery.index(mission.id, now)  # found at the next request


async def cancel(mission: Mission, account: Account, now: datetime, message: str = "") -> None:
    """Give the mission up for good; everyone who applied hears, with these words if any."""
    async with db.transaction():
        fresh = await lock_mission(mission.id)
        await advance(
            fresh,
            CANCEL,
            By.ASSOCIATION,
            now,
            account.id,
            paused_because=None,
            suspended_from=None,
            updated_at=now,
        )
        told = await answers.end_all(fresh, Ending(By.ASSOCIATION, message=message), now)
        if fresh.published_at is not None:
            await emails.mission_cancellation_noted(fresh, now, told)


async def _must_be_ready(mission: Mission, now: datetime) -> None:
    association = await associations.fresh(mission.association)
    if refusal := policies.why_not_send(association.status):
        raise refusal
    if missing := why_not_submit(mission, await slots_of(mission.id), now):
        raise Incomplete(mission.public_id, missing)


async def _decide(mission: Mission, minors: Minors, now: datetime) -> None:
    """A moderator's word on minors is no sign of the association's."""
    values: dict[Any, Any] = {Mission.minors: minors.value, Mission.updated_at: now}
    await Mission.update(values).where(Mission.id == mission.id)
    mission.minors = minors.value
