"""Migrations run once, whole, whoever asks and however often."""

import asyncio
import os
import sys
from pathlib import Path

import pytest
from piccolo.conf.apps import AppConfig

from marketplace import db
from marketplace.db.migrate import forwards
from tests.db.conftest import Engine

MIGRATION = """
from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from marketplace import db

ID = "{id}"

async def run():
    for statement in {statements!r}:
        await db.fetch(statement)

async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="tiny", description="")
    manager.add_raw(run)
    return manager
"""
SCRIPT = """
import asyncio
from piccolo.conf.apps import AppConfig
from marketplace.db.migrate import forwards
app = AppConfig(app_name="tiny", migrations_folder_path={folder!r}, table_classes=[])
print(asyncio.run(forwards(app)))
"""


def app_with(folder: Path, **migrations: list[str]) -> AppConfig:
    """An app whose migrations run these statements; the file names differ between tests as modules must."""
    folder.mkdir(exist_ok=True)
    for name, statements in migrations.items():
        file = folder / f"{folder.parent.name.replace('-', '_')}_{name}.py"
        file.write_text(MIGRATION.format(id=name, statements=statements))
    return AppConfig(app_name="tiny", migrations_folder_path=str(folder), table_classes=[])


async def history() -> list[str]:
    return [row["name"] for row in await db.fetch("SELECT name FROM migration ORDER BY id")]


@pytest.mark.usefixtures("engine")
async def test_migrating_twice_runs_each_once_in_order_and_prints_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    app = app_with(tmp_path / "m", b=["INSERT INTO first VALUES (1)"], a=["CREATE TABLE first (n INTEGER)"])

    assert (await forwards(app), await forwards(app)) == (["a", "b"], [])
    assert await history() == ["a", "b"]
    assert await db.fetch("SELECT n FROM first") == [{"n": 1}]
    assert capsys.readouterr().out == ""


@pytest.mark.usefixtures("engine")
async def test_a_migration_that_fails_leaves_nothing_and_can_be_run_again(tmp_path: Path) -> None:
    app = app_with(tmp_path / "m", a=["CREATE TABLE first (n INTEGER)", "INSERT INTO thing VALUES (1, 'x')"])
    await db.fetch("INSERT INTO thing VALUES (1, 'in the way')")

    with pytest.raises(Exception, match=r"(?i)unique"):
        await forwards(app)
    assert await history() == []
    await db.fetch("DELETE FROM thing")

    assert await forwards(app) == ["a"]


async def test_two_processes_at_once_make_one_history(engine: Engine, empty_url: str, tmp_path: Path) -> None:
    app_with(tmp_path / "m", **{f"m{n}": [f"CREATE TABLE t{n} (n INTEGER)"] for n in range(5)})
    script = SCRIPT.format(folder=str(tmp_path / "m"))
    environment = {**os.environ, "MARKETPLACE_DATABASE_URL": empty_url}

    processes = [
        await asyncio.create_subprocess_exec(
            sys.executable,
            "-c",
            script,
            env=environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        for _ in range(3)
    ]
    results = [await process.communicate() for process in processes]

    everything = [f"m{n}" for n in range(5)]
    assert [error for _, error in results] == [b""] * 3
    assert sorted(out.decode().strip() for out, _ in results) == sorted([str(everything), "[]", "[]"])
    assert await history() == everything
