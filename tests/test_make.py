"""The factories make rows the database accepts, in every state."""

import pytest

from marketplace.applications.lifecycle import HOLDS_PLACE
from marketplace.applications.lifecycle import Status as Application_
from marketplace.associations.lifecycle import Status as Association_
from marketplace.missions.lifecycle import Status as Mission_
from tests import make

pytestmark = pytest.mark.usefixtures("database")


@pytest.mark.parametrize("status", Association_)
async def test_an_association_in_every_state(status: Association_) -> None:
    row = await make.association(status=status)

    assert row.status == status
    assert (await make.owner_of(row)).id == row.charter_accepted_by


@pytest.mark.parametrize("status", Mission_)
async def test_a_mission_in_every_state(status: Mission_) -> None:
    row = await make.mission(status=status, places=3, starts_at=make.after(days=7))

    assert row.status == status
    assert (await make.only_slot(row)).places == 3


@pytest.mark.parametrize("age", [None, 16])
@pytest.mark.parametrize("status", Application_)
async def test_an_application_in_every_state(status: Application_, age: int | None) -> None:
    mission = await make.mission()
    row = await make.application(mission, await make.volunteer(age=age), status=status)

    assert row.is_minor == (age is not None)
    assert (await make.only_slot(mission)).places_taken == int(status in HOLDS_PLACE)


async def test_a_moderator() -> None:
    assert (await make.moderator()).active
