"""What every test may ask for: first the database, on the engine that `--engine` names."""

import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import ExitStack
from importlib import import_module

import pytest
from argon2 import PasswordHasher

from marketplace import db, settings
from marketplace.db.migrate import migrate
from marketplace.moderation import passwords
from tests.databases import TEMPLATE, clean, keep
from tests.servers import database_for

pytest_plugins = ["tests.client"]  # client, clock, site
LEAST_MEMORY_KIB, LEAST_ROUNDS = 65_536, 3
SERVERS = pytest.StashKey[ExitStack]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--engine", choices=("sqlite", "postgres"), default="sqlite", help="which database")


def pytest_configure(config: pytest.Config) -> None:
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a run that is ended stops its servers too
    config.stash[SERVERS] = servers = ExitStack()
    os.environ["MARKETPLACE_DATABASE_URL"] = servers.enter_context(database_for(config.getoption("engine")))
    settings.current.cache_clear()
    db.engine.cache_clear()
    # Piccolo keeps the engine it finds here first: let it be this one, whatever was imported before.
    sys.modules.pop("piccolo_conf", None)
    import_module("piccolo_conf")
    _hash_quickly()


def _hash_quickly() -> None:
    """Staff passwords cost a tenth of a second each by design; here, after a look at the design, nothing."""
    real = passwords._hasher
    if real.memory_cost < LEAST_MEMORY_KIB or real.time_cost < LEAST_ROUNDS:
        raise pytest.UsageError(
            "Staff passwords are hashed too cheaply: see marketplace/moderation/passwords.py"
        )
    passwords._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    passwords.NOBODY = passwords._hasher.hash("nobody knows")


def pytest_unconfigure(config: pytest.Config) -> None:
    config.stash[SERVERS].close()


@pytest.fixture(scope="session")
def engine_name(request: pytest.FixtureRequest) -> str:
    """`sqlite` or `postgres`."""
    return str(request.config.getoption("engine"))


@pytest.fixture(scope="session")
def database_url() -> str:
    """What MARKETPLACE_DATABASE_URL is, for tests that start real processes."""
    return os.environ["MARKETPLACE_DATABASE_URL"]


@pytest.fixture(scope="session")
async def migrated() -> AsyncIterator[None]:
    """The newest version of every table, once per run."""
    await migrate()
    if not db.is_postgres():
        await keep(TEMPLATE)
    await db.start()
    yield
    await db.stop()


@pytest.fixture
async def database(migrated: None) -> None:
    """A database as the migrations leave it."""
    await clean()
