"""The job: what it counts, what it publishes, and that it may be run again, late, or twice at once."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from piccolo.table import Table

from marketplace.applications.lifecycle import Status
from marketplace.impact import actions, tallies
from marketplace.impact.actions import compute
from marketplace.impact.policies import period
from marketplace.impact.queries import published, usual_answer_days
from marketplace.impact.tables import Statistic, UsualAnswer
from marketplace.jobs import rows
from marketplace.jobs.rows import replace_all
from marketplace.lifecycle import By
from tests import make
from tests.impact.answering import SEEN_AT, answered, several

RENNES: dict[str, Any] = {"department": "35", "audiences": ["seniors"]}
BREST: dict[str, Any] = {"department": "29", "audiences": ["exiles", "seniors"]}


async def lines() -> dict[tuple[str, str], Statistic]:
    return {(row.scope, row.key): row for row in await Statistic.objects()}


async def everything() -> list[tuple[Any, ...]]:
    return [
        tuple(value for name, value in row.items() if name != "id")
        for table in (Statistic, UsualAnswer)
        for row in await table.select().order_by(table.all_columns()[1]).order_by(table.all_columns()[2])
    ]


async def test_missions_and_places_are_counted_as_they_are(database: None) -> None:
    full = await make.mission(places=1, minors="open", **RENNES)
    await make.application(full)
    await make.application(await make.mission(places=40, **BREST))
    await make.mission(places=3, place_kind="remote", **RENNES)

    await compute(make.NOW)

    found = await lines()
    whole, rennes, seniors = found["all", ""], found["department", "35"], found["audience", "seniors"]
    assert (whole.missions, whole.missions_open, whole.missions_minors) == (3, 2, 1)
    assert (whole.places, whole.places_taken) == (44, 2)
    assert (rennes.missions, rennes.missions_open, rennes.places, rennes.places_taken) == (1, 0, 1, 1)
    assert found["department", "remote"].places == 3
    assert (seniors.missions, seniors.places) == (3, 44)
    assert found["audience", "exiles"].places == 40


async def test_only_what_one_may_still_apply_for_is_counted(database: None) -> None:
    soon = await make.mission(places=2, starts_at=make.after(hours=1), **RENNES)
    await make.slot(soon, places=4, starts_at=make.after(days=3))
    await make.slot(soon, places=8, starts_at=make.after(days=3), cancelled_at=make.NOW)
    for status in ("draft", "submitted", "paused", "suspended", "finished", "cancelled"):
        await make.mission(status=status, **RENNES)
    await make.mission(association=await make.association(status="suspended"), **RENNES)

    await compute(make.NOW)

    whole = (await lines())["all", ""]
    assert (whole.missions, whole.places) == (1, 4)


async def test_answers_are_timed_from_when_the_association_could_see_them(database: None) -> None:
    mission = await make.mission(places=40, **RENNES)
    await several(12, mission, days=2.5, status=Status.ACCEPTED)
    await several(4, mission, days=9)
    await several(4, mission, days=7, status=Status.LAPSED, by=By.TIME)

    await compute(make.NOW)

    whole = (await lines())["all", ""]
    assert (whole.applications, whole.answered_tenths, whole.answer_days) == (20, 6, 3)


async def test_what_the_association_did_not_answer_is_no_answer(database: None) -> None:
    mission = await make.mission(places=40, **RENNES)
    await several(6, mission)
    await several(9, mission, status=Status.WITHDRAWN, by=By.VOLUNTEER)
    await several(9, mission, status=Status.LAPSED, by=By.ASSOCIATION)  # its mission was cancelled
    await make.application(mission, status=Status.ACCEPTED)  # taken at once

    await compute(make.NOW)

    assert (await lines())["all", ""].applications == 5  # six, rounded


@pytest.mark.parametrize("days", [0, 0.01, 1])
async def test_a_day_begun_counts_whole(database: None, days: float) -> None:
    await several(5, await make.mission(**RENNES), days=days)

    await compute(make.NOW)

    assert (await lines())["all", ""].answer_days == 1


async def test_people_are_counted_over_whole_months(database: None) -> None:
    mission = await make.mission(**RENNES)
    await several(6, mission, seen_at=make.NOW - timedelta(days=1))  # this month
    await several(5, mission, seen_at=make.NOW - timedelta(days=370))  # 13 months ago

    await compute(make.NOW)
    this_month = (await lines())["all", ""].applications
    await compute(make.after(days=30))
    next_month = (await lines())["all", ""].applications

    assert this_month is None
    assert next_month == 5


async def test_a_small_line_and_the_next_smallest_are_written_nowhere(database: None) -> None:
    await several(3, await make.mission(**RENNES))
    await several(8, await make.mission(**BREST))
    await several(20, await make.mission(**RENNES | {"department": "56"}))

    await compute(make.NOW)

    found = await lines()
    told = {key: row.applications for (scope, key), row in found.items() if scope == "department"}
    assert told == {"35": None, "29": None, "56": 20}
    assert found["department", "29"].answer_days is None
    assert found["department", "29"].answered_tenths is None
    assert found["department", "35"].places == 2


async def test_the_usual_days_of_an_association_need_five_answers(database: None) -> None:
    four, five = await make.mission(), await make.mission()
    await several(4, four)
    await several(3, five, days=1.5, seen_at=make.NOW - timedelta(days=5))  # this month counts too
    await several(2, five, days=6)
    await several(7, five, status=Status.LAPSED, by=By.TIME)

    await compute(make.NOW)

    assert await usual_answer_days(four.association) is None
    assert await usual_answer_days(five.association) == 2
    assert await usual_answer_days(999_999) is None


async def world() -> None:
    for about in (RENNES, BREST, RENNES | {"place_kind": "remote"}):
        mission = await make.mission(**about)
        await several(6, mission, days=2)
        await several(2, await make.mission(association=None, **about), days=4)


async def test_missions_are_counted_the_same_in_small_portions(
    database: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    await world()

    await compute(make.NOW)
    at_once = await everything()
    monkeypatch.setattr(tallies, "CHUNK", 1)
    monkeypatch.setattr(rows, "AT_ONCE", 1)
    await compute(make.NOW)

    assert await everything() == at_once
    assert len(at_once) == 1 + 3 + 2 + 3


async def test_a_portion_that_ends_inside_an_association_changes_nothing(
    database: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    association = await make.association()
    for _ in range(5):
        await answered(await make.mission(association=association), days=3)
    monkeypatch.setattr(tallies, "CHUNK", 2)

    await compute(make.NOW)

    assert await usual_answer_days(association.id) == 3


async def test_run_twice_late_and_twice_at_once_it_publishes_the_same(database: None) -> None:
    await world()
    late = make.after(days=3)

    await compute(make.NOW)
    await compute(late)
    once = await everything()
    await compute(late)
    twice = await everything()
    await asyncio.gather(*(compute(late) for _ in range(4)))

    assert once == twice == await everything()


async def test_what_is_gone_is_no_longer_published(database: None) -> None:
    mission = await make.mission(**RENNES)
    await several(5, mission)
    await compute(make.NOW)

    await type(mission).update({"status": "finished"}).where(type(mission).id == mission.id)
    await compute(make.after(days=400))

    assert list(await lines()) == [("all", "")]
    assert await UsualAnswer.count() == 0


async def test_a_count_that_fails_half_way_leaves_the_last_one(
    database: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    await world()
    await compute(make.NOW)
    before = await everything()

    async def fails(lines: Sequence[Table], *about: Any) -> None:
        if about[1] is UsualAnswer.computed_at:
            raise OSError("the disk is full")
        await replace_all(lines, *about)

    monkeypatch.setattr(actions, "replace_all", fails)
    with pytest.raises(OSError, match="disk"):
        await compute(make.after(days=1))

    assert await everything() == before


async def test_nothing_at_all_is_a_figure_too(database: None) -> None:
    assert await published() is None

    await compute(make.NOW)

    found = await published()
    assert found is not None
    assert found.whole.missions == 0
    assert found.whole.applications is None
    assert not found.departments


def test_the_last_whole_months_hold_the_instant_the_tests_answer_at() -> None:
    assert period(make.NOW)[1] > SEEN_AT + timedelta(days=20)
