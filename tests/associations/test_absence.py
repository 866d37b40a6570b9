"""« Nous sommes absents du … au … »: announced beforehand, said on the missions' pages."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from marketplace.associations import absence_actions
from marketplace.associations.absence_errors import AbsencePast
from marketplace.associations.absence_policies import days_ahead, time_there
from marketplace.associations.tables import AbsentDay, Association
from marketplace.web.clock import paris_day
from tests import make
from tests.client import Client
from tests.make import NOW

TODAY = paris_day(NOW)


def typed(since: date, until: date) -> dict[str, str]:
    return {
        f"{name}_{part}": str(getattr(day, part))
        for name, day in (("since", since), ("until", until))
        for part in ("day", "month", "year")
    }


async def fresh(association: Association) -> Any:
    found = await Association.objects().get(Association.id == association.id)
    assert found is not None
    return found


async def test_an_absence_is_announced_shown_and_taken_back(client: Client) -> None:
    association = await make.association()
    mission = await make.mission(association=association)
    await client.sign_in(await make.owner_of(association))
    page = await client.get(f"/mes-associations/{association.public_id}/absence")
    until = TODAY + timedelta(days=59)

    page = await client.follow(await client.submit(page, typed(TODAY, until), form="absence"))

    assert "Absence annoncée" in page.text
    assert "le disent ces jours-là" in page.text
    assert (await fresh(association)).absent_until == until
    seen = await client.get(f"/missions/{mission.public_id}")
    assert "L’association est absente jusqu’au 30 avril 2027." in seen.text
    await client.submit(page, form="fin")
    assert (await fresh(association)).absent_from is None
    seen = await client.get(f"/missions/{mission.public_id}")
    assert "absente" not in seen.text


async def test_before_and_after_nothing_is_said(client: Client) -> None:
    for since, until in ((1, 5), (-5, -1)):
        days = (TODAY + timedelta(days=since), TODAY + timedelta(days=until))
        association = await make.association(absent_from=days[0], absent_until=days[1])
        mission = await make.mission(association=association)
        seen = await client.get(f"/missions/{mission.public_id}")
        assert "absente" not in seen.text


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [(1, 0, "avant le premier"), (1, 61, "60 jours au plus"), (1, 4000, "60 jours")],
)
async def test_absences_that_make_no_sense(client: Client, since: int, until: int, words: str) -> None:
    association = await make.association()
    await client.sign_in(await make.owner_of(association))
    page = await client.get(f"/mes-associations/{association.public_id}/absence")
    days = typed(TODAY + timedelta(days=since), TODAY + timedelta(days=until))
    answer = await client.submit(page, days, status=422)
    assert words in answer.text.replace("\u00a0", " ")
    assert (await fresh(association)).absent_from is None


@pytest.mark.usefixtures("database")
async def test_days_are_not_excused_afterwards_but_an_absence_may_be_made_longer() -> None:
    yesterday = TODAY - timedelta(days=1)
    association = await make.association()
    with pytest.raises(AbsencePast):
        await absence_actions.announce_absence(association, yesterday, TODAY, NOW)
    away = await make.association(absent_from=yesterday, absent_until=TODAY)
    await absence_actions.announce_absence(away, yesterday, TODAY + timedelta(days=3), NOW)
    assert (await fresh(away)).absent_until == TODAY + timedelta(days=3)
    await absence_actions.announce_absence(away, yesterday, TODAY + timedelta(days=2), NOW)
    days = await AbsentDay.select(AbsentDay.on_day).order_by(AbsentDay.on_day).output(as_list=True)
    assert days == [TODAY + timedelta(days=1), TODAY + timedelta(days=2)]


def test_the_days_announced_in_time_are_those_to_come() -> None:
    first, second, third = (TODAY + timedelta(days=number) for number in (1, 2, 3))
    assert days_ahead(TODAY, second, TODAY) == [first, second]
    assert days_ahead(third, third, TODAY) == [third]
    assert days_ahead(TODAY, TODAY, TODAY) == []


@pytest.mark.parametrize(
    ("days", "hours"),
    [
        ([], 168),
        ([date(2027, 3, 24)], 158),  # from 13:00 UTC: ten hours were left of that day in Paris
        ([date(2027, 3, 28)], 145),  # the clocks go forward: 23 hours
        ([date(2027, 3, 23), date(2027, 4, 1)], 168),
    ],
)
def test_the_time_there_is_without_the_days_away(days: list[date], hours: int) -> None:
    start = datetime(2027, 3, 24, 13, tzinfo=UTC)
    assert time_there(start, start + timedelta(days=7), days) == timedelta(hours=hours)


@pytest.mark.parametrize("role", ["reader", "stranger"])
async def test_only_owners_and_managers_announce(client: Client, role: str) -> None:
    association, account = await make.association(), await make.account()
    if role == "reader":
        await make.member(association, account, role=role)
    await client.sign_in(account)
    await client.get(f"/mes-associations/{association.public_id}/absence", status=404)
