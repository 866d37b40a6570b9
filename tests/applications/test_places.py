"""The wall around places: 0 ≤ places_taken ≤ places, and the count is the holders', whoever writes."""

import asyncio

import pytest

from marketplace import db
from marketplace.applications import actions
from marketplace.applications.actions import Choices
from marketplace.applications.errors import SlotFull
from marketplace.applications.lifecycle import HOLDS_PLACE, Status
from marketplace.applications.tables import Application
from marketplace.missions.tables import Mission, Slot
from marketplace.volunteers.tables import Volunteer
from tests import make
from tests.client import Client
from tests.walls import must_refuse

COLUMNS = """public_id, slot, volunteer, status, status_at, is_minor, message, tasks, undertaking,
    prerequisites, reason, reason_message, created_at"""

# {copy} makes one more application of {volunteer} for {slot}, like the application {id}
COPY = f"""INTO application ({COLUMNS}) SELECT {{public_id}}, {{slot}}, {{volunteer}}, '{{status}}',
    status_at, is_minor, message, tasks, undertaking, prerequisites, reason, reason_message, created_at
    FROM application WHERE id = {{id}}"""

EITHER = (
    "INSERT {copy}",
    "INSERT {copy} ON CONFLICT DO NOTHING",
    "UPDATE application SET slot = {slot} WHERE id = {elsewhere}",
    "UPDATE application SET status = 'pending', ended_by = NULL WHERE id = {withdrawn}",
    "UPDATE slot SET places_taken = 0 WHERE id = {slot}",
    "UPDATE slot SET places_taken = places_taken - 1 WHERE id = {slot}",
    "UPDATE slot SET places = places + 9, places_taken = places_taken - 1 WHERE id = {slot}",
    "UPDATE slot SET places = 1 WHERE id = {slot}",
    "UPDATE slot SET mission = {other_mission} WHERE id = {slot}",
    "INSERT INTO slot (mission, places, places_taken, created_at) "
    "SELECT mission, 5, 1, created_at FROM slot WHERE id = {slot}",
    "INSERT INTO slot (id, mission, places, places_taken, created_at) "
    "SELECT id, mission, 9, 0, created_at FROM slot WHERE id = {slot} "
    "ON CONFLICT (id) DO UPDATE SET places_taken = 0",
)
SQLITE = (
    "INSERT OR IGNORE {copy}",
    "INSERT OR REPLACE {copy}",
    "INSERT OR FAIL {copy}",
    "INSERT OR ROLLBACK {copy}",
    "REPLACE {copy}",
    "REPLACE {same}",
    "INSERT OR REPLACE {same}",
    "INSERT OR REPLACE {same_public_id}",
    "UPDATE OR IGNORE application SET slot = {slot} WHERE id = {elsewhere}",
    "UPDATE OR REPLACE application SET slot = {slot} WHERE id = {elsewhere}",
    "UPDATE OR REPLACE application SET id = {id} WHERE id = {elsewhere}",
    "UPDATE OR IGNORE application SET status = 'pending', ended_by = NULL WHERE id = {withdrawn}",
    "UPDATE OR REPLACE application SET status = 'pending', ended_by = NULL WHERE id = {withdrawn}",
    "UPDATE OR IGNORE slot SET places_taken = 0 WHERE id = {slot}",
    "UPDATE OR REPLACE slot SET places_taken = 0 WHERE id = {slot}",
    "UPDATE OR IGNORE slot SET places = 1 WHERE id = {slot}",
    "UPDATE OR REPLACE slot SET id = {slot} WHERE id = {free_slot}",
    "INSERT OR REPLACE INTO slot (id, mission, places, places_taken, created_at) "
    "SELECT id, mission, 9, 0, created_at FROM slot WHERE id = {slot}",
)
POSTGRES = (
    "INSERT {same} ON CONFLICT (slot, volunteer) WHERE status IN ('unconfirmed', 'awaiting_consent', "
    "'pending', 'accepted', 'offered', 'waiting') DO UPDATE SET slot = {free_slot}",
    "TRUNCATE application CASCADE",
    "TRUNCATE slot CASCADE",
    "DELETE FROM slot WHERE id = {slot}",
    "WITH freed AS (UPDATE slot SET places_taken = 0 WHERE id = {slot} RETURNING id) INSERT {copy}",
)


async def the_board() -> dict[str, str]:
    """A full slot of two places, somebody who left it, somebody elsewhere, and a stranger."""
    mission = await make.mission(places=2)
    other_mission = await make.mission()
    full, free_slot = await make.only_slot(mission), await make.only_slot(other_mission)
    first = await make.application(full)
    await make.application(full, status=Status.ACCEPTED)
    withdrawn = await make.application(full, status=Status.WITHDRAWN)
    elsewhere = await make.application(free_slot)
    stranger = await make.volunteer()
    names = {
        "slot": full.id,
        "free_slot": free_slot.id,
        "other_mission": other_mission.id,
        "id": first.id,
        "withdrawn": withdrawn.id,
        "elsewhere": elsewhere.id,
        "status": "pending",
    }

    def copy(**values: object) -> str:
        return COPY.format(**names | {"public_id": "'zzzzzzzzzzzz'", "volunteer": stranger.id} | values)

    copies = {
        "copy": copy(),
        "same": copy(volunteer=first.volunteer),
        "same_public_id": copy(public_id=f"'{first.public_id}'", slot=free_slot.id),
    }
    return {name: str(value) for name, value in (names | copies).items()}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "attempt" in metafunc.fixturenames:
        sqlite = metafunc.config.getoption("engine") == "sqlite"
        metafunc.parametrize("attempt", EITHER + (SQLITE if sqlite else POSTGRES))


async def test_no_sql_gets_round_the_count(attempt: str, database: None, database_url: str) -> None:
    board = await the_board()
    await must_refuse(database_url, attempt.format(**board))


async def test_every_way_in_is_counted_and_every_way_out_is_uncounted(database: None) -> None:
    slot = await make.only_slot(await make.mission(places=9))
    for status in Status:
        application = await make.application(slot, status=status)
        fresh = await Slot.objects().get(Slot.id == slot.id)
        assert fresh is not None
        assert fresh.places_taken == (status in HOLDS_PLACE), status
        await Application.delete().where(Application.id == application.id)
        fresh = await Slot.objects().get(Slot.id == slot.id)
        assert fresh is not None
        assert fresh.places_taken == 0, status


async def test_places_may_be_raised_and_lowered_down_to_the_places_taken(database: None) -> None:
    slot = await make.only_slot(await make.mission(places=2))
    await make.application(slot)
    for places in (500, 1):
        await Slot.update({Slot.places: places}).where(Slot.id == slot.id)
        assert (await make.only_slot(await mission_of(slot))).places == places


async def test_the_last_place_goes_to_exactly_one_of_many_at_once(client: Client) -> None:
    slot = await make.only_slot(await make.mission(places=1))
    answers = await race(slot, 8)

    assert sorted(answers) == ["full"] * 7 + ["in"]
    assert (await make.only_slot(await mission_of(slot))).places_taken == 1


async def test_without_the_lock_the_database_still_refuses_one_too_many(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    slot = await make.only_slot(await make.mission(places=1))

    async def unlocked(mission_id: int) -> Mission:
        mission = await Mission.objects().get(Mission.id == mission_id)
        assert mission is not None
        return mission

    monkeypatch.setattr(actions, "lock_mission", unlocked)
    answers = await race(slot, 8)

    assert sorted(answers) == ["full"] * 7 + ["in"]


async def race(slot: Slot, people: int) -> list[str]:
    accounts = [await make.account() for _ in range(people)]

    async def one(number: int) -> str:
        try:
            await actions.apply(accounts[number], None, [slot], Choices(), make.NOW)
        except SlotFull:
            return "full"
        return "in"

    return list(await asyncio.gather(*(one(number) for number in range(people))))


async def mission_of(slot: Slot) -> Mission:
    mission = await Mission.objects().get(Mission.id == slot.mission)
    assert mission is not None
    return mission


async def test_one_live_application_per_volunteer_and_slot(database: None, database_url: str) -> None:
    slot = await make.only_slot(await make.mission(places=5))
    volunteer = await make.volunteer()
    live = await make.application(slot, volunteer)
    values = {"id": live.id, "public_id": "'zzzzzzzzzzzz'", "slot": slot.id, "volunteer": volunteer.id}
    for status in ("pending", "waiting", "offered"):
        sql = "INSERT " + COPY.format(**values, status=status)
        await must_refuse(database_url, sql)
    assert len(await db.fetch("SELECT id FROM application")) == 1


async def test_an_application_never_changes_hands(database: None, database_url: str) -> None:
    application = await make.application()
    other: Volunteer = await make.volunteer()
    for change in (f"volunteer = {other.id}", "is_minor = (NOT is_minor)", "public_id = 'zzzzzzzzzzzz'"):
        sql = f"UPDATE application SET {change} WHERE id = {application.id}"
        await must_refuse(database_url, sql, wall="application_is_fixed")
