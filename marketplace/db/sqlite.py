"""Our SQLite engine for Piccolo: kept connections, one writer at a time, IMMEDIATE transactions."""

import asyncio
import fcntl
import re
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import lru_cache
from pathlib import Path
from typing import IO, Any

from piccolo.engine.exceptions import TransactionError
from piccolo.engine.sqlite import Atomic, SQLiteEngine, SQLiteTransaction, TransactionType
from piccolo.table import Table

from marketplace.db.sqlite_pool import Link, Pool, Row, Turns

LOCK_POLL_SECONDS = 0.05
WRITING_WORD = re.compile(r"\b(insert|update|delete|replace)\b", re.IGNORECASE)
WRITING_PRAGMA = re.compile(r"=|\b(wal_checkpoint|optimize|incremental_vacuum)\b", re.IGNORECASE)


class Transaction(SQLiteTransaction):
    """Holds the only writer from BEGIN to COMMIT; however it ends, the writer comes back clean."""

    engine: "Sqlite"
    connection: Link | None  # None once ended: a task that outlived it must not write into the next one

    __slots__ = ("_turns",)

    async def __aenter__(self) -> SQLiteTransaction:
        if self._parent is not None:
            return self._parent
        self._turns: Turns = self.engine.pool().writer
        self.connection = await self._turns.take()
        try:
            await self.connection.execute(f"BEGIN {self.transaction_type.value}")
        except BaseException:
            await self._leave()
            raise
        self.engine.current_transaction.set(self)
        return self

    async def __aexit__(self, exception_type: Any, exception: Any, traceback: Any) -> bool:
        if self._parent is not None:
            return False
        try:
            if exception_type is None and not self._committed and not self._rolled_back:
                await self._running().execute("COMMIT")
                self._committed = True
        finally:
            await self._leave()
        return False

    def _running(self) -> Link:
        if self.connection is None:
            raise TransactionError("The transaction this task was started in has ended.")
        return self.connection

    async def _leave(self) -> None:
        link, self.connection = self.connection, None
        # Set, not reset: nesting is refused, so there was none before, and the context may be another.
        self.engine.current_transaction.set(None)
        if link is None:
            return
        if self._committed:
            self._turns.give(link)
        else:
            await asyncio.shield(self._turns.rollback_then_give(link))


class Sqlite(SQLiteEngine):
    """Piccolo's engine on kept connections; they belong to one event loop, another loop gets its own."""

    name = "sqlite"

    def __init__(self, path: str) -> None:
        super().__init__(path=path)
        self._pools: dict[asyncio.AbstractEventLoop, Pool] = {}

    async def start(self) -> None:
        await self.pool().open()

    async def stop(self) -> None:
        self._forget_closed_loops()
        if pool := self._pools.pop(asyncio.get_running_loop(), None):
            await pool.close()

    async def start_connection_pool(self, **_: Any) -> None:
        await self.start()

    async def close_connection_pool(self) -> None:
        await self.stop()

    def pool(self) -> Pool:
        """The running loop's connections."""
        loop = asyncio.get_running_loop()
        if loop not in self._pools:
            self._forget_closed_loops()
            self._pools[loop] = Pool(self.path)
        return self._pools[loop]

    def _forget_closed_loops(self) -> None:
        for loop in [loop for loop in self._pools if loop.is_closed()]:
            if pool := self._pools.pop(loop, None):
                pool.abandon()

    def transaction(
        self,
        transaction_type: TransactionType = TransactionType.immediate,
        allow_nested: bool = False,
    ) -> Transaction:
        # A DEFERRED one that reads, sees another process write, then writes is "locked" at once.
        return Transaction(self, transaction_type, allow_nested)

    def atomic(self, transaction_type: TransactionType = TransactionType.immediate) -> Atomic:
        return Atomic(self, transaction_type)

    async def _run_in_new_connection(
        self, query: str, args: list[Any] | None = None, query_type: str = "", table: Any = None
    ) -> list[Row]:
        pool = self.pool()
        return await pool.run(pool.readers if reads_only(query) else pool.writer, query, args or ())

    async def _run_in_existing_connection(
        self, connection: Link | None, query: str, args: Any = None, query_type: str = "", table: Any = None
    ) -> list[Row]:
        if connection is None:
            raise TransactionError("The transaction this task was started in has ended.")
        return await connection.execute(query, args or ())

    async def lock_row(self, table: type[Table], row_id: Any) -> None:
        """Nothing to do: an IMMEDIATE transaction is the only writer there is."""

    @asynccontextmanager
    async def exclusive(self) -> AsyncIterator[None]:
        """One holder among all processes, by a lock on the file `<database>.lock`; it stays, empty."""
        with _lock_file(Path(f"{self.path}.lock")) as file:
            # Asking again rather than blocking in a thread: a cancelled wait leaves nothing behind.
            while not _locked(file.fileno()):  # noqa: ASYNC110 - no event tells what another process does
                await asyncio.sleep(LOCK_POLL_SECONDS)
            yield

    def violated(self, exc: BaseException) -> str | None:
        """SQLite names the columns of a broken UNIQUE (`a.b, a.c`), otherwise the constraint."""
        if not isinstance(exc, sqlite3.IntegrityError):
            return None
        message = str(exc)
        if exc.sqlite_errorname == "SQLITE_CONSTRAINT_TRIGGER":
            return message
        what = message.partition(" constraint failed: ")[2]
        return what.removeprefix("index '").removesuffix("'") or None


@lru_cache(maxsize=2048)
def reads_only(sql: str) -> bool:
    """Whether a reader can run it; when in doubt the writer does."""
    match sql.split(maxsplit=1)[0].upper():
        case "SELECT" | "VALUES" | "EXPLAIN":
            return True
        case "WITH":
            return not WRITING_WORD.search(sql)
        case "PRAGMA":
            return not WRITING_PRAGMA.search(sql)
        case _:
            return False


def _lock_file(path: Path) -> IO[str]:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.open("a")


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
