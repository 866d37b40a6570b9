"""The database: `engine()` for Piccolo, and the few things that differ between SQLite and PostgreSQL.

Reading order: dialect (what differs), sqlite and sqlite_pool, postgres, migrate.
Everybody else says `from marketplace import db` and uses the functions below.
"""

from contextlib import AbstractAsyncContextManager
from functools import cache
from typing import Any

from piccolo.engine.exceptions import TransactionError
from piccolo.querystring import QueryString
from piccolo.table import Table

from marketplace import settings
from marketplace.db.dialect import Dialect
from marketplace.db.postgres import Postgres
from marketplace.db.sqlite import Sqlite

__all__ = [
    "Dialect",
    "engine",
    "exclusive",
    "fetch",
    "in_transaction",
    "is_postgres",
    "lock_row",
    "open_engine",
    "start",
    "stop",
    "transaction",
    "violated",
]


def open_engine(url: str) -> Sqlite | Postgres:
    """An engine for `sqlite:///relative.db`, `sqlite:////absolute.db` or `postgresql://user:pw@host:port/name`.

    Raises:
        ValueError: the URL is of another kind.
    """
    scheme, _, rest = url.partition("://")
    if scheme == "sqlite" and rest.startswith("/") and rest.strip("/") and "?" not in rest:
        return Sqlite(rest[1:])
    if scheme == "postgresql" and rest:
        return Postgres(url)
    raise ValueError(
        "MARKETPLACE_DATABASE_URL must be like sqlite:///file.db or postgresql://user:password@host:5432/name."
    )


@cache
def engine() -> Sqlite | Postgres:
    """The engine the settings name: the one Piccolo uses, and a `Dialect`."""
    return open_engine(settings.current().database_url)


def _dialect() -> Dialect:
    return engine()


def is_postgres() -> bool:
    """Which of two SQL texts to run; prefer SQL that both engines understand."""
    return _dialect().name == "postgres"


async def start() -> None:
    """Open the connections; call it when the process starts."""
    await _dialect().start()


async def stop() -> None:
    """Close the connections; no thread remains."""
    await _dialect().stop()


def transaction() -> AbstractAsyncContextManager[Any]:
    """All or nothing. One inside another raises TransactionError; start no task inside it.

    On SQLite it holds the write lock from its first line (first come, first served in a process);
    on PostgreSQL it is READ COMMITTED: lock the row whose state you rely on (`lock_row`).
    """
    return _dialect().transaction()


def in_transaction() -> bool:
    """Whether the current task is inside `transaction()`."""
    return engine().transaction_exists()


async def lock_row(table: type[Table], row_id: Any) -> None:
    """Make other writers of this row wait until our transaction ends; read the row after, not before.

    Raises:
        TransactionError: there is no transaction, so the lock would be gone at once.
    """
    if not in_transaction():
        raise TransactionError("lock_row() needs a transaction.")
    await _dialect().lock_row(table, row_id)


def exclusive() -> AbstractAsyncContextManager[None]:
    """Only one holder at a time among all processes of this database. Not re-entrant."""
    return _dialect().exclusive()


def violated(exc: BaseException) -> str | None:
    """Which rule of the database an error names; None when it is no integrity error or names none.

    A CHECK gives its name, one of our triggers its message, on both engines. A UNIQUE gives the
    index's name on PostgreSQL but its columns on SQLite (`table.a, table.b`), NOT NULL `table.column`.
    """
    return _dialect().violated(exc)


async def fetch(sql: str, *args: Any) -> list[dict[str, Any]]:
    """The rows of one SQL statement; values take the place of `{}`, as in Piccolo's `raw`."""
    return [dict(row) for row in await _dialect().run_querystring(QueryString(sql, *args))]
