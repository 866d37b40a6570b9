"""Dates of a mission that is online: more of them, places one by one, some given up."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from marketplace.applications.lifecycle import Status as Application_
from marketplace.applications.tables import Application
from marketplace.associations.tables import Association
from marketplace.discovery import actions as discovery
from marketplace.discovery.queries import search
from marketplace.discovery.searches import Search
from marketplace.errors import NotFound, Refusal
from marketplace.missions.lifecycle import Minors, Shown, Status
from marketplace.missions.policies import slot_key
from marketplace.missions.queries import slots_of, view_of
from marketplace.missions.series import MOST_DATES, Hours
from marketplace.publishing import actions, date_actions
from marketplace.publishing.errors import (
    DateOver,
    KnownDates,
    MinorsAtNight,
    NotRunning,
    StaysUndated,
    TooLate,
    TooManyDates,
)
from tests import make
from tests.client import emails_to
from tests.make import NOW
from tests.publishing.dating import FIRST, now_is, series, standing, weekly

pytestmark = pytest.mark.usefixtures("database", "site")


async def test_new_dates_are_added_and_known_ones_stay() -> None:
    mission = await series(2)
    before = await standing(mission)

    added = await date_actions.add_dates(mission, weekly(4), 9, NOW)

    slots = await standing(mission)
    assert added == 2
    assert [slot.places for slot in slots] == [3, 3, 9, 9]
    assert [slot.id for slot in slots[:2]] == [slot.id for slot in before]
    assert (await now_is(mission)).stands_at == NOW


async def test_the_mission_tells_the_parts_of_the_day_of_its_new_dates() -> None:
    mission = await series(1, day_parts=["morning"])
    await discovery.index(mission.id, NOW)
    evening = Search(day_parts=("evening",))
    assert (await search(evening, NOW)).total == 0

    await date_actions.add_dates(mission, weekly(2, FIRST + timedelta(hours=8)), 2, NOW)  # 18 h

    assert (await now_is(mission)).day_parts == ["morning", "evening"]
    assert (await search(evening, NOW)).total == 1


async def test_a_cancelled_date_can_be_had_again() -> None:
    mission = await series(2)
    await date_actions.cancel_dates(mission, slot_key((await standing(mission))[1]), False, "", NOW)
    assert await date_actions.add_dates(mission, weekly(2), 1, NOW) == 1
    assert len(await slots_of(mission.id)) == 3
    assert len(await standing(mission)) == 2


async def test_of_two_clicks_at_once_each_date_is_there_once() -> None:
    mission = await series(1)
    clicks = (date_actions.add_dates(mission, weekly(5), 1, NOW) for _ in range(3))
    answers = await asyncio.gather(*clicks, return_exceptions=True)
    assert sorted(str(type(answer).__name__) for answer in answers) == ["KnownDates", "KnownDates", "int"]
    assert len(await standing(mission)) == 5


@pytest.mark.parametrize(
    ("mission", "dates", "refusal"),
    [
        ({"starts_at": FIRST}, weekly(1), KnownDates),
        ({"starts_at": FIRST}, [Hours(make.after(hours=1), make.after(hours=3))], TooLate),
        ({}, weekly(1), StaysUndated),
        ({"starts_at": FIRST, "status": Status.SUSPENDED}, weekly(2), NotRunning),
        ({"starts_at": FIRST, "status": Status.DRAFT}, weekly(2), NotRunning),
        ({"starts_at": FIRST, "status": Status.CANCELLED}, weekly(2), NotRunning),
        ({"starts_at": FIRST}, weekly(MOST_DATES + 1), TooManyDates),
    ],
)
async def test_what_is_refused(mission: dict[str, Any], dates: list[Hours], refusal: type[Refusal]) -> None:
    row = await make.mission(**mission)
    with pytest.raises(refusal):
        await date_actions.add_dates(row, dates, 2, NOW)
    assert len(await slots_of(row.id)) == 1


@pytest.mark.parametrize("minors", list(Minors))
async def test_no_night_where_minors_come_or_may(minors: Minors) -> None:
    mission = await make.mission(starts_at=FIRST, minors=minors)
    night = [Hours(make.after(days=9, hours=11), make.after(days=9, hours=14))]  # 21 h to midnight
    if minors == Minors.CLOSED:
        assert await date_actions.add_dates(mission, night, 2, NOW) == 1
    else:
        with pytest.raises(MinorsAtNight):
            await date_actions.add_dates(mission, night, 2, NOW)


async def test_a_mission_that_has_ended_opens_again() -> None:
    mission = await make.mission(starts_at=make.after(days=-7))
    assert (await view_of(mission, NOW)).shown == Shown.ENDED
    await date_actions.add_dates(mission, weekly(2), 2, NOW)
    view = await view_of(mission, NOW)
    assert (view.shown, view.places, len(view.to_come)) == (Shown.OPEN, 4, 2)


async def test_one_date_ends_its_people_with_the_words_and_no_other() -> None:
    mission = await series()
    slots = await standing(mission)
    one, other = await make.volunteer(email="un@example.org"), await make.volunteer()
    ended = await make.application(slots[1], one, status=Application_.ACCEPTED)
    waits = await make.application(slots[1], status=Application_.WAITING)
    kept = await make.application(slots[2], other, status=Application_.ACCEPTED)

    told = await date_actions.cancel_dates(mission, slot_key(slots[1]), False, "La salle est prise.", NOW)

    assert told == 2
    rows = await Application.objects().order_by(Application.id)
    assert [(row.id, row.status, row.ended_by) for row in rows] == [
        (ended.id, "lapsed", "association"),
        (waits.id, "lapsed", "association"),
        (kept.id, "accepted", None),
    ]
    assert [slot.id for slot in await standing(mission)] == [slots[0].id, slots[2].id, slots[3].id]
    (mail,) = await emails_to("un@example.org")
    assert "La salle est prise." in mail.text
    assert "n’aura pas lieu le mardi 16 mars 2027 à 10 h" in mail.text.replace("\u00a0", " ")
    assert "La mission est annulée" not in mail.html
    assert (await view_of(mission, NOW)).places == 9


async def test_all_that_follow_and_what_is_left_shows_as_ended() -> None:
    mission = await series()
    slots = await standing(mission)
    await date_actions.cancel_dates(mission, slot_key(slots[2]), True, "", NOW)
    assert [slot.id for slot in await standing(mission)] == [slots[0].id, slots[1].id]
    await date_actions.cancel_dates(mission, slot_key(slots[0]), True, "", NOW)
    view = await view_of(await now_is(mission), NOW)
    assert (view.mission.status, view.shown) == (Status.PUBLISHED, Shown.ENDED)


async def test_what_has_started_is_cancelled_or_undated_stays() -> None:
    mission = await series()
    slots = await standing(mission)
    later = FIRST + timedelta(minutes=1)
    with pytest.raises(DateOver):
        await date_actions.cancel_dates(mission, slot_key(slots[0]), True, "", later)
    await date_actions.cancel_dates(mission, slot_key(slots[1]), False, "", later)
    with pytest.raises(DateOver):
        await date_actions.cancel_dates(mission, slot_key(slots[1]), False, "", later)
    with pytest.raises(DateOver):
        await date_actions.cancel_dates(await make.mission(), "sans-date", False, "", later)
    assert len(await standing(mission)) == 3


async def test_of_two_clicks_at_once_people_hear_once() -> None:
    mission = await series()
    slot = (await standing(mission))[0]
    await make.application(slot, await make.volunteer(email="un@example.org"))
    clicks = (date_actions.cancel_dates(mission, slot_key(slot), False, "", NOW) for _ in range(3))
    answers = await asyncio.gather(*clicks, return_exceptions=True)
    assert [type(answer) for answer in answers].count(DateOver) == 2
    assert len(await emails_to("un@example.org")) == 1


async def test_raising_offers_the_new_places_in_order() -> None:
    mission = await series(2)
    slot, other = await standing(mission)
    for _ in range(3):
        await make.application(slot, status=Application_.ACCEPTED)
    waiting = [await make.application(slot, status=Application_.WAITING) for _ in range(3)]

    await actions.change_places(mission, slot, 5, NOW)

    rows = {row.id: row.status for row in await Application.objects()}
    assert [rows[row.id] for row in waiting] == ["offered", "offered", "waiting"]
    assert [row.places for row in await standing(mission)] == [5, 3]
    with pytest.raises(NotFound):
        await actions.change_places(await make.mission(), other, 5, NOW)


async def test_resuming_offers_free_places() -> None:
    mission = await make.mission(places=1, status=Status.PAUSED)
    waits = await make.application(mission, status=Application_.WAITING)
    association = await Association.objects().get(Association.id == mission.association)
    assert association is not None
    await actions.resume(mission, await make.owner_of(association), NOW)
    row = await Application.objects().get(Application.id == waits.id)
    assert row is not None
    assert row.status == "offered"


async def test_a_past_date_is_read_only() -> None:
    mission = await series(2)
    slot = (await standing(mission))[0]
    with pytest.raises(DateOver):
        await actions.change_places(mission, slot, 9, FIRST)
