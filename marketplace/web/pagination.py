"""Long lists by keyset: a page starts after a row, never at a number."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from starlette.requests import Request

from marketplace.web.ids import may_be_public_id

Row = TypeVar("Row")

PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows, and the cursor of the next page (the public id of the last row), or ''."""

    rows: Sequence[Row]
    next_cursor: str


def cursor(request: Request) -> str:
    """The public id that the page asked for starts after (`?apres=…`), or ''."""
    typed = request.query_params.get("apres", "")
    return typed if may_be_public_id(typed) else ""


def cut(rows: Sequence[Row], cursor_of: Callable[[Row], str], size: int = PAGE_SIZE) -> Page[Row]:
    """The page made of one row too many, read to know whether there is a next page."""
    shown = rows[:size]
    return Page(shown, cursor_of(shown[-1]) if len(rows) > size else "")
