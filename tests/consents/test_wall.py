"""The top invariant: no accepted minor without a given consent line for the slot, whoever writes."""

import asyncio

import pytest

from marketplace import db
from marketplace.applications.lifecycle import Status
from marketplace.applications.tables import Application
from marketplace.consents.lifecycle import Status as ConsentStatus
from marketplace.missions.tables import Slot
from marketplace.volunteers.tables import Volunteer
from tests import make
from tests.walls import must_refuse

ACCEPT_WITHOUT = (
    "UPDATE application SET status = 'accepted' WHERE id = {pending}",
    "UPDATE application SET status = 'accepted', accepted_at = status_at WHERE id = {awaiting}",
    "UPDATE application SET came_of_age_at = NULL, status = 'accepted' WHERE id = {pending}",
    "INSERT INTO application {accepted_minor}",
    "INSERT INTO application {accepted_minor} ON CONFLICT DO NOTHING",
)
ACCEPT_SQLITE = (
    "UPDATE OR IGNORE application SET status = 'accepted' WHERE id = {pending}",
    "UPDATE OR REPLACE application SET status = 'accepted' WHERE id = {pending}",
    "INSERT OR IGNORE INTO application {accepted_minor}",
    "INSERT OR REPLACE INTO application {accepted_minor}",
    "INSERT OR FAIL INTO application {accepted_minor}",
)
TAKE_AWAY = (
    "DELETE FROM consent_line WHERE id = {line}",
    "UPDATE consent_line SET status = 'withdrawn' WHERE id = {line}",
    "UPDATE consent_line SET status = 'asked' WHERE id = {line}",
    "UPDATE consent_line SET slot = {other_slot} WHERE id = {line}",
    "UPDATE consent_line SET volunteer = {other_minor} WHERE id = {line}",
    "UPDATE consent SET volunteer = {other_minor} WHERE id = {consent}",
    "INSERT INTO consent_line (consent, volunteer, slot, status) "
    "SELECT consent, volunteer, slot, 'withdrawn' FROM consent_line WHERE id = {line} "
    "ON CONFLICT (consent, slot) DO UPDATE SET status = 'withdrawn'",
)
TAKE_AWAY_SQLITE = (
    "UPDATE OR IGNORE consent_line SET status = 'withdrawn' WHERE id = {line}",
    "UPDATE OR REPLACE consent_line SET status = 'withdrawn' WHERE id = {line}",
    "UPDATE OR REPLACE consent_line SET id = {line} WHERE id <> {line}",
    "REPLACE INTO consent_line (consent, volunteer, slot, status) "
    "SELECT consent, volunteer, slot, 'withdrawn' FROM consent_line WHERE id = {line}",
    "REPLACE INTO consent_line (id, consent, volunteer, slot, status) "
    "SELECT id, consent, volunteer, slot, 'withdrawn' FROM consent_line WHERE id = {line}",
    "INSERT OR REPLACE INTO consent_line (consent, volunteer, slot, status) "
    "SELECT {other_consent}, volunteer, slot, 'given' FROM consent_line WHERE id = {line}",
)
TAKE_AWAY_POSTGRES = (
    "TRUNCATE consent_line",
    "TRUNCATE consent CASCADE",
    "DELETE FROM consent WHERE id = {consent}",
)
COLUMNS = """public_id, slot, volunteer, status, status_at, is_minor, message, tasks, undertaking,
    prerequisites, reason, reason_message, created_at"""


async def the_board() -> dict[str, object]:
    """Three minors: accepted with a given line, pending without one, and awaiting the answer."""
    mission = await make.mission(places=9, minors="open")
    slot = await make.only_slot(mission)
    other_slot = await make.only_slot(await make.mission(minors="open"))
    accepted = await make.application(slot, await make.volunteer(age=16), status=Status.ACCEPTED)
    pending = await make.application(slot, await make.volunteer(age=16))
    asking = await make.volunteer(age=17)
    awaiting = await make.application(slot, asking, status=Status.AWAITING_CONSENT)
    other_consent = await make.consent(asking, slot, status=ConsentStatus.ASKED)
    lines = await db.fetch("SELECT id, consent FROM consent_line WHERE volunteer = {}", accepted.volunteer)
    newcomer = await make.volunteer(age=16)
    accepted_minor = f"""({COLUMNS}) SELECT 'zzzzzzzzzzzz', slot, {newcomer.id}, 'accepted', status_at,
        is_minor, message, tasks, undertaking, prerequisites, reason, reason_message, created_at
        FROM application WHERE id = {pending.id}"""
    return {
        "pending": pending.id,
        "awaiting": awaiting.id,
        "accepted": accepted.id,
        "line": lines[0]["id"],
        "consent": lines[0]["consent"],
        "other_consent": other_consent.id,
        "other_slot": other_slot.id,
        "other_minor": newcomer.id,
        "accepted_minor": accepted_minor,
    }


async def a_pending_minor() -> tuple[Volunteer, Slot, Application]:
    """A minor whose application awaits the association; no guardian was asked."""
    minor = await make.volunteer(age=16)
    slot = await make.only_slot(await make.mission(minors="open"))
    return minor, slot, await make.application(slot, minor)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    sqlite = metafunc.config.getoption("engine") == "sqlite"
    if "acceptance" in metafunc.fixturenames:
        metafunc.parametrize("acceptance", ACCEPT_WITHOUT + (ACCEPT_SQLITE if sqlite else ()))
    if "removal" in metafunc.fixturenames:
        metafunc.parametrize("removal", TAKE_AWAY + (TAKE_AWAY_SQLITE if sqlite else TAKE_AWAY_POSTGRES))


async def test_no_sql_accepts_a_minor_without_a_given_line(
    acceptance: str, database: None, database_url: str
) -> None:
    board = await the_board()
    await must_refuse(database_url, acceptance.format(**board), wall="minor_needs_consent")


async def test_no_sql_takes_the_line_from_under_an_accepted_minor(
    removal: str, database: None, database_url: str
) -> None:
    board = await the_board()
    await must_refuse(database_url, removal.format(**board))


@pytest.mark.parametrize("status", [s for s in ConsentStatus if s != ConsentStatus.GIVEN])
async def test_only_a_given_line_of_the_very_slot_opens_the_wall(
    status: ConsentStatus, database: None, database_url: str
) -> None:
    minor, slot, pending = await a_pending_minor()
    await make.consent(minor, slot, status=status)
    await make.consent(minor, await make.only_slot(await make.mission(minors="open")))
    sql = f"UPDATE application SET status = 'accepted' WHERE id = {pending.id}"
    await must_refuse(database_url, sql, wall="minor_needs_consent")

    await make.consent(minor, slot)
    await db.fetch(sql)
    assert [row["status"] for row in await statuses(pending.id)] == ["accepted"]


async def test_a_minor_who_came_of_age_needs_no_line(database: None) -> None:
    board = await the_board()
    await db.fetch("UPDATE application SET came_of_age_at = status_at WHERE id = {}", board["accepted"])
    await db.fetch("UPDATE consent_line SET status = 'void' WHERE id = {}", board["line"])
    assert [row["status"] for row in await statuses(board["accepted"])] == ["accepted"]


async def test_coming_of_age_is_written_once(database: None, database_url: str) -> None:
    board = await the_board()
    await db.fetch("UPDATE application SET came_of_age_at = status_at WHERE id = {}", board["accepted"])
    sql = f"UPDATE application SET came_of_age_at = NULL WHERE id = {board['accepted']}"
    await must_refuse(database_url, sql, wall="came_of_age_once")


@pytest.mark.parametrize("first", ["accept", "take the line back"])
async def test_accepting_and_taking_the_line_back_at_once_only_one_wins(first: str, database: None) -> None:
    """Each transaction is held open after its write, so that on PostgreSQL the two truly overlap."""
    minor, slot, application = await a_pending_minor()
    await make.consent(minor, slot)
    writes = {
        "accept": f"UPDATE application SET status = 'accepted' WHERE id = {application.id}",
        "take the line back": "UPDATE consent_line SET status = 'withdrawn'",
    }
    second = next(name for name in writes if name != first)
    written = asyncio.Event()

    async def write(name: str) -> str:
        if name == second:
            await written.wait()
        try:
            async with db.transaction():
                await db.fetch(writes[name])
                written.set()
                if name == first:
                    await asyncio.sleep(0.2)  # the other waits at our lock meanwhile, or would pass us
        except Exception as error:
            return db.violated(error) or "other"
        return "done"

    answers = dict(zip(writes, await asyncio.gather(*(write(name) for name in writes)), strict=True))

    assert answers[first] == "done"
    assert answers[second] in {
        "minor_needs_consent",
        "accepting_minor_needs_consent",
        "accepted_minor_keeps_consent",
    }


async def statuses(application_id: object) -> list[dict[str, object]]:
    return await db.fetch("SELECT status FROM application WHERE id = {}", application_id)
