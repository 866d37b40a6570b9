"""Run twice, late by three days, or by two processes at once, each job leaves what it leaves once on time."""

import asyncio
import random
from collections.abc import AsyncIterator
from datetime import timedelta
from itertools import count
from typing import Any

import pytest

from marketplace import db, settings
from marketplace.applications import answers, late, late_queries, queries
from marketplace.lifecycle import Move
from marketplace.schedule import SCHEDULE
from tests import make
from tests.clock.process import JOBS
from tests.clock.rows import differences, rows
from tests.clock.worlds import WORLDS
from tests.databases import clean
from tests.told import Process, processes, tell

LATE = timedelta(days=3)
NO_DIFFERENCE: tuple[list[str], list[str]] = ([], [])

# What three days of a stopped clock change, on purpose: the rows that are missing, and those that come.
LATE_ON_PURPOSE: dict[str, tuple[list[str], list[str]]] = {
    # the first reminder is overtaken by the second; the other application is past its limit: it will lapse
    "remind associations": (
        [
            "email: template=application_reminder recipient=personne1@example.org",
            "reminder: application=1 kind=day_3",
            "reminder: application=2 kind=day_6",
        ],
        ["reminder: application=1 kind=day_6"],
    ),
    # the slot has begun: nobody is asked whether they come, or told where it is
    "ask who comes": (
        [
            "email: template=still_coming recipient=a@example.org",
            "email: template=still_coming recipient=b@example.org",
            "email: template=still_coming recipient=minor@example.org",
            "reminder: application=1 kind=coming",
            "reminder: application=2 kind=coming",
            "reminder: application=3 kind=coming",
        ],
        [],
    ),
    "remind of tomorrow": (
        [
            "email: template=eve_of_slot recipient=a@example.org",
            "email: template=eve_of_slot recipient=b@example.org",
            "email: template=eve_of_slot recipient=minor@example.org",
            "email: template=eve_of_slot_guardian recipient=parent@example.org",
            "reminder: application=1 kind=eve",
            "reminder: application=2 kind=eve",
            "reminder: application=3 kind=eve",
        ],
        [],
    ),
}
pytestmark = pytest.mark.usefixtures("migrated", "site")


@pytest.fixture(scope="module")
async def two(migrated: None) -> AsyncIterator[list[Process]]:
    async with processes("tests.clock.process", 2) as started:
        yield started


@pytest.fixture(autouse=True)
def delivered(monkeypatch: pytest.MonkeyPatch) -> Any:
    """As in the demonstration: an e-mail is delivered by being marked so."""
    monkeypatch.setenv("MARKETPLACE_DEMO", "yes")
    settings.current.cache_clear()
    yield
    monkeypatch.undo()
    settings.current.cache_clear()


async def world(job: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The database in which this job has something to do, the same each time; the instant it is due."""
    await clean()
    if db.is_postgres():
        for row in await db.fetch("SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'"):
            await db.engine().run_ddl(f'ALTER SEQUENCE "{row["sequencename"]}" RESTART')
    with monkeypatch.context() as same:
        same.setattr(make, "_numbers", count(1))
        same.setattr("secrets.choice", random.Random(job).choice)
        return await WORLDS[job]()


def test_every_job_is_in_the_table() -> None:
    assert set(WORLDS) == {job.name for job in SCHEDULE}


@pytest.mark.parametrize("job", WORLDS)
async def test_a_job_may_run_again_or_by_two_processes_at_once(
    job: str, two: list[Process], monkeypatch: pytest.MonkeyPatch
) -> None:
    at = await world(job, monkeypatch)
    before = await rows()
    await JOBS[job](at)
    once = await rows()
    assert differences(before, once) != NO_DIFFERENCE, "it had nothing to do"

    await JOBS[job](at)
    assert differences(once, await rows()) == NO_DIFFERENCE

    await world(job, monkeypatch)
    assert await tell(two, [f"{at.isoformat()} {job}"] * 2) == ["done"] * 2
    assert differences(once, await rows()) == NO_DIFFERENCE


@pytest.mark.parametrize("job", WORLDS)
async def test_three_days_late_it_leaves_the_same_but_what_would_help_nobody(
    job: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = await world(job, monkeypatch)
    await JOBS[job](at)
    on_time = await rows(instants=False)

    await world(job, monkeypatch)
    await JOBS[job](at + LATE)

    assert differences(on_time, await rows(instants=False)) == LATE_ON_PURPOSE.get(job, NO_DIFFERENCE)


async def test_a_reminder_that_is_not_remembered_is_seen_to_leave_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The control: without its row in `reminder`, running the job again changes what the test looks at."""

    async def always(*args: object) -> bool:
        return True

    monkeypatch.setattr(late, "claim", always)
    job = "remind associations"
    at = await world(job, monkeypatch)
    await JOBS[job](at)
    once = await rows()
    await JOBS[job](at)

    lost, gained = differences(once, await rows())
    assert lost == []
    assert [row.partition(" recipient")[0] for row in gained] == ["email: template=application_reminder"] * 2


async def test_an_end_that_does_not_look_again_is_seen_to_be_told_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The control: two that read, then write what they meant to, without lock and compare-and-set."""
    both_have_read = asyncio.Barrier(2)
    read = late_queries.late

    async def read_together(now: Any) -> Any:
        found = await read(now)
        await both_have_read.wait()
        return found

    job = "end late applications"
    at = await world(job, monkeypatch)
    await JOBS[job](at)
    once = await rows()

    at = await world(job, monkeypatch)
    monkeypatch.setattr(late_queries, "late", read_together)
    monkeypatch.setattr(late, "_fresh", queries.about)
    monkeypatch.setattr(answers, "advance", _without_comparing)
    await asyncio.gather(JOBS[job](at), JOBS[job](at))

    _, gained = differences(once, await rows())
    told = [row.split()[1] for row in gained if row.startswith("email")]
    assert told.count("template=application_lapsed") == 2
    assert told.count("template=offer_lapsed") == 1


async def _without_comparing(
    row: Any, step: Move, by: str, now: Any, actor: Any = None, **values: Any
) -> None:
    table = type(row)
    columns = {table._meta.get_column_by_name(name): value for name, value in values.items()}
    await table.update({table.status: step.target, **columns}).where(table.id == row.id)
