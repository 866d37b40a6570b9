"""What the rest of the site may ask of a database engine, whichever it is."""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol

from piccolo.querystring import QueryString
from piccolo.table import Table


class Dialect(Protocol):
    """All that differs between SQLite and PostgreSQL beyond the SQL text itself."""

    @property
    def name(self) -> str:
        """`sqlite` or `postgres`."""

    async def start(self) -> None:
        """Open the kept connections. Everything also works before it, only slower on PostgreSQL."""

    async def stop(self) -> None:
        """Close every connection of this event loop. Safe twice."""

    def transaction(self) -> AbstractAsyncContextManager[Any]:
        """One transaction that may write; a second one inside it raises TransactionError."""

    def exclusive(self) -> AbstractAsyncContextManager[None]:
        """Only one holder at a time among all processes of this database. No time limits apply inside."""

    async def lock_row(self, table: type[Table], row_id: Any) -> None:
        """Make other writers of this row wait until our transaction ends."""

    async def run_querystring(self, querystring: QueryString) -> Sequence[Any]:
        """The rows of one statement, as the driver gives them."""

    def violated(self, exc: BaseException) -> str | None:
        """Which rule of the database the error names, or None when it is another kind of error."""
