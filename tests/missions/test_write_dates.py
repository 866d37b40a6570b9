"""The page « Quand » of a draft, when the mission comes back: its slots are written as a whole."""

from datetime import UTC, datetime
from typing import Any

import pytest

from marketplace.associations.tables import Association
from marketplace.missions.lifecycle import Minors, Status
from marketplace.missions.queries import slots_of
from marketplace.missions.tables import Mission, Slot
from marketplace.publishing import actions as publishing
from marketplace.publishing.errors import Incomplete
from tests import make
from tests.client import Client
from tests.make import NOW


def day(name: str, date: str, time: str = "") -> dict[str, str]:
    year, month, number = date.split("-")
    parts = {f"{name}_day": number, f"{name}_month": month, f"{name}_year": year}
    return parts | ({f"{name}_time": time} if time else {})


WEEKLY: dict[str, Any] = {
    "timing": "dated",
    **day("starts", "2027-03-16", "14:00"),
    **day("ends", "2027-03-16", "16:00"),
    "weekdays": ["2", "4"],
    **day("until", "2027-05-13"),
}


async def draft(client: Client, **values: Any) -> Mission:
    mission = await make.mission(status=Status.DRAFT, **values)
    association = await Association.objects().get(Association.id == mission.association)
    assert association is not None
    await client.sign_in(await make.owner_of(association))
    return mission


async def fresh(mission: Mission) -> Any:
    found = await Mission.objects().get(Mission.id == mission.id)
    assert found is not None
    return found


async def write(client: Client, mission: Mission, step: str, typed: dict[str, Any]) -> None:
    page = await client.get(f"/mes-missions/{mission.public_id}/ecrire/{step}")
    await client.submit(page, typed)


def moments(slots: list[Slot]) -> list[Any]:
    return [(slot.starts_at, slot.ends_at) for slot in slots]


async def test_a_mission_that_comes_back_has_its_dates_shown_and_sent(client: Client) -> None:
    mission = await draft(client, places=3)
    await write(client, mission, "dates", WEEKLY)

    slots = await slots_of(mission.id)
    assert len(slots) == 18
    assert slots[0].starts_at == datetime(2027, 3, 16, 13, tzinfo=UTC)
    assert slots[-1].starts_at == datetime(2027, 5, 13, 12, tzinfo=UTC)
    assert {slot.places for slot in slots} == {3}
    check = await client.get(f"/mes-missions/{mission.public_id}/verification")
    assert "Et 13 autres dates" in check.text
    preview = await client.get(f"/mes-missions/{mission.public_id}/apercu")
    assert "Et 13 autres dates" in preview.text
    assert "Il reste 54 places" in preview.text
    await client.submit(check, form="verification")
    assert (await fresh(mission)).status == Status.SUBMITTED


async def test_the_page_saved_as_it_is_shown_keeps_the_dates(client: Client) -> None:
    mission = await draft(client)
    await write(client, mission, "dates", WEEKLY)
    before = moments(await slots_of(mission.id))
    await write(client, mission, "dates", {"rhythm": "few_hours_week"})
    assert moments(await slots_of(mission.id)) == before
    assert (await fresh(mission)).rhythm == "few_hours_week"


async def test_the_places_are_those_of_each_date_and_stay_when_dates_change(client: Client) -> None:
    mission = await draft(client)
    await write(client, mission, "dates", WEEKLY)
    await write(client, mission, "places", {"places": "7"})
    assert {slot.places for slot in await slots_of(mission.id)} == {7}
    await write(client, mission, "dates", {"weekdays": ["2"]})
    slots = await slots_of(mission.id)
    assert (len(slots), {slot.places for slot in slots}) == (9, {7})


async def test_fewer_dates_then_none_leave_one_slot(client: Client) -> None:
    mission = await draft(client)
    await write(client, mission, "dates", WEEKLY)
    once: dict[str, Any] = {"weekdays": None, "until_day": "", "until_month": "", "until_year": ""}
    await write(client, mission, "dates", once)
    assert len(await slots_of(mission.id)) == 1
    await write(client, mission, "dates", WEEKLY)
    await write(client, mission, "dates", {"timing": "anytime"})
    (slot,) = await slots_of(mission.id)
    assert slot.starts_at is None


async def test_one_date_at_night_among_many_closes_it_to_minors(client: Client) -> None:
    mission = await draft(client, minors=Minors.REQUESTED)
    late = {**day("starts", "2027-03-16", "20:00"), **day("ends", "2027-03-16", "22:30")}
    await write(client, mission, "dates", WEEKLY | late)
    assert (await fresh(mission)).minors == Minors.CLOSED


async def test_a_copy_has_no_dates(client: Client) -> None:
    mission = await draft(client, places=4)
    await write(client, mission, "dates", WEEKLY)
    page = await client.get(f"/mes-missions/{mission.public_id}")
    answer = await client.submit(page, form="copie")
    copy = await Mission.objects().get(Mission.public_id == answer.location.split("/")[2])
    assert copy is not None
    (slot,) = await slots_of(copy.id)
    assert slot.starts_at is None
    assert slot.places == 4


@pytest.mark.parametrize(
    ("now", "ready"), [(NOW, True), (make.after(days=30), True), (make.after(days=90), False)]
)
async def test_dates_that_pass_while_a_moderator_reads_do_not_stop_it(
    client: Client, now: datetime, ready: bool
) -> None:
    mission = await draft(client)
    await write(client, mission, "dates", WEEKLY)
    association = await Association.objects().get(Association.id == mission.association)
    assert association is not None
    sent = publishing.submit(mission, await make.owner_of(association), now)
    if ready:
        await sent
        assert (await fresh(mission)).status == Status.SUBMITTED
    else:
        with pytest.raises(Incomplete):
            await sent
