"""`python -m marketplace check` says ok on a sound database, and sees each thing that is broken."""

from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from marketplace import check, db
from marketplace.lifecycle import By, note
from tests import make


@asynccontextmanager
async def walls_down() -> Any:
    """A connection for which the database refuses nothing: neither triggers, nor checks, nor keys."""
    if db.is_postgres():
        tables = (
            "application",
            "slot",
            "mission",
            "consent_line",
            "membership",
            "applicant",
            "mission_search",
        )
        for table in tables:
            await db.engine().run_ddl(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        try:
            yield
        finally:
            for table in tables:
                await db.engine().run_ddl(f"ALTER TABLE {table} ENABLE TRIGGER ALL")
        return
    for row in await db.fetch("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
        await db.engine().run_ddl(f"DROP TRIGGER {row['name']}")
    yield


async def miscount() -> None:
    slot = await make.only_slot(await make.mission(places=3))
    await db.fetch("UPDATE slot SET places_taken = 2 WHERE id = {} RETURNING id", slot.id)


async def forget_consent() -> None:
    volunteer = await make.volunteer(age=16)
    mission = await make.mission(minors="open", contact_level="none", exposures=[])
    await make.application(mission, volunteer, status="accepted")
    await db.fetch(
        "UPDATE consent_line SET status = 'withdrawn' WHERE volunteer = {} RETURNING id", volunteer.id
    )


async def lose_request() -> None:
    volunteer = await make.volunteer(age=16)
    await make.application(await make.mission(), volunteer, status="awaiting_consent")


async def date_the_undated() -> None:
    await make.slot(await make.mission(), starts_at=make.after(days=3))


async def forget_people() -> None:
    slot = await make.only_slot(await make.mission())
    await make.application(slot, status="waiting")
    await db.fetch("UPDATE slot SET cancelled_at = {} WHERE id = {} RETURNING id", make.NOW, slot.id)


async def lose_slot() -> None:
    slot = await make.only_slot(await make.mission())
    await db.fetch("DELETE FROM slot WHERE id = {} RETURNING id", slot.id)


async def lose_owner() -> None:
    association = await make.association()
    await db.fetch("DELETE FROM membership WHERE association = {} RETURNING id", association.id)


async def attest_minor() -> None:
    await make.volunteer(age=17, adult_attested_on=make.NOW.date())


async def lose_search_row() -> None:
    await make.mission()


async def misplace_in_search() -> None:
    mission = await make.mission()
    await db.fetch(
        """INSERT INTO mission_search (mission, counted_at, open_until, places_left) VALUES ({}, {}, {}, 2)
        RETURNING id""",
        mission.id,
        make.NOW,
        make.NOW,
    )


async def misword_in_search() -> None:
    mission = await make.mission()
    await db.fetch(
        """INSERT INTO mission_search (mission, counted_at, indexed_edition, title_t)
        VALUES ({}, {}, 1, 'autre') RETURNING id""",
        mission.id,
        make.NOW,
    )


async def pass_over() -> None:
    await make.application(await make.mission(places=3), status="waiting")


async def offer_twice() -> None:
    application = await make.application(await make.mission())
    for _ in range(2):
        await note("application", application.id, "waiting", "offered", By.TIME, make.NOW)


async def wait_for_ever() -> None:
    application = await make.application(await make.mission())
    await db.fetch("UPDATE application SET answer_by = NULL WHERE id = {} RETURNING id", application.id)


async def close_line() -> None:
    mission = await make.mission(minors="open", contact_level="none", exposures=[])
    consent = await make.consent(await make.volunteer(age=16), await make.only_slot(mission))
    await db.fetch("UPDATE consent_line SET status = 'void' WHERE consent = {} RETURNING id", consent.id)


async def reach_without_consent() -> None:
    mission = await make.mission(minors="open", contact_level="none", exposures=[])
    await make.application(mission, await make.volunteer(age=16))


async def forget_application() -> None:
    mission = await make.mission(minors="open", contact_level="none", exposures=[])
    await make.consent(await make.volunteer(age=16), await make.only_slot(mission))


BREAKS: dict[str, Callable[[], Awaitable[None]]] = {
    "places taken are those of the applications that hold one": miscount,
    "no accepted minor lacks a given consent for the slot": forget_consent,
    "an application that awaits a guardian has a request that is open": lose_request,
    "a mission shown to the public has a slot": lose_slot,
    "a mission has dates, or one slot without any": date_the_undated,
    "nobody is left in a cancelled slot": forget_people,
    "an association that is not closed has an owner": lose_owner,
    "a birth date is kept of no adult who attested it": attest_minor,
    "a mission that was published is in the search index": lose_search_row,
    "the search index knows the places and dates of its missions": misplace_in_search,
    "the search index holds its missions' texts": misword_in_search,
    "nobody who may come waits beside a place that could be offered": pass_over,
    "a place is offered once to an application": offer_twice,
    "what awaits an answer knows until when": wait_for_ever,
    "a consent that is open has a line that is": close_line,
    "no minor reaches the association without a given consent for the slot": reach_without_consent,
    "an open line is of a live application": forget_application,
}
# what indexes and CHECKs alone keep: they cannot be broken without altering the tables
KEPT_BY_TABLES = {
    "places taken are between 0 and the slot's places",
    "one live application per volunteer and slot",
    "a consent's lines are its own minor's",
    "only an unconfirmed application is nobody's, and somebody may confirm it",
    "a mission open to minors has no exposure that forbids it",
}


async def test_a_sound_database_breaks_nothing(database: None) -> None:
    minor = await make.volunteer(age=16)
    mission = await make.mission(minors="open", contact_level="none", exposures=[])
    await make.application(mission, minor, status="accepted")
    await make.application(mission)

    assert await check.broken() == {}


@pytest.mark.parametrize("says", sorted(BREAKS))
async def test_what_is_broken_is_seen(database: None, says: str) -> None:
    async with walls_down():
        await BREAKS[says]()

        assert says in await check.broken()


def test_every_invariant_is_shown_to_be_seen_or_kept_by_the_tables() -> None:
    assert {invariant.says for invariant in check.INVARIANTS} == set(BREAKS) | KEPT_BY_TABLES


async def test_the_report_counts_what_is_broken(database: None, capsys: pytest.CaptureFixture[str]) -> None:
    async with walls_down():
        await lose_owner()

        assert await check.report() == 1

    printed = capsys.readouterr().out
    assert "BROKEN  an association that is not closed has an owner" in printed
    assert printed.count("ok ") == len(check.INVARIANTS) - 1
