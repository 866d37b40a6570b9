"""The PostgreSQL engine: row locks that block, time limits, connections that come back."""

import asyncio

import asyncpg
import pytest
from piccolo.table import Table

from marketplace import db
from marketplace.db.postgres import POOL_MAX, Postgres


class Thing(Table, tablename="thing"):
    """The table of the fixture."""


async def waiting_for_a_lock() -> bool:
    rows = await db.fetch(
        "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    )
    return bool(rows)


async def test_a_locked_row_makes_the_second_transaction_wait(engine: Postgres) -> None:
    await db.fetch("INSERT INTO thing (id, name) VALUES (1, 'before')")
    locked, release = asyncio.Event(), asyncio.Event()
    seen: list[str] = []

    async def first() -> None:
        async with db.transaction():
            await db.lock_row(Thing, 1)
            locked.set()
            await release.wait()
            await db.fetch("UPDATE thing SET name = 'after' WHERE id = 1")

    async def second() -> None:
        async with db.transaction():
            await db.lock_row(Thing, 1)
            seen.extend(row["name"] for row in await db.fetch("SELECT name FROM thing"))

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(first())
        await locked.wait()
        waiter = tasks.create_task(second())
        while not await waiting_for_a_lock():
            assert not waiter.done()
        release.set()

    assert seen == ["after"]


async def test_rows_that_point_at_a_locked_row_may_still_be_added(engine: Postgres) -> None:
    await db.fetch("INSERT INTO thing (id) VALUES (1)")
    await db.fetch("CREATE TABLE part (thing INTEGER REFERENCES thing (id))")

    async def somebody_else() -> None:
        engine.current_transaction.set(None)
        await db.fetch("SET statement_timeout = '10s'")
        await db.fetch("INSERT INTO part VALUES (1)")

    async with db.transaction():
        await db.lock_row(Thing, 1)
        await asyncio.create_task(somebody_else())

    assert await db.fetch("SELECT thing FROM part") == [{"thing": 1}]


async def test_statements_have_a_time_limit_except_during_migrations(engine: Postgres) -> None:
    usual = await db.fetch("SHOW statement_timeout")
    async with db.exclusive():
        inside = await db.fetch("SHOW statement_timeout")
        async with db.transaction():
            in_transaction = await db.fetch("SHOW statement_timeout")

    assert [rows[0]["statement_timeout"] for rows in (usual, inside, in_transaction)] == ["10s", "0", "0"]


async def test_a_transaction_is_read_committed(engine: Postgres) -> None:
    async with db.transaction():
        assert await db.fetch("SHOW transaction_isolation") == [{"transaction_isolation": "read committed"}]


async def test_a_connection_the_server_ends_shows_the_first_error_and_is_replaced(engine: Postgres) -> None:
    with pytest.raises(asyncpg.ConnectionDoesNotExistError):
        async with db.transaction():
            await db.fetch("SELECT pg_terminate_backend(pg_backend_pid())")

    assert not db.in_transaction()
    assert await db.fetch("SELECT 1 AS a") == [{"a": 1}]


async def test_cancelled_transactions_give_their_connections_back(engine: Postgres) -> None:
    async def visitor(inside: asyncio.Event) -> None:
        async with db.transaction():
            inside.set()
            await db.fetch("SELECT pg_sleep(60)")

    for _ in range(POOL_MAX + 1):
        inside = asyncio.Event()
        task = asyncio.create_task(visitor(inside))
        await inside.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    async with db.transaction():
        assert await db.fetch("SELECT 1 AS a") == [{"a": 1}]
    assert engine.pool is not None
    assert engine.pool.get_idle_size() == engine.pool.get_size()


async def test_it_works_before_start_and_after_stop(engine: Postgres) -> None:
    await db.stop()
    async with db.transaction():
        await db.fetch("INSERT INTO thing (id) VALUES (1)")

    assert await db.fetch("SELECT id FROM thing") == [{"id": 1}]
    assert engine.pool is None
