"""The world that routes are visited in: made once, and brought back for each test."""

import pytest

from marketplace.web import clock as site_clock
from tests.client import Client, Clock
from tests.databases import bring_back, clean, keep
from tests.people import World, world


@pytest.fixture(scope="session")
async def kept_world(migrated: None) -> World:
    with pytest.MonkeyPatch.context() as stopped:
        stopped.setattr(site_clock, "datetime", Clock())
        await clean()
        made = await world()
    await keep("world")
    return made


@pytest.fixture
async def made(client: Client, kept_world: World) -> World:
    """One of each kind of person around one mission: tests.people.world()."""
    await bring_back("world")
    return kept_world
