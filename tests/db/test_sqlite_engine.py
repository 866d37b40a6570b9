"""The SQLite engine: one writer in order of arrival, and no thread or lock left behind by any failure."""

import asyncio
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from piccolo.engine.exceptions import TransactionError
from piccolo.utils.sync import run_sync

from marketplace import db
from marketplace.db import sqlite_pool
from marketplace.db.sqlite import Sqlite, reads_only


@contextmanager
def write_lock(engine: Sqlite) -> Iterator[None]:
    """Another process in the middle of a write."""
    with closing(sqlite3.connect(engine.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@pytest.fixture(autouse=True)
def no_thread_remains(engine_name: str) -> Iterator[None]:
    before = set(threading.enumerate())
    yield  # the test, then the engine's stop()
    assert set(threading.enumerate()) - before == set()


async def add(number: int) -> None:
    await db.fetch("INSERT INTO thing (id) VALUES ({})", number)


async def numbers() -> list[int]:
    return [row["id"] for row in await db.fetch("SELECT id FROM thing ORDER BY id")]


async def still_works() -> bool:
    async with asyncio.timeout(30):  # a writer that was never given back: fail, rather than wait for ever
        before = await numbers()
        async with db.transaction():
            await add(1000)
        return await numbers() == [*before, 1000]


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("SELECT 1", True),
        ("\n  select 1", True),
        ("SELECT\n1", True),
        ("WITH a AS (SELECT 1) SELECT * FROM a", True),
        ("WITH a AS (SELECT 1) INSERT INTO t SELECT * FROM a", False),
        ("PRAGMA foreign_keys", True),
        ("PRAGMA foreign_keys = 0", False),
        ("PRAGMA wal_checkpoint(TRUNCATE)", False),
        ("INSERT INTO t VALUES (1) RETURNING id", False),
        ("UPDATE t SET a = 1", False),
        ("CREATE TABLE t (a)", False),
        ("-- a comment\nDELETE FROM t", False),
    ],
)
def test_reads_go_to_a_reader_and_everything_else_to_the_writer(statement: str, expected: bool) -> None:
    assert reads_only(statement) is expected


async def test_every_connection_is_strict_and_readers_cannot_write(engine: Sqlite) -> None:
    pool = engine.pool()
    values = []
    for link in pool.links:
        values.append(
            {
                name: next(iter((await link.execute(f"PRAGMA {name}"))[0].values()))
                for name in (
                    "foreign_keys",
                    "recursive_triggers",
                    "synchronous",
                    "journal_mode",
                    "busy_timeout",
                )
            }
        )

    full = 2
    strict = {"foreign_keys": 1, "recursive_triggers": 1, "synchronous": full, "journal_mode": "wal"}
    assert values == [{**strict, "busy_timeout": 10_000}] * 4
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        await pool.readers.links[0].execute("DELETE FROM thing")


async def test_the_writer_goes_to_who_waited_longest(engine: Sqlite) -> None:
    served: list[int] = []

    async def writer(number: int) -> None:
        async with db.transaction():
            served.append(number)

    async with db.transaction():
        waiting = [asyncio.create_task(in_new_context(writer(number))) for number in range(20)]
        await asyncio.sleep(0)  # all of them ask, in order
    waiting.append(asyncio.create_task(writer(20)))  # asks when the writer has just been let go
    await asyncio.gather(*waiting)

    assert served == list(range(21))


async def in_new_context(work: object) -> None:
    """Run as a request would: outside the transaction of the test that started it."""
    db.engine().current_transaction.set(None)
    await work  # type: ignore[misc]


async def test_a_begin_that_fails_leaves_nothing_behind(
    engine: Sqlite, monkeypatch: pytest.MonkeyPatch
) -> None:
    await db.stop()
    monkeypatch.setattr(sqlite_pool, "BUSY_MS", 1)
    await db.start()

    with write_lock(engine), pytest.raises(sqlite3.OperationalError, match="locked"):
        async with db.transaction():
            await add(1)

    assert not db.in_transaction()
    assert await still_works()


async def test_a_commit_that_fails_leaves_nothing_behind(engine: Sqlite) -> None:
    await db.fetch(
        "CREATE TABLE part (thing INTEGER NOT NULL REFERENCES thing (id) DEFERRABLE INITIALLY DEFERRED)"
    )

    with pytest.raises(sqlite3.IntegrityError):
        async with db.transaction():
            await db.fetch("INSERT INTO part (thing) VALUES (7)")

    assert not db.in_transaction()
    assert await db.fetch("SELECT * FROM part") == []
    assert await still_works()


async def test_a_rollback_that_fails_leaves_nothing_behind(engine: Sqlite) -> None:
    async def visitor() -> None:
        async with db.transaction() as transaction:
            await add(1)
            transaction.connection._connection.close()  # as after a disk error: it cannot even roll back
            raise KeyError

    with pytest.raises(KeyError):
        await visitor()
    assert await still_works()


async def test_who_is_cancelled_while_waiting_for_the_writer_leaves_nothing_behind(engine: Sqlite) -> None:
    async def visitor(number: int) -> None:
        async with db.transaction():
            await add(number)

    async with db.transaction():
        first, second = (asyncio.create_task(in_new_context(visitor(n))) for n in (1, 2))
        await asyncio.sleep(0)
        first.cancel()
    await asyncio.gather(first, second, return_exceptions=True)

    assert first.cancelled()
    assert await numbers() == [2]
    assert await still_works()


async def test_who_is_cancelled_as_the_writer_arrives_passes_it_on(engine: Sqlite) -> None:
    async def visitor() -> None:
        async with db.transaction():
            await add(1)

    writer = engine.pool().writer
    link = await writer.take()
    task = asyncio.create_task(visitor())
    await asyncio.sleep(0)
    writer.give(link)  # the turn is granted, but the task has not run since
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    assert await numbers() == []
    assert await still_works()


async def test_who_is_cancelled_during_begin_leaves_nothing_behind(engine: Sqlite) -> None:
    async def visitor() -> None:
        async with db.transaction():
            await add(1)

    with write_lock(engine):
        task = asyncio.create_task(visitor())
        while engine.pool().writer._free:  # noqa: ASYNC110 - until it has the writer and waits for the file
            await asyncio.sleep(0)
        task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    assert await numbers() == []
    assert await still_works()


async def test_who_is_cancelled_inside_a_transaction_leaves_nothing_behind(engine: Sqlite) -> None:
    inside = asyncio.Event()

    async def visitor() -> None:
        async with db.transaction():
            await add(1)
            inside.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(visitor())
    await inside.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    assert await numbers() == []
    assert await still_works()


async def test_a_task_that_outlives_its_transaction_cannot_write_into_the_next_one(engine: Sqlite) -> None:
    ended = asyncio.Event()

    async def late() -> None:
        await ended.wait()
        await add(1)

    async with db.transaction():
        task = asyncio.create_task(late())
    async with db.transaction():
        ended.set()
        with pytest.raises(TransactionError):
            await task

    assert await numbers() == []


async def test_a_begin_statement_outside_the_api_is_refused(engine: Sqlite) -> None:
    with pytest.raises(sqlite3.ProgrammingError):
        await db.fetch("BEGIN")

    assert await still_works()


async def test_stopping_tells_those_who_wait_for_the_writer(engine: Sqlite) -> None:
    link = await engine.pool().writer.take()
    task = asyncio.create_task(add(1))
    await asyncio.sleep(0)

    await db.stop()

    with pytest.raises(sqlite3.ProgrammingError, match="stopped"):
        await task
    assert link is not None
    assert await still_works()


async def test_another_event_loop_has_connections_of_its_own(engine: Sqlite) -> None:
    await add(1)

    assert run_sync(numbers()) == [1]  # in a thread, with a loop that is then closed
    assert run_sync(numbers()) == [1]
    assert await still_works()


def test_a_script_that_never_stops_the_engine_ends(empty_url: str) -> None:
    script = (
        "import asyncio; from marketplace import db; e = db.open_engine(%r); "
        "asyncio.run(e.run_ddl('CREATE TABLE t (a)')); print(asyncio.run(e.run_ddl('SELECT 1 AS a')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script % empty_url], capture_output=True, timeout=30, check=False
    )

    assert (done.returncode, done.stdout.decode().strip(), done.stderr) == (0, "[{'a': 1}]", b"")
