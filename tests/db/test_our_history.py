"""The site's own migrations, from an empty database and from the newest."""

import asyncio
import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from marketplace import db, piccolo_migrations
from marketplace.db.migrate import migrate
from marketplace.web.tables import Attempt

SCRIPT = "import asyncio; from marketplace.db.migrate import migrate; print(len(asyncio.run(migrate())))"


def our_migrations() -> int:
    return len(list(Path(piccolo_migrations.__path__[0]).glob("[!_]*.py")))


@pytest.mark.usefixtures("database")
async def test_migrating_the_newest_version_does_nothing() -> None:
    assert await migrate() == []
    assert len(await db.fetch("SELECT name FROM migration")) == our_migrations() > 0


@pytest.mark.parametrize("again", [1, 2])
@pytest.mark.usefixtures("database")
async def test_each_test_finds_the_database_as_the_migrations_leave_it(again: int) -> None:
    found = await Attempt.objects()
    async with db.transaction():
        await Attempt.insert(Attempt(key=f"visit {again}", window_at=datetime(2026, 11, 21, tzinfo=UTC)))
    rows = await Attempt.objects()

    assert found == []
    assert [(row.key, row.window_at) for row in rows] == [
        (f"visit {again}", datetime(2026, 11, 21, tzinfo=UTC))
    ]


async def test_two_servers_that_start_at_once_migrate_an_empty_database_once(empty_url: str) -> None:
    environment = {**os.environ, "MARKETPLACE_DATABASE_URL": empty_url}
    pipe = asyncio.subprocess.PIPE

    processes = [
        await asyncio.create_subprocess_exec(
            sys.executable, "-c", SCRIPT, env=environment, stdout=pipe, stderr=pipe
        )
        for _ in range(2)
    ]
    results = [await process.communicate() for process in processes]

    assert [error for _, error in results] == [b"", b""]
    assert sorted(int(out) for out, _ in results) == [0, our_migrations()]


async def test_rows_stored_before_a_migration_are_there_after_it_and_obey_its_rules(empty_url: str) -> None:
    environment = {**os.environ, "MARKETPLACE_DATABASE_URL": empty_url}
    script = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.db.carry_data", env=environment, stdout=asyncio.subprocess.PIPE
    )

    found = json.loads((await script.communicate())[0])

    assert len(found["before"]) == 1
    assert found["after"] == found["before"]
    assert found["full"] == "2: slot_is_full"
