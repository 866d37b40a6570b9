"""Trying to get round the database's walls: as the site, and as somebody who opens the database directly."""

import sqlite3
from typing import Any

import asyncpg
import pytest

from marketplace import db

WATCHED = ("application", "slot", "consent", "consent_line")


async def must_refuse(database_url: str, sql: str, *, wall: str = "") -> None:
    """The statement is refused, whoever sends it, and not a row changes. `wall`: what the refusal names."""
    before = await rows()
    with pytest.raises((sqlite3.Error, asyncpg.PostgresError)) as refused:
        await db.fetch(sql)
    assert wall in (db.violated(refused.value) or ""), refused.value
    assert await rows() == before, "a row changed"
    with pytest.raises((sqlite3.IntegrityError, asyncpg.PostgresError)):
        await as_outsider(database_url, sql)
    assert await rows() == before, "a row changed"


async def as_outsider(database_url: str, sql: str) -> None:
    """Run it on a bare connection: on SQLite neither foreign keys nor recursive triggers are on there."""
    if database_url.startswith("sqlite"):
        connection = sqlite3.connect(database_url.removeprefix("sqlite:///"))
        try:
            connection.execute(sql)
            connection.commit()
        finally:
            connection.close()
        return
    other = await asyncpg.connect(database_url)
    try:
        await other.execute(sql)
    finally:
        await other.close()


async def rows() -> dict[str, list[dict[str, Any]]]:
    """All that the walls protect."""
    return {table: await db.fetch(f"SELECT * FROM {table} ORDER BY id") for table in WATCHED}
