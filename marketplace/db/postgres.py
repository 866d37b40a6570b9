"""Our PostgreSQL engine for Piccolo: a pool, time limits, transactions that always end."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from logging import getLogger
from typing import Any

import asyncpg
from piccolo.engine.postgres import PostgresEngine, PostgresTransaction
from piccolo.querystring import QueryString
from piccolo.table import Table

logger = getLogger(__name__)

OLDEST = 15  # the first version we test with
POOL_MIN, POOL_MAX = 2, 10
STATEMENT_SECONDS = 10
COMMAND_SECONDS = 15  # asyncpg's own limit, for a server that answers no more
EXCLUSIVE_KEY = 7_305_820_461  # any number, the same in every release


class Connection(asyncpg.Connection):  # type: ignore[misc]
    """No SET, LISTEN, cursor or advisory lock outlives our statements: nothing to undo after each of them.

    What is still in a transaction is rolled back all the same before the pool takes it back.
    """

    __slots__ = ()

    def get_reset_query(self) -> str:
        return ""


class Transaction(PostgresTransaction):
    """READ COMMITTED; however it ends, the connection goes back and the context forgets it."""

    engine: "Postgres"

    __slots__ = ("_from_pool",)

    async def __aenter__(self) -> PostgresTransaction:
        if self._parent is not None:
            return self._parent
        self._from_pool = self.engine.pool_here()
        self.connection = await self.get_connection()
        try:
            self.transaction = self.connection.transaction(isolation="read_committed")
            await self.transaction.start()
        except BaseException:
            await self._leave()
            raise
        self.engine.current_transaction.set(self)
        return self

    async def get_connection(self) -> Any:
        return await (self._from_pool.acquire() if self._from_pool else self.engine.get_new_connection())

    async def __aexit__(self, exception_type: Any, exception: Any, traceback: Any) -> bool:
        if self._parent is not None:
            return False
        try:
            if exception_type is not None:
                await self._undo()
            elif not self._committed and not self._rolled_back:
                await self.transaction.commit()
        finally:
            await self._leave()
        return False

    async def _undo(self) -> None:
        if self._committed or self._rolled_back:
            return
        try:
            await self.transaction.rollback()
        except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError) as exc:
            # The server is gone and has undone it: the first error is the one to tell.
            logger.warning("Rollback failed: %s", exc)

    async def _leave(self) -> None:
        self.engine.current_transaction.set(None)
        if self._from_pool:
            await self._from_pool.release(self.connection)  # also rolls back what is still open
        else:
            await asyncio.shield(self.connection.close())


class Postgres(PostgresEngine):
    """Piccolo's engine on a pool opened by `start()`; before that each statement connects by itself."""

    name = "postgres"

    def __init__(self, url: str) -> None:
        limits = {
            "application_name": "marketplace",
            "timezone": "UTC",
            "jit": "off",  # it compiles for longer than our longest statements take
            "max_parallel_workers_per_gather": "0",  # to start them costs more than they save
            "plan_cache_mode": "force_custom_plan",  # the best plan depends on what is searched for
            "statement_timeout": f"{STATEMENT_SECONDS}s",
            "idle_in_transaction_session_timeout": f"{3 * STATEMENT_SECONDS}s",
        }
        super().__init__(
            {
                "dsn": url,
                "server_settings": limits,
                "command_timeout": COMMAND_SECONDS,
                "connection_class": Connection,
            }
        )
        self._unhurried: ContextVar[bool] = ContextVar("unhurried", default=False)

    async def check_version(self) -> None:
        """Nothing at import: Piccolo would connect here, and the site must import without a server."""

    async def start(self) -> None:
        if self._own_pool():
            return
        if self.pool:  # its event loop is over
            self.pool.terminate()
            self.pool = None
        await self.start_connection_pool(min_size=POOL_MIN, max_size=POOL_MAX)
        (row,) = await self._run_in_pool("SELECT current_setting('server_version_num')::int AS version")
        if row["version"] < OLDEST * 10_000:
            await self.stop()
            raise RuntimeError(f"PostgreSQL {OLDEST} or later is needed.")

    async def stop(self) -> None:
        if pool := self._own_pool():
            self.pool = None
            try:
                async with asyncio.timeout(STATEMENT_SECONDS):
                    await pool.close()  # waits for who still uses a connection
            except TimeoutError:
                pool.terminate()

    def pool_here(self) -> Any:
        """The pool to use now: none on another event loop, nor where time limits are lifted."""
        return None if self._unhurried.get() else self._own_pool()

    def _own_pool(self) -> Any:
        pool: Any = self.pool
        return pool if pool is not None and pool._loop is asyncio.get_running_loop() else None

    async def get_new_connection(self) -> Any:
        return await asyncpg.connect(
            **(_without_limits(self.config) if self._unhurried.get() else self.config)
        )

    async def run_querystring(self, querystring: QueryString, in_pool: bool = True) -> Any:
        return await super().run_querystring(querystring, in_pool and self.pool_here() is not None)

    async def run_ddl(self, ddl: str, in_pool: bool = True) -> Any:
        return await super().run_ddl(ddl, in_pool and self.pool_here() is not None)

    def transaction(self, allow_nested: bool = False) -> Transaction:
        return Transaction(self, allow_nested)

    async def lock_row(self, table: type[Table], row_id: Any) -> None:
        """Wait for other writers of the row; rows that only point at it may still be added by others."""
        name, key = table._meta.tablename, table._meta.primary_key._meta.db_column_name
        lock = f'SELECT 1 FROM "{name}" WHERE "{key}" = {{}} FOR NO KEY UPDATE'
        await self.run_querystring(QueryString(lock, row_id))

    @asynccontextmanager
    async def exclusive(self) -> AsyncIterator[None]:
        """One holder among all processes, by an advisory lock that ends with its own connection."""
        self._unhurried.set(True)
        try:
            connection = await self.get_new_connection()
            try:
                await connection.execute(f"SELECT pg_advisory_lock({EXCLUSIVE_KEY})")
                yield
            finally:
                await connection.close()
        finally:
            self._unhurried.set(False)

    def violated(self, exc: BaseException) -> str | None:
        """PostgreSQL names the constraint or unique index; NOT NULL has no name, so `table.column`."""
        if not isinstance(exc, asyncpg.IntegrityConstraintViolationError):
            return None
        if exc.constraint_name:
            return str(exc.constraint_name)
        if isinstance(exc, asyncpg.NotNullViolationError):
            return f"{exc.table_name}.{exc.column_name}"
        return str(exc)  # RAISE EXCEPTION 'name' USING ERRCODE = '23514' in one of our triggers


def _without_limits(config: dict[str, Any]) -> dict[str, Any]:
    settings = {"application_name": "marketplace", "timezone": "UTC"}
    return {"dsn": config["dsn"], "server_settings": settings}
