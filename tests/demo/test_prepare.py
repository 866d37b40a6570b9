"""The demonstration fills an empty database by the site's own actions, and leaves one in use alone."""

from datetime import timedelta

import pytest

from marketplace import check, db, demo
from marketplace.accounts.tables import Account
from marketplace.applications.lifecycle import Status as Application_
from marketplace.applications.tables import Application
from marketplace.associations.invitation_tables import Invitation
from marketplace.associations.lifecycle import Role
from marketplace.associations.lifecycle import Status as Association_
from marketplace.associations.tables import Association, Membership
from marketplace.discovery.saved_queries import saved_by
from marketplace.front.favourites_tables import Favourite
from marketplace.front.saved_words import read
from marketplace.impact.attestation_queries import given as given_hours
from marketplace.lifecycle import Change
from marketplace.mail.tables import Email
from marketplace.messages.tables import Message, Side
from marketplace.missions import queries
from marketplace.missions.lifecycle import Minors, Shown, Status
from marketplace.missions.tables import Mission
from marketplace.moderation import demo_staff, staff
from marketplace.moderation.tables import Decision
from marketplace.vocabulary.actions import load_communes
from marketplace.web.clock import paris_day
from tests import make
from tests.databases import clean

SEED = "Tenir l’administration d’une association, depuis chez vous"


@pytest.fixture(scope="module")
async def filled(migrated: None) -> None:
    """The demonstration, made once: it takes seconds, and the tests only look at it."""
    await clean()
    await load_communes()
    await demo.fill(make.NOW)


@pytest.mark.usefixtures("filled")
async def test_everything_is_there_in_every_state_and_nothing_is_broken() -> None:
    assert await check.broken() == {}
    assert await counted("association") == {Association_.VERIFIED: 5, Association_.SUBMITTED: 1}
    assert await counted("mission") == {
        Status.DRAFT: 6,
        Status.SUBMITTED: 3,
        Status.RETURNED: 2,
        Status.PUBLISHED: 24,
        Status.PAUSED: 2,
        Status.FINISHED: 1,
        Status.CANCELLED: 2,
    }
    assert set(await counted("application")) == {
        Application_.PENDING,
        Application_.ACCEPTED,
        Application_.AWAITING_CONSENT,
        Application_.DECLINED,
        Application_.WITHDRAWN,
        Application_.LAPSED,
        Application_.WAITING,
        Application_.OFFERED,
    }
    assert {mission.minors for mission in await Mission.objects()} == set(Minors)
    assert await shown() == set(Shown)


@pytest.mark.usefixtures("filled")
async def test_the_mission_to_be_filled_waits_for_two_people() -> None:
    mission = await Mission.objects().get(Mission.title == SEED)
    assert mission is not None
    view = await queries.view_of(mission, make.NOW)

    assert (view.places_taken, view.places, view.shown) == (0, 2, Shown.OPEN)
    assert mission.minors == Minors.OPEN
    assert mission.audiences == ["excluded", "in_difficulty"]
    assert (len(mission.tasks), len(mission.skills_wished)) == (8, 5)
    assert mission.undertaking
    assert mission.training


@pytest.mark.usefixtures("filled")
async def test_a_mission_of_four_dates_has_a_full_one_a_list_and_a_place_offered() -> None:
    mission = await Mission.objects().get(Mission.title == "Tenir une table de conversation")
    assert mission is not None
    first, *others = await queries.slots_of(mission.id)
    its = await Application.objects().where(Application.slot == first.id).order_by(Application.id)

    assert len({paris_day(slot.starts_at).weekday() for slot in (first, *others)}) == 1
    assert [(slot.places_taken, slot.places) for slot in (first, *others)] == [(3, 3), (1, 3), (0, 3), (0, 3)]
    assert [row.status for row in its] == [
        *[Application_.ACCEPTED] * 2,
        Application_.WITHDRAWN,
        Application_.OFFERED,
        *[Application_.WAITING] * 2,
    ]
    assert its[3].answer_by > make.NOW + timedelta(hours=24)


@pytest.mark.usefixtures("filled")
async def test_people_write_meet_note_hours_invite_keep_and_save() -> None:
    lea = await Account.objects().get(Account.email == "lea@example.org")
    assert lea is not None
    met = await Application.objects().where(Application.meeting_on.is_not_null())

    assert [
        (said.side, said.read_at is None) for said in await Message.objects().order_by(Message.sent_at)
    ] == [(Side.ASSOCIATION, False), (Side.VOLUNTEER, False), (Side.ASSOCIATION, True)]
    assert [row.status for row in met] == [Application_.PENDING]
    assert [given.minutes for given in await given_hours(lea.id)] == [180]
    assert {row.role for row in await Membership.objects()} == {Role.OWNER, Role.MANAGER}
    assert await Invitation.count().where(Invitation.accepted_at.is_null()) == 1
    assert await Favourite.count().where(Favourite.account == lea.id) == 3
    assert [await read(saved.query) is not None for saved in await saved_by(lea)] == [True]


@pytest.mark.usefixtures("filled")
async def test_people_were_told_and_a_guardian_agreed() -> None:
    templates = {email.template for email in await Email.objects()}
    accepted_minors = await Application.count().where(
        Application.is_minor.eq(True) & (Application.status == Application_.ACCEPTED)
    )

    assert {"consent_asked", "consent_given", "application_accepted", "mission_cancelled"} <= templates
    assert {"mission_finished", "feedback_asked", "mission_finish_noted"} <= templates
    assert accepted_minors == 1
    assert await Decision.count() > 30


@pytest.mark.usefixtures("filled")
async def test_moderators_sign_in_with_what_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    await demo.prepare()

    printed = capsys.readouterr().out
    assert "Sophie Garnier, volunteer: a place offered" in printed
    for told in demo_staff.DEMO_MODERATORS:
        assert f"{told.username:<8} password {told.password}" in printed
        code = demo_staff.code(told, make.NOW)
        assert await staff.sign_in(told.username, told.password, code, make.NOW)


async def test_a_second_start_changes_nothing(database: None, capsys: pytest.CaptureFixture[str]) -> None:
    await load_communes()
    await demo.prepare()
    before = await sizes()

    await demo.prepare()

    assert await sizes() == before
    assert before["mission"] == 40
    assert capsys.readouterr().out.count("lea@example.org") == 2


async def counted(table: str) -> dict[str, int]:
    rows = await db.fetch(f"SELECT status, count(*) AS found FROM {table} GROUP BY status")
    return {row["status"]: row["found"] for row in rows}


async def shown() -> set[Shown]:
    return {(await queries.view_of(mission, make.NOW)).shown for mission in await Mission.objects()}


async def sizes() -> dict[str, int]:
    return {
        str(table._meta.tablename): await table.count()
        for table in (Association, Mission, Application, Email, Change, Decision)
    }
