"""The clock: each job is run when it is due, by one process, and caught up once."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import pytest

from marketplace.jobs.clock import LEASE, Scheduled, run_forever, tick
from marketplace.jobs.tables import Job
from tests import make

pytestmark = pytest.mark.usefixtures("database")


def hourly(work: Callable[[datetime], Awaitable[object]], name: str = "count") -> list[Scheduled]:
    return [Scheduled(name, timedelta(hours=1), work)]


class Counter:
    """A job that notes when it was run; `held` makes it wait."""

    def __init__(self) -> None:
        self.runs: list[datetime] = []
        self.held = asyncio.Event()
        self.held.set()
        self.begun = asyncio.Event()

    async def __call__(self, now: datetime) -> None:
        self.runs.append(now)
        self.begun.set()
        await self.held.wait()


async def test_a_job_is_run_when_due_and_not_before() -> None:
    count = Counter()
    times = [make.NOW, make.after(minutes=59), make.after(minutes=60), make.after(minutes=61)]

    done = [await tick(hourly(count), at) for at in times]

    assert done == [["count"], [], ["count"], []]
    assert count.runs == [make.NOW, make.after(minutes=60)]


async def test_after_three_days_of_silence_it_is_run_once() -> None:
    count = Counter()
    await tick(hourly(count), make.NOW)

    for minutes in range(3):
        await tick(hourly(count), make.after(days=3, minutes=minutes))

    assert count.runs == [make.NOW, make.after(days=3)]


async def test_two_processes_that_tick_at_once_run_it_once() -> None:
    count = Counter()

    done = await asyncio.gather(*(tick(hourly(count), make.NOW) for _ in range(8)))

    assert sorted(done) == [[]] * 7 + [["count"]]
    assert len(count.runs) == 1


async def test_nobody_else_starts_a_job_that_is_running() -> None:
    count = Counter()
    await tick(hourly(count), make.NOW)
    count.held.clear()
    count.begun.clear()
    later = make.after(hours=1)
    running = asyncio.create_task(tick(hourly(count), later))
    await count.begun.wait()

    assert await tick(hourly(count), later) == []

    count.held.set()
    assert await running == ["count"]
    assert len(count.runs) == 2


async def test_a_process_that_died_gives_its_job_back_after_the_lease() -> None:
    count = Counter()
    await Job(name="count", due_at=make.NOW, leased_until=make.NOW + LEASE).save()

    assert await tick(hourly(count), make.NOW + LEASE) == []
    assert await tick(hourly(count), make.NOW + LEASE + timedelta(seconds=1)) == ["count"]


async def test_a_job_that_fails_is_noted_and_keeps_no_other_from_running() -> None:
    async def fails(now: datetime) -> None:
        raise ValueError("no more paper")

    count = Counter()

    done = await tick([*hourly(fails, "fails"), *hourly(count)], make.NOW)

    assert done == ["count"]
    job = await Job.objects().get(Job.name == "fails")
    assert job is not None
    assert job.error == "ValueError: no more paper"
    assert job.succeeded_at is None
    assert job.leased_until is None
    assert job.due_at == make.after(hours=1)


async def test_a_success_clears_what_was_noted() -> None:
    await Job(name="count", due_at=make.NOW, error="ValueError: no more paper").save()

    await tick(hourly(Counter()), make.NOW)

    job = await Job.objects().get(Job.name == "count")
    assert job is not None
    assert (job.error, job.succeeded_at) == ("", make.NOW)


async def test_the_clock_survives_a_tick_that_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks: list[int] = []
    third = asyncio.Event()

    async def broken(*args: object) -> None:
        ticks.append(1)
        if len(ticks) == 3:
            third.set()
        raise ConnectionError("the database is away")

    monkeypatch.setattr("marketplace.jobs.clock.tick", broken)
    running = asyncio.create_task(run_forever([], pause_seconds=0))
    await third.wait()
    running.cancel()

    with pytest.raises(asyncio.CancelledError):
        await running
    assert len(ticks) >= 3
