"""While an association is suspended its dates are given up; lifted, nobody has lost time to answer."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest

from marketplace.applications.lifecycle import Status as Application_
from marketplace.applications.tables import Application
from marketplace.associations.tables import Association
from marketplace.consents.lifecycle import Status as Consent_
from marketplace.consents.tables import Consent
from marketplace.missions.tables import Mission, Slot
from marketplace.moderation import actions as moderation
from marketplace.moderation.lifecycle import Act
from marketplace.publishing import suspension
from tests import make
from tests.client import emails_to

pytestmark = pytest.mark.usefixtures("database", "site")
SUSPENDED_AT = make.after(days=1)
DAYS_10 = timedelta(days=10)
LATE = timedelta(days=3)


async def association_of(mission: Mission) -> Association:
    found = await Association.objects().get(Association.id == mission.association)
    assert found is not None
    return found


async def suspend(mission: Mission, at: datetime = SUSPENDED_AT) -> None:
    row = await association_of(mission)
    moderator = await make.moderator()
    await moderation.decide_association(moderator, row, Act.SUSPEND_ASSOCIATION, "other", "Un doute.", at)


async def lift(mission: Mission, at: datetime) -> None:
    row = await association_of(mission)
    await moderation.decide_association(await make.moderator(), row, Act.LIFT_ASSOCIATION, "", "", at)


async def fresh(row: Application) -> Any:
    found = await Application.objects().get(Application.id == row.id)
    assert found is not None
    return found


@pytest.mark.parametrize("late", [timedelta(0), LATE], ids=["on time", "three days late"])
async def test_a_date_that_comes_meanwhile_is_given_up_and_its_people_told_once(late: timedelta) -> None:
    starts = make.after(days=4)
    mission = await make.mission(starts_at=starts)
    past = await make.slot(mission, starts_at=make.after(hours=5))
    later = await make.slot(mission, starts_at=make.after(days=40))
    person = await make.volunteer(email="un@example.org")
    accepted = await make.application(await first_slot(mission, starts), person, status="accepted")
    went = await make.application(past, status="accepted")
    await suspend(mission)
    assert await suspension.cancel_dates(starts - timedelta(hours=2, seconds=1)) == 0

    at = starts - timedelta(hours=2) + late
    done = await asyncio.gather(*(suspension.cancel_dates(at) for _ in range(3)))
    done.append(await suspension.cancel_dates(at))

    assert sum(done) == 1
    assert (await fresh(accepted)).status == Application_.LAPSED
    assert (await fresh(went)).status == Application_.ACCEPTED
    assert [mail.template for mail in await emails_to("un@example.org")] == ["mission_cancelled"]
    kept = {slot.id for slot in await Slot.objects().where(Slot.cancelled_at.is_null())}
    assert kept == {past.id, later.id}


async def first_slot(mission: Mission, starts: datetime) -> Slot:
    found = await Slot.objects().get((Slot.mission == mission.id) & (Slot.starts_at == starts))
    assert found is not None
    return found


async def test_limits_move_by_the_suspensions_length_and_not_past_the_cut() -> None:
    mission = await make.mission(places=9)
    soon = await make.mission(association=await association_of(mission), starts_at=make.after(days=15))
    moved = await make.application(mission)
    cut = await make.application(soon)
    accepted = await make.application(mission, status=Application_.ACCEPTED)
    await suspend(mission)

    await lift(mission, SUSPENDED_AT + DAYS_10)

    assert (await fresh(moved)).answer_by == moved.answer_by + DAYS_10
    assert (await fresh(cut)).answer_by == make.after(days=15) - timedelta(hours=2)
    assert (await fresh(accepted)).answer_by is None


async def test_a_minors_offer_moves_no_further_than_there_is_time_to_ask_a_guardian() -> None:
    mission = await make.mission(minors="open", starts_at=make.after(days=4))
    offer = await make.application(mission, await make.volunteer(age=16), status=Application_.OFFERED)
    await suspend(mission, make.after(hours=1))

    await lift(mission, make.after(days=1))

    assert (await fresh(offer)).answer_by == make.after(days=2)


async def test_what_came_meanwhile_moves_by_less() -> None:
    mission = await make.mission()
    row = await make.application(mission, status_at=SUSPENDED_AT + timedelta(days=4))
    await suspend(mission)
    await lift(mission, SUSPENDED_AT + DAYS_10)
    assert (await fresh(row)).answer_by == row.answer_by + timedelta(days=6)


async def test_a_guardians_link_lives_as_long_as_the_application_waits() -> None:
    mission = await make.mission(minors="open")
    minor = await make.volunteer(age=16)
    slot = await make.only_slot(mission)
    await make.consent(minor, slot, status=Consent_.ASKED, secret="s" * 43)
    row = await make.application(slot, minor, status=Application_.AWAITING_CONSENT)
    await suspend(mission)
    await lift(mission, SUSPENDED_AT + DAYS_10)
    consent = await Consent.objects().first()
    assert consent is not None
    assert consent.link_expires_at == (await fresh(row)).answer_by == row.answer_by + DAYS_10


async def test_free_places_are_offered_when_it_is_lifted() -> None:
    mission = await make.mission(places=1)
    waits = await make.application(mission, status=Application_.WAITING)
    await suspend(mission)
    await lift(mission, SUSPENDED_AT + DAYS_10)
    assert (await fresh(waits)).status == Application_.OFFERED


async def test_a_second_suspension_counts_from_its_own_beginning() -> None:
    mission = await make.mission()
    row = await make.application(mission)
    await suspend(mission)
    await lift(mission, SUSPENDED_AT + timedelta(days=2))
    await suspend(mission, SUSPENDED_AT + timedelta(days=3))
    await lift(mission, SUSPENDED_AT + timedelta(days=4))
    assert (await fresh(row)).answer_by == row.answer_by + timedelta(days=3)
