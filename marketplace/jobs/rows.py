"""Rows a job goes through one by one, or writes anew."""

import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import datetime
from typing import TypeVar

from piccolo.columns import Column
from piccolo.table import Table

Row = TypeVar("Row")

AT_ONCE = 500  # rows in a statement

log = logging.getLogger(__name__)


async def one_by_one(rows: Iterable[Row], act: Callable[[Row], Awaitable[int]]) -> int:
    """Act on each row, in a transaction of its own; the sum of what it says it did.

    Raises:
        Exception: the first one that an act raised, once all the others are done.
    """
    done, first = 0, None
    for row in rows:
        try:
            done += await act(row)
        except Exception as error:
            log.exception("A row was left aside")
            first = first or error
    if first is not None:
        raise first
    return done


async def replace_all(
    rows: Sequence[Table], key: Sequence[Column], written_at: Column, now: datetime
) -> None:
    """Make these, written `now`, the rows of their table, named by `key`. Called inside a transaction.

    They come in the order of their keys: processes that do this at once wait for each other, never in a
    circle, and the last one wins whole.
    """
    table = written_at._meta.table
    values = [column for column in table.all_columns() if column._meta.name != "id"]
    for start in range(0, len(rows), AT_ONCE):
        await table.insert(*rows[start : start + AT_ONCE]).on_conflict(
            target=tuple(key), action="DO UPDATE", values=values
        )
    await table.delete().where(written_at != now)
