"""States and the moves between them: only `advance` writes a status, and the journal says who did it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from piccolo.columns import BigInt, Serial, Timestamptz, Varchar
from piccolo.table import Table

from marketplace.errors import Refusal
from marketplace.text import N_


class By(StrEnum):
    """Who moved a row."""

    VOLUNTEER = "volunteer"
    ASSOCIATION = "association"
    GUARDIAN = "guardian"
    MODERATOR = "moderator"
    TIME = "time"  # a deadline passed


@dataclass(frozen=True, slots=True)
class Move:
    """From any of the sources to the target."""

    sources: frozenset[str]
    target: str


class OutOfDate(Refusal):
    """Somebody else moved the row first, or the page shown was an old one."""

    title = N_("Cette page n’est plus à jour")
    message = N_(
        "La situation a changé depuis que vous avez ouvert cette page. Rechargez-la pour voir où on en est."
    )


class Change(Table, tablename="journal"):
    """One move of one row: append-only. Holds no name: `actor` is the id of an account or of a moderator."""

    id: Serial
    subject = Varchar(length=20)  # the table moved
    row_id = BigInt()
    source = Varchar(length=20)
    target = Varchar(length=20)
    by = Varchar(length=20, choices=By)
    actor = BigInt(null=True, default=None)
    at = Timestamptz()


def move(sources: Iterable[str], target: str) -> Move:
    """A move that a life cycle allows."""
    return Move(frozenset(str(source) for source in sources), str(target))


def in_sql(statuses: Iterable[str]) -> str:
    """A named set of statuses as SQL writes it: ('accepted', 'pending'). For our own constants only."""
    return "(" + ", ".join(f"'{status}'" for status in sorted(statuses)) + ")"


async def advance(
    row: Any, step: Move, by: By, now: datetime, actor: int | None = None, **values: Any
) -> None:
    """Make the move if the row still stands where it was read, and write it in the journal.

    `values` are other columns that change with the status, in the same statement. The row given is
    brought up to date. Call it inside a transaction.

    Raises:
        OutOfDate: the row is not (or no longer) in one of the move's sources.
    """
    table, before = type(row), str(row.status)
    columns = {table.status: step.target} | {table._meta.get_column_by_name(k): v for k, v in values.items()}
    changed = before in step.sources and await table.update(columns).where(
        (table.id == row.id) & (table.status == before)
    ).returning(table.id)
    if not changed:
        raise OutOfDate
    for name, value in {"status": step.target, **values}.items():
        setattr(row, name, value)
    await note(table._meta.tablename, row.id, before, step.target, by, now, actor)


async def note(
    subject: str, row_id: int, source: str, target: str, by: By, now: datetime, actor: int | None = None
) -> None:
    """Write one change in the journal; a row's first status has no source ('')."""
    await Change.insert(
        Change(subject=subject, row_id=row_id, source=source, target=target, by=by, actor=actor, at=now)
    )
