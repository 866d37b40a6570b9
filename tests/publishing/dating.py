"""Missions with several dates, for the tests of dates."""

from datetime import datetime, timedelta
from typing import Any

from marketplace.associations.tables import Association
from marketplace.missions.queries import slots_of
from marketplace.missions.series import Hours
from marketplace.missions.tables import Mission, Slot
from tests import make
from tests.client import Client

HOURS_2 = timedelta(hours=2)
FIRST = make.after(days=7)


def weekly(count: int, first: datetime = FIRST) -> list[Hours]:
    starts = [first + timedelta(days=7 * week) for week in range(count)]
    return [Hours(start, start + HOURS_2) for start in starts]


async def series(count: int = 4, **values: Any) -> Mission:
    """A mission every week, the first time in a week."""
    mission = await make.mission(starts_at=FIRST, places=3, **values)
    for hours in weekly(count)[1:]:
        await make.slot(mission, places=3, starts_at=hours.starts_at)
    return mission


async def mine(client: Client, mission: Mission) -> None:
    association = await Association.objects().get(Association.id == mission.association)
    assert association is not None
    await client.sign_in(await make.owner_of(association))


async def standing(mission: Mission) -> list[Slot]:
    return [slot for slot in await slots_of(mission.id) if slot.cancelled_at is None]


async def now_is(mission: Mission) -> Any:
    found = await Mission.objects().get(Mission.id == mission.id)
    assert found is not None
    return found
