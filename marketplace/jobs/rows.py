"""Going through rows, one transaction each: one that fails does not stop the others."""

import logging
from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

Row = TypeVar("Row")

log = logging.getLogger(__name__)


async def one_by_one(rows: Iterable[Row], act: Callable[[Row], Awaitable[int]]) -> int:
    """Act on each row; the sum of what it says it did.

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
