"""Kept SQLite connections of one event loop: a few readers and one writer, handed out in order of arrival."""

import asyncio
import sqlite3
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")
Row = dict[str, Any]

READERS = 3
BUSY_MS = 10_000  # how long a statement waits for another process's write

PRAGMAS = (
    "foreign_keys = 1",
    "recursive_triggers = 1",  # else INSERT OR REPLACE deletes rows behind the triggers' back
    "synchronous = FULL",  # in WAL, NORMAL may lose the last commits when the power goes
    "cache_size = -16384",
    "temp_store = MEMORY",
)


class Link:
    """One SQLite connection, opened on first use, and the thread that alone uses it."""

    def __init__(self, path: str, *, reads_only: bool) -> None:
        self._path = path
        self._reads_only = reads_only
        self._connection: sqlite3.Connection | None = None
        # Unlike a bare thread, an executor's ends with the interpreter: a script that forgets stop() exits.
        self._thread = ThreadPoolExecutor(1, f"sqlite-{'reader' if reads_only else 'writer'}")

    def run(self, work: Callable[..., T], *args: Any) -> "asyncio.Future[T]":
        """Queue work on the thread; await it through `asyncio.shield`: running work cannot be stopped."""
        future = asyncio.get_running_loop().run_in_executor(self._thread, work, *args)
        future.add_done_callback(_look_at)
        return future

    async def execute(self, sql: str, args: Sequence[Any] = ()) -> list[Row]:
        """Run one statement as part of whatever transaction is open."""
        return await asyncio.shield(self.run(self.fetch, sql, args))

    def fetch(self, sql: str, args: Sequence[Any]) -> list[Row]:
        cursor = self._opened().execute(sql, args)
        try:
            names = [column[0] for column in cursor.description or ()]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        finally:
            cursor.close()

    def fetch_alone(self, sql: str, args: Sequence[Any]) -> list[Row]:
        rows = self.fetch(sql, args)
        if self._opened().in_transaction:
            self.rollback()
            raise sqlite3.ProgrammingError(
                "Open transactions with db.transaction(), not with a BEGIN statement."
            )
        return rows

    def rollback(self) -> None:
        """Undo what is open. A connection that cannot is thrown away: the next use opens another."""
        try:
            if self._connection is not None:
                self._connection.rollback()
        except sqlite3.Error:
            self._close()

    async def close(self) -> None:
        await asyncio.shield(self.run(self._close))
        self._thread.shutdown()

    def abandon(self) -> None:
        """Close without the event loop, which is gone."""
        self._thread.submit(self._close)
        self._thread.shutdown()

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            Path(self._path).parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(
                self._path,
                timeout=BUSY_MS / 1000,
                isolation_level=None,
                detect_types=sqlite3.PARSE_DECLTYPES | sqlite3.PARSE_COLNAMES,  # Piccolo's converters
                check_same_thread=False,
            )
            try:
                self._prepare(connection)
            except BaseException:
                connection.close()
                raise
            self._connection = connection
        return self._connection

    def _prepare(self, connection: sqlite3.Connection) -> None:
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        if self._reads_only:
            connection.execute("PRAGMA query_only = 1")
        elif connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
            connection.execute("PRAGMA journal_mode = WAL")

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class Turns:
    """Hands out links first come, first served: nobody who asks later overtakes who waits."""

    def __init__(self, links: Iterable[Link]) -> None:
        self.links = tuple(links)
        self._free = deque(self.links)
        self._waiting: deque[asyncio.Future[Link]] = deque()

    async def take(self) -> Link:
        if self._free:
            return self._free.pop()  # the last one used: what it read is still in its memory
        turn: asyncio.Future[Link] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            return await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():  # the link came in the same instant: pass it on
                self.give(turn.result())
            raise

    def give(self, link: Link) -> None:
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(link)
                return
        self._free.append(link)

    def close(self) -> None:
        for turn in self._waiting:
            if not turn.done():
                turn.set_exception(sqlite3.ProgrammingError("The database was stopped."))

    def rollback_then_give(self, link: Link) -> "asyncio.Future[None]":
        """Return a link once its transaction is undone, even if nobody waits for that."""
        done = link.run(link.rollback)
        done.add_done_callback(lambda _: self.give(link))
        return done


class Pool:
    """The links of one event loop."""

    def __init__(self, path: str) -> None:
        self.readers = Turns(Link(path, reads_only=True) for _ in range(READERS))
        self.writer = Turns([Link(path, reads_only=False)])
        self.links = (*self.writer.links, *self.readers.links)

    async def run(self, turns: Turns, sql: str, args: Sequence[Any]) -> list[Row]:
        """Run one statement outside any transaction, on the next free link."""
        link = await turns.take()
        rows = link.run(link.fetch_alone, sql, args)
        rows.add_done_callback(lambda _: turns.give(link))
        return await asyncio.shield(rows)

    async def open(self) -> None:
        for link in self.links:
            await link.execute("SELECT 1")

    async def close(self) -> None:
        # The readers first: the last connection to leave tidies the WAL file up, which a reader may not.
        self.readers.close()
        self.writer.close()
        for link in reversed(self.links):
            await link.close()

    def abandon(self) -> None:
        for link in reversed(self.links):
            link.abandon()


def _look_at(future: "asyncio.Future[Any]") -> None:
    # Whoever waited may have been cancelled; without this look asyncio reports an exception nobody saw.
    if not future.cancelled():
        future.exception()
