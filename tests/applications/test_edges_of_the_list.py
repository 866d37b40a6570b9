"""Where a place could be lost, kept in vain, or told of wrongly."""

from datetime import timedelta

import pytest

from marketplace.applications import actions, answers, holds, queries, waiting
from marketplace.applications.actions import Choices
from marketplace.applications.answer_errors import MeetingTooLate
from marketplace.applications.answers import Ending
from marketplace.applications.applicants import Visitor
from marketplace.applications.lifecycle import Status
from marketplace.applications.offer_errors import OfferFrozen
from marketplace.applications.tables import Application
from marketplace.associations.tables import Association
from marketplace.lifecycle import By
from marketplace.missions.policies import slot_key
from marketplace.missions.queries import slots_of
from marketplace.publishing import date_actions
from tests import make
from tests.applications.journeys import VISITOR, confirm, send
from tests.client import Client

LEAVES = Ending(By.VOLUNTEER, "unavailable")


async def status_of(application: Application) -> str:
    row = await Application.objects().get(Application.id == application.id)
    assert row is not None
    return str(row.status)


def visitor(**values: str) -> Visitor:
    return Visitor(values.get("email", "zoe@example.org"), "Zoé", "Petit", make.born(30), "192.0.2.0/24")


async def test_a_minors_offer_lasts_as_long_as_a_guardian_may_be_asked(site: object, database: None) -> None:
    mission = await make.mission(places=1, minors="open", starts_at=make.after(hours=50))
    held = await make.application(mission)
    waits = await make.application(mission, await make.volunteer(age=16), status=Status.WAITING)
    await answers.withdraw(await queries.candidacy(held.public_id), LEAVES, make.NOW)
    row = await Application.objects().get(Application.id == waits.id)
    assert row is not None
    assert (row.status, row.answer_by) == (Status.OFFERED, make.after(hours=2))


@pytest.mark.parametrize("status", ["draft", "submitted", "suspended"])
async def test_the_page_of_what_was_sent_says_nothing_of_a_mission_that_is_not_public(
    client: Client, status: str
) -> None:
    await client.sign_in(await make.account())
    mission = await make.mission(status=status)
    await client.get(f"/missions/{mission.public_id}/candidature/envoyee", 404)


async def test_a_date_cancelled_leaves_a_visitors_other_dates_held(site: object, database: None) -> None:
    mission = await make.mission(places=1, starts_at=make.after(days=5))
    await make.slot(mission, places=1, starts_at=make.after(days=6))
    first, second = await slots_of(mission.id)
    await make.application(second, status=Status.WAITING)
    await holds.hold(visitor(), [first, second], Choices(), make.NOW)

    await date_actions.cancel_dates(mission, slot_key(first), False, "", make.NOW)

    assert [slot.places_taken for slot in await slots_of(mission.id)] == [0, 1]
    assert [row.status for row in await Application.objects().order_by(Application.id)] == [
        Status.WAITING,
        Status.UNCONFIRMED,
    ]


async def test_a_visitor_who_changes_their_mind_gives_the_first_date_to_who_waits(
    site: object, database: None
) -> None:
    mission = await make.mission(places=1, starts_at=make.after(days=5))
    await make.slot(mission, places=1, starts_at=make.after(days=6))
    first, second = await slots_of(mission.id)
    await holds.hold(visitor(), [first], Choices(), make.NOW)
    waits = await make.application(first, status=Status.WAITING)

    await holds.hold(visitor(), [second], Choices(), make.NOW)

    assert await status_of(waits) == Status.OFFERED


async def test_the_sweeper_reaches_those_behind_missions_where_nobody_is_eligible(
    site: object, database: None
) -> None:
    for _ in range(3):
        mission = await make.mission(places=2)
        member = await make.volunteer()
        association = await Association.objects().get(Association.id == mission.association)
        assert association is not None
        await make.member(association, await make.account_of(member))
        await make.application(mission, member, status=Status.WAITING)
    waits = await make.application(await make.mission(places=2), status=Status.WAITING)

    assert await waiting.sweep(make.NOW) == 1
    assert await status_of(waits) == Status.OFFERED


async def test_whoever_waits_beside_an_open_place_may_take_it_within_six_hours(
    site: object, database: None
) -> None:
    mission = await make.mission(places=1, starts_at=make.after(hours=5))
    held = await make.application(mission)
    volunteer = await make.volunteer()
    waits = await make.application(mission, volunteer, status=Status.WAITING)
    await answers.withdraw(await queries.candidacy(held.public_id), LEAVES, make.NOW)
    account = await make.account_of(volunteer)

    applied = await actions.apply(account, None, await slots_of(mission.id), Choices(), make.NOW)

    assert [row.status for row in applied.applications] == [Status.PENDING]
    assert await status_of(waits) == Status.WITHDRAWN


async def test_people_meet_before_the_mission(site: object, database: None) -> None:
    application = await make.application(await make.mission(starts_at=make.after(days=5)))
    found = await queries.candidacy(application.public_id)
    with pytest.raises(MeetingTooLate):
        await answers.meet(found, make.after(days=5).date(), make.NOW)
    await answers.meet(found, make.after(days=4).date(), make.NOW)


async def test_an_offer_of_a_suspended_association_is_kept_whatever_its_hour(
    site: object, database: None
) -> None:
    mission = await make.mission()
    offered = await make.application(mission, status=Status.OFFERED)
    await Association.update({Association.status: "suspended"}).where(Association.id == mission.association)
    found = await queries.candidacy(offered.public_id)
    with pytest.raises(OfferFrozen):
        await waiting.take(found, None, make.NOW + timedelta(days=3))
    assert await status_of(offered) == Status.OFFERED


async def test_an_offer_may_be_taken_after_a_no_about_another_date(site: object, database: None) -> None:
    mission = await make.mission(starts_at=make.after(days=5))
    await make.slot(mission, starts_at=make.after(days=6))
    first, second = await slots_of(mission.id)
    volunteer = await make.volunteer()
    pending = await make.application(first, volunteer)
    offered = await make.application(second, volunteer, status=Status.OFFERED)
    no = Ending(By.ASSOCIATION, "profile")
    await answers.decline(await queries.candidacy(pending.public_id), no, 1, make.NOW)

    await waiting.take(await queries.candidacy(offered.public_id), None, make.NOW)

    assert await status_of(offered) == Status.PENDING


async def test_a_visitor_is_told_of_the_dates_that_could_not_be_had(client: Client) -> None:
    mission = await make.mission(places=1, starts_at=make.after(days=5))
    await make.slot(mission, places=1, starts_at=make.after(days=6))
    first, second = await slots_of(mission.id)
    await send(client, mission, VISITOR | {"slots": [slot_key(first), slot_key(second)]})
    await date_actions.cancel_dates(mission, slot_key(second), False, "", make.NOW)

    told = await client.follow(await confirm(client, "zoe@example.org"))

    assert "Toutes les dates n’ont pas pu être prises" in told.text
