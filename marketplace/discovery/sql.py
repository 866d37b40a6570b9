"""Pieces of SQL that carry their values."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from marketplace import db


@dataclass(frozen=True, slots=True)
class Sql:
    """A piece of SQL with a value for each `{}`."""

    text: str
    args: tuple[Any, ...] = ()

    def __add__(self, other: "Sql | str") -> "Sql":
        other = Sql(other) if isinstance(other, str) else other
        return Sql(f"{self.text} {other.text}", self.args + other.args)


def every(parts: Sequence[Sql]) -> Sql:
    """All of these conditions."""
    return _joined(" AND ", parts)


def either(parts: Sequence[Sql]) -> Sql:
    """At least one of them."""
    return _joined(" OR ", parts)


def _joined(word: str, parts: Sequence[Sql]) -> Sql:
    return Sql(word.join(f"({part.text})" for part in parts), tuple(a for part in parts for a in part.args))


async def rows(statement: Sql) -> list[dict[str, Any]]:
    """What a statement finds."""
    return await db.fetch(statement.text, *statement.args)
