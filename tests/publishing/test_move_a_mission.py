"""Submit, publish, send back, pause, resume, cancel: each move, who may make it, and who hears."""

import asyncio
from typing import Any

import pytest

from marketplace import db
from marketplace.accounts.tables import Account
from marketplace.applications.lifecycle import Status as Application_
from marketplace.applications.tables import Application
from marketplace.associations.lifecycle import Status as Association_
from marketplace.associations.tables import Association
from marketplace.errors import Refusal
from marketplace.lifecycle import Change, OutOfDate
from marketplace.missions.lifecycle import ContactLevel, Minors, Status
from marketplace.missions.tables import Mission
from marketplace.publishing import actions
from marketplace.publishing.errors import Incomplete, MinorsStayOut, NotVerified
from tests import make
from tests.client import emails_to, last_email
from tests.make import NOW

pytestmark = pytest.mark.usefixtures("database", "site")
MODERATOR = 7


async def now_is(mission: Mission) -> Any:
    found = await Mission.objects().get(Mission.id == mission.id)
    assert found is not None
    return found


async def owner(mission: Mission) -> Account:
    association = await Association.objects().get(Association.id == mission.association)
    assert association is not None
    return await make.owner_of(association)


async def test_submitting_is_written_in_the_journal() -> None:
    mission = await make.mission(status=Status.DRAFT)
    author = await owner(mission)

    await actions.submit(mission, author, NOW)

    moved = await now_is(mission)
    assert (moved.status, moved.submitted_at) == (Status.SUBMITTED, NOW)
    change = await Change.objects().get(Change.row_id == mission.id)
    assert change is not None
    assert (change.source, change.target, change.by, change.actor) == (
        "draft",
        "submitted",
        "association",
        author.id,
    )


@pytest.mark.parametrize("status", [Association_.DRAFT, Association_.SUBMITTED, Association_.SUSPENDED])
async def test_only_a_verified_association_submits(status: str) -> None:
    mission = await make.mission(status=Status.DRAFT, association=await make.association(status=status))
    with pytest.raises(NotVerified):
        await actions.submit(mission, await owner(mission), NOW)
    assert (await now_is(mission)).status == Status.DRAFT


async def test_one_to_one_can_be_drafted_but_not_sent() -> None:
    mission = await make.mission(
        status=Status.DRAFT, contact_level=ContactLevel.INDIVIDUAL, undertaking="Je garde pour moi."
    )
    with pytest.raises(Incomplete, match="deux modérateurs"):
        await actions.submit(mission, await owner(mission), NOW)


@pytest.mark.parametrize("status", [s for s in Status if s not in (Status.DRAFT, Status.RETURNED)])
async def test_only_a_draft_or_a_returned_mission_is_submitted(status: Status) -> None:
    mission = await make.mission(status=status)
    with pytest.raises(OutOfDate):
        await actions.submit(mission, await owner(mission), NOW)
    assert (await now_is(mission)).status == status


async def test_publishing_tells_owners_and_managers_and_stamps_the_first_time() -> None:
    mission = await make.mission(status=Status.SUBMITTED, minors=Minors.REQUESTED)
    author, reader = await owner(mission), await make.account()
    association = await Association.objects().get(Association.id == mission.association)
    assert association is not None
    await make.member(association, reader, role="reader")

    async with db.transaction():
        await actions.publish(mission, MODERATOR, NOW)

    online = await now_is(mission)
    assert (online.status, online.published_at, online.minors) == (Status.PUBLISHED, NOW, Minors.REQUESTED)
    mail = await last_email(author.email)
    assert mail.subject == "Votre mission est en ligne"
    assert mission.title in mail.text
    assert await emails_to(reader.email) == []


async def test_a_mission_whose_date_passed_while_it_waited_is_not_published() -> None:
    mission = await make.mission(status=Status.SUBMITTED, starts_at=make.after(hours=1))
    with pytest.raises(Incomplete, match="passée, ou trop proche"):
        async with db.transaction():
            await actions.publish(mission, MODERATOR, NOW)
    assert (await now_is(mission)).status == Status.SUBMITTED


async def test_publishing_twice_is_out_of_date() -> None:
    mission = await make.mission()
    with pytest.raises(OutOfDate):
        async with db.transaction():
            await actions.publish(mission, MODERATOR, make.after(days=1))
    assert (await now_is(mission)).published_at == NOW


async def test_sending_back_says_why_and_keeps_the_request_for_minors() -> None:
    mission = await make.mission(status=Status.SUBMITTED, minors=Minors.REQUESTED)
    author = await owner(mission)

    async with db.transaction():
        await actions.send_back(mission, MODERATOR, NOW, "Contenu insuffisant", "Dites ce que l’on fait.")

    back = await now_is(mission)
    assert (back.status, back.minors) == (Status.RETURNED, Minors.REQUESTED)
    mail = await last_email(author.email)
    assert mail.subject == "Votre mission : une réponse"
    assert "Contenu insuffisant" in mail.text
    assert "Dites ce que l’on fait." in mail.html
    await actions.submit(mission, author, NOW)
    assert (await now_is(mission)).status == Status.SUBMITTED


async def test_a_moderator_opens_to_minors_what_is_asked_and_closes_it_again() -> None:
    mission = await make.mission(minors=Minors.REQUESTED)
    author = await owner(mission)
    async with db.transaction():
        await actions.open_to_minors(mission, MODERATOR, NOW)
    assert (await now_is(mission)).minors == Minors.OPEN
    assert "accueille désormais des mineurs" in (await last_email(author.email)).text

    async with db.transaction():
        await actions.close_to_minors(mission, MODERATOR, NOW)
    assert (await now_is(mission)).minors == Minors.CLOSED
    assert "réservée aux personnes majeures" in (await last_email(author.email)).text


async def test_nobody_opens_to_minors_what_is_not_asked_or_is_exposed() -> None:
    quiet = await make.mission()
    exposed = await make.mission(minors=Minors.REQUESTED, exposures=["files"])
    night = await make.mission(minors=Minors.REQUESTED, starts_at=NOW.replace(hour=22, day=20))
    for mission in (quiet, exposed, night):
        with pytest.raises(MinorsStayOut):
            async with db.transaction():
                await actions.open_to_minors(mission, MODERATOR, NOW)
        assert (await now_is(mission)).minors != Minors.OPEN


async def test_pausing_and_resuming() -> None:
    mission = await make.mission()
    author = await owner(mission)
    await actions.pause(mission, author, NOW)
    assert (await now_is(mission)).paused_because == "association"
    with pytest.raises(OutOfDate):
        await actions.pause(mission, author, NOW)

    await actions.resume(mission, author, NOW)
    assert ((await now_is(mission)).status, (await now_is(mission)).paused_because) == ("published", None)


@pytest.mark.parametrize("because", ["association", "silent", "undated"])
async def test_a_member_resumes_whatever_paused_it(because: str) -> None:
    mission = await make.mission(status=Status.PAUSED, paused_because=because)
    await actions.resume(mission, await owner(mission), NOW)
    assert (await now_is(mission)).status == Status.PUBLISHED


async def test_cancelling_ends_every_live_application_and_tells_everyone() -> None:
    mission = await make.mission()
    pending = await make.volunteer()
    await make.application(mission, pending)
    await make.application(mission, status=Application_.ACCEPTED)
    author = await owner(mission)

    await actions.cancel(mission, author, NOW, "La salle a brûlé.")

    assert (await now_is(mission)).status == Status.CANCELLED
    rows = await Application.select(Application.status, Application.ended_by)
    assert {(row["status"], row["ended_by"]) for row in rows} == {("lapsed", "association")}
    assert (await make.only_slot(mission)).places_taken == 0
    assert "2 personnes sont prévenues." in (await last_email(author.email)).text
    assert await emails_to((await make.account_of(pending)).email)


@pytest.mark.parametrize("status", [s for s in Status if s not in (Status.FINISHED, Status.CANCELLED)])
async def test_anything_not_over_can_be_cancelled(status: Status) -> None:
    mission = await make.mission(status=status)
    author = await owner(mission)
    await actions.cancel(mission, author, NOW)
    gone = await now_is(mission)
    assert (gone.status, gone.paused_because, gone.suspended_from) == ("cancelled", None, None)
    with pytest.raises(Refusal):
        await actions.cancel(mission, author, NOW)


async def test_of_two_clicks_at_once_one_moves_the_mission() -> None:
    mission = await make.mission()
    author = await owner(mission)
    answers = await asyncio.gather(
        *(actions.pause(mission, author, NOW) for _ in range(4)), return_exceptions=True
    )
    assert [type(answer) for answer in answers].count(OutOfDate) == 3
    assert await Change.count().where(Change.row_id == mission.id, Change.target == "paused") == 1


async def test_nobody_is_let_in_while_the_mission_is_written_again() -> None:
    mission = await make.mission(status=Status.RETURNED, minors=Minors.REQUESTED)
    with pytest.raises(OutOfDate):
        async with db.transaction():
            await actions.open_to_minors(mission, MODERATOR, NOW)
