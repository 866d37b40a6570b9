"""An empty database of its own for tests of the engines themselves."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from piccolo.apps.migrations.tables import Migration

from marketplace import db
from marketplace.db.postgres import Postgres
from marketplace.db.sqlite import Sqlite
from tests.servers import create_database, drop_database

Engine = Sqlite | Postgres


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """`test_sqlite_….py` is about SQLite only, `test_postgres_….py` about PostgreSQL only."""
    others = {"sqlite": "test_postgres", "postgres": "test_sqlite"}[config.getoption("engine")]
    return True if collection_path.name.startswith(others) else None


@pytest.fixture
async def empty_url(engine_name: str, database_url: str, tmp_path: Path) -> AsyncIterator[str]:
    """The URL of a database without any table."""
    if engine_name == "sqlite":
        yield f"sqlite:///{tmp_path}/empty.db"
        return
    url = await create_database(database_url)
    yield url
    await drop_database(url)


@pytest.fixture
async def engine(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Engine]:
    """An engine on it, which `marketplace.db` uses for this test; with the table `thing(id, name)`."""
    engine = db.open_engine(empty_url)
    monkeypatch.setattr(db, "engine", lambda: engine)
    monkeypatch.setattr(Migration._meta, "_db", engine)
    await db.start()
    await db.fetch("CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT)")
    yield engine
    await db.stop()
