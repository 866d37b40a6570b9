"""Places and free words of a mission that is online."""

from typing import Any

import pytest

from marketplace.accounts.tables import Account
from marketplace.applications.lifecycle import Status as Application_
from marketplace.associations.tables import Association
from marketplace.errors import NotFound
from marketplace.missions.lifecycle import Status
from marketplace.missions.tables import Mission
from marketplace.publishing import actions
from marketplace.publishing.errors import NotRunning, TooFewPlaces
from tests import make
from tests.make import NOW

pytestmark = pytest.mark.usefixtures("database", "site")
MODERATOR = 7


async def now_is(mission: Mission) -> Any:
    found = await Mission.objects().get(Mission.id == mission.id)
    assert found is not None
    return found


async def owner(mission: Mission) -> Account:
    association = await Association.objects().get(Association.id == mission.association)
    assert association is not None
    return await make.owner_of(association)


async def test_places_are_raised_and_lowered_down_to_those_taken() -> None:
    mission = await make.mission(places=3)
    for status in (Application_.PENDING, Application_.ACCEPTED):
        await make.application(mission, status=status)
    slot: Any = await make.only_slot(mission)

    await actions.change_places(mission, slot, 500, NOW)
    assert (await make.only_slot(mission)).places == 500
    await actions.change_places(mission, slot, 2, NOW)
    with pytest.raises(TooFewPlaces, match="2 places sont prises"):
        await actions.change_places(mission, slot, 1, NOW)
    assert (await make.only_slot(mission)).places == 2


@pytest.mark.parametrize("status", [s for s in Status if s not in (Status.PUBLISHED, Status.PAUSED)])
async def test_only_a_running_mission_has_places_and_words_to_change(status: Status) -> None:
    mission = await make.mission(status=status)
    with pytest.raises(NotRunning):
        await actions.change_places(mission, await make.only_slot(mission), 5, NOW)
    with pytest.raises(NotRunning):
        await actions.edit(mission, {"details": "Autre chose."}, NOW)
    assert (await now_is(mission)).details == mission.details


async def test_the_slot_must_be_the_missions() -> None:
    mission, other = await make.mission(), await make.mission()
    with pytest.raises(NotFound):
        await actions.change_places(mission, await make.only_slot(other), 50, NOW)
    assert (await make.only_slot(other)).places == 2
