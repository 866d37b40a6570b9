"""Associations that do not answer: three days of it in ninety, and their missions are paused."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from marketplace.applications import late
from marketplace.applications.tables import Silence
from marketplace.associations import absence_actions
from marketplace.associations.tables import Association
from marketplace.missions.lifecycle import Status
from marketplace.missions.tables import Mission
from marketplace.publishing import actions, silences
from marketplace.web.clock import paris_day
from tests import make
from tests.client import emails_to
from tests.make import NOW

pytestmark = pytest.mark.usefixtures("database", "site")


async def silent(*days_ago: int, **values: Any) -> Association:
    association = await make.association(**values)
    for days in days_ago:
        await Silence(association=association.id, on_day=paris_day(NOW - timedelta(days=days))).save()
    return association


async def statuses(association: Association) -> list[tuple[str, str | None]]:
    rows = await Mission.objects().where(Mission.association == association.id).order_by(Mission.id)
    return [(row.status, row.paused_because) for row in rows]


async def mails(association: Association) -> list[str]:
    return [mail.template for mail in await emails_to((await make.owner_of(association)).email)]


@pytest.mark.parametrize("late", [0, 3])
async def test_three_days_pause_what_is_online_and_tell_once(late: int) -> None:
    association = await silent(1, 20, 80)
    for status in (Status.PUBLISHED, Status.PAUSED, Status.PUBLISHED, Status.DRAFT):
        await make.mission(association=association, status=status)

    at = NOW + timedelta(days=late)
    await asyncio.gather(*(silences.pause_silent(at) for _ in range(3)))
    assert await silences.pause_silent(at) == 0

    assert await statuses(association) == [
        ("paused", "silent"),
        ("paused", "association"),
        ("paused", "silent"),
        ("draft", None),
    ]
    assert await mails(association) == ["association_silent"]
    (mail,) = await emails_to((await make.owner_of(association)).email)
    assert "2 missions sont en pause" in mail.text


@pytest.mark.parametrize(
    ("days", "values"), [((1, 2), {}), ((1, 2, 91), {}), ((1, 2, 3), {"status": "suspended"})]
)
async def test_fewer_older_or_suspended_ones_are_left_alone(
    days: tuple[int, ...], values: dict[str, Any]
) -> None:
    association = await silent(*days, **values)
    await make.mission(association=association)
    assert await silences.pause_silent(NOW) == 0
    assert await statuses(association) == [("published", None)]
    assert await mails(association) == []


async def test_resuming_counts_anew_and_pausing_oneself_does_not() -> None:
    association = await silent(1, 2, 3)
    first = await make.mission(association=association)
    other = await make.mission(association=association)
    account = await make.owner_of(association)
    await actions.pause(other, account, NOW)
    await actions.resume(other, account, NOW)
    assert await Silence.count() == 3

    await silences.pause_silent(NOW)
    await actions.resume(first, account, NOW)

    assert await Silence.count() == 0
    assert await silences.pause_silent(NOW) == 0
    assert await statuses(association) == [("published", None), ("paused", "silent")]


async def unanswered(association: Association, **values: Any) -> list[int]:
    """The days, from NOW, on which it was counted silent about an application of NOW."""
    await make.application(await make.mission(association=association), **values)
    await late.end_late(make.after(days=40))
    days = await Silence.select(Silence.on_day).output(as_list=True)
    return [(day - paris_day(NOW)).days for day in days]


async def away(association: Association, since: int, until: int, *, said: timedelta) -> None:
    """An absence between these days from NOW, announced that long after NOW."""
    first, last = paris_day(make.after(days=since)), paris_day(make.after(days=until))
    await absence_actions.announce_absence(association, first, last, NOW + said)


@pytest.mark.parametrize(
    ("since", "until", "said", "silences"),
    [
        (0, 6, timedelta(0), []),  # back on the day of the limit
        (7, 7, timedelta(days=6), []),
        (7, 7, timedelta(days=6, hours=20), [7]),  # said on the day itself
        (8, 20, timedelta(days=3), [7]),
        (-1, -1, timedelta(days=-3), [7]),
    ],
)
async def test_days_announced_before_they_began_are_taken_off_the_time_to_answer(
    since: int, until: int, said: timedelta, silences: list[int]
) -> None:
    association = await make.association()
    await away(association, since, until, said=said)

    assert await unanswered(association) == silences


async def test_an_absence_that_is_over_still_counts_once_another_is_announced_or_it_is_back() -> None:
    association = await make.association()
    await away(association, 1, 5, said=timedelta(0))
    await absence_actions.end_absence(association, make.after(days=4))
    await away(association, 30, 40, said=timedelta(days=6))

    assert await unanswered(association) == []


async def test_an_absence_taken_back_before_it_began_excuses_nothing() -> None:
    association = await make.association()
    await away(association, 3, 10, said=timedelta(0))
    await absence_actions.end_absence(association, make.after(days=1))

    assert await unanswered(association) == [7]


async def test_a_short_absence_within_a_long_wait_excuses_nothing() -> None:
    association = await make.association()
    await away(association, 1, 5, said=timedelta(0))

    assert await unanswered(association, answer_by=make.after(days=20)) == [20]
    assert await unanswered(await make.association(), answer_by=make.after(days=6)) == [20]
