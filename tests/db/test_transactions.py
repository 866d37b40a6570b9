"""What a transaction promises, on both engines."""

import asyncio

import pytest
from piccolo.engine.exceptions import TransactionError
from piccolo.table import Table

from marketplace import db
from tests.db.conftest import Engine

pytestmark = pytest.mark.usefixtures("engine")


class Thing(Table):
    """Stands for any table."""


async def names() -> list[str]:
    return [row["name"] for row in await db.fetch("SELECT name FROM thing ORDER BY id")]


async def add(number: int, name: str) -> None:
    await db.fetch("INSERT INTO thing (id, name) VALUES ({}, {})", number, name)


async def test_a_transaction_keeps_all_of_its_work() -> None:
    async with db.transaction():
        await add(1, "one")
        await add(2, "two")

    assert await names() == ["one", "two"]


async def test_an_error_undoes_all_of_it_and_reaches_the_caller() -> None:
    async def visitor() -> None:
        async with db.transaction():
            await add(1, "one")
            raise KeyError

    with pytest.raises(KeyError):
        await visitor()
    assert await names() == []
    assert not db.in_transaction()


async def test_a_transaction_inside_another_is_refused() -> None:
    async def visitor() -> None:
        async with db.transaction():
            await add(1, "one")
            async with db.transaction():
                await add(2, "two")

    with pytest.raises(TransactionError):
        await visitor()
    assert await names() == []


async def test_a_savepoint_undoes_a_part() -> None:
    async with db.transaction() as transaction:
        await add(1, "one")
        savepoint = await transaction.savepoint()
        await add(2, "two")
        await savepoint.rollback_to()

    assert await names() == ["one"]


async def test_a_transaction_sees_its_own_work_and_others_only_what_is_committed() -> None:
    asked, answered = asyncio.Event(), asyncio.Event()
    seen: list[list[str]] = []

    async def somebody_else() -> None:
        await asked.wait()
        seen.append(await names())
        answered.set()

    other = asyncio.create_task(somebody_else())  # before the transaction: a task inside would be part of it
    async with db.transaction():
        await add(1, "one")
        asked.set()
        await answered.wait()
        own = await names()
    await other

    assert (seen, own) == ([[]], ["one"])
    assert await names() == ["one"]


async def test_cancelling_inside_a_transaction_undoes_it_and_the_next_one_works(engine: Engine) -> None:
    inside = asyncio.Event()

    async def visitor() -> None:
        async with db.transaction():
            await add(1, "one")
            inside.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(visitor())
    await inside.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with db.transaction():
        await add(2, "two")

    assert await names() == ["two"]


async def test_many_at_once_all_succeed() -> None:
    async def visitor(number: int) -> None:
        async with db.transaction():
            await add(number, str(number))

    await asyncio.gather(*(visitor(number) for number in range(30)))

    assert await names() == [str(number) for number in range(30)]


async def test_a_row_cannot_be_locked_outside_a_transaction() -> None:
    with pytest.raises(TransactionError):
        await db.lock_row(Thing, 1)


async def test_only_one_holds_the_exclusive_lock() -> None:
    events: list[str] = []
    waiting = asyncio.Event()

    async def second() -> None:
        waiting.set()
        async with db.exclusive():
            events.append("second")

    async with db.exclusive():
        task = asyncio.create_task(second())
        await waiting.wait()
        await db.fetch("SELECT 1")  # the other one had its chance to run
        events.append("first")
    await task

    assert events == ["first", "second"]
