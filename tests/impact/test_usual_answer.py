"""« Répond en général en N jours », on a mission's page."""

import pytest

from marketplace.impact.actions import compute
from tests import make
from tests.client import Client
from tests.impact.answering import several

SAYS = "Cette association répond en général en"


@pytest.mark.parametrize(("days", "words"), [(1, "1 jour."), (3, "3 jours.")])
async def test_an_open_mission_says_how_long_its_association_takes(
    client: Client, days: int, words: str
) -> None:
    mission = await make.mission()
    await several(5, mission, days=days)
    await compute(make.NOW)

    page = await client.get(f"/missions/{mission.public_id}")

    assert f"{SAYS} {words}" in page.text.replace("\u00a0", " ")


async def test_below_five_answers_it_says_nothing(client: Client) -> None:
    mission = await make.mission()
    await several(4, mission)
    await compute(make.NOW)

    assert SAYS not in (await client.get(f"/missions/{mission.public_id}")).text


async def test_a_mission_that_takes_people_at_once_has_nothing_to_wait_for(client: Client) -> None:
    mission = await make.mission(admission="instant")
    await several(9, mission)
    await compute(make.NOW)

    assert SAYS not in (await client.get(f"/missions/{mission.public_id}")).text
