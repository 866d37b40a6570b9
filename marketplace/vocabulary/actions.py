"""Keeping the stored communes equal to our data file."""

from collections.abc import Sequence, Sized
from dataclasses import asdict
from typing import Any

from marketplace import db
from marketplace.vocabulary.communes import CommuneFacts, read_communes
from marketplace.vocabulary.names import fold
from marketplace.vocabulary.tables import Commune, CommunePostcode

_BATCH = 1000  # rows of 9 values: SQLite takes 32,766 values in a statement, PostgreSQL 32,767
_COLUMNS = (
    "code",
    "name",
    "search_name",
    "postcodes",
    "department",
    "population",
    "latitude",
    "longitude",
    "approximate",
)
_UPSERT = f"INSERT INTO commune ({', '.join(_COLUMNS)}) VALUES "  # noqa: S608 - our own constants
_ON_CONFLICT = " ON CONFLICT (code) DO UPDATE SET " + ", ".join(
    f"{name} = excluded.{name}" for name in _COLUMNS
)
_INSERT_POSTCODES = "INSERT INTO commune_postcode (commune, postcode) VALUES "


async def load_communes() -> int:
    """Make the stored communes those of our data file; how many rows were new or different."""
    changed = await store_communes(read_communes())
    if changed and db.is_postgres():  # or, until its own time comes, it plans as if they were still few
        await db.engine().run_ddl("ANALYZE commune, commune_postcode")
    return changed


async def store_communes(communes: Sequence[CommuneFacts]) -> int:
    """Store what is known of each of these, all or nothing; how many rows were new or different.

    The others stay: associations and missions may refer to a commune that has been merged since.
    """
    rows = [_row(facts) for facts in communes]
    stored = {row["code"]: row for row in await Commune.select(*_COLUMNS)}
    if await CommunePostcode.count() < sum(len(row["postcodes"]) for row in rows):
        stored = {}
    changed = [row for row in rows if stored.get(row["code"]) != row]
    if changed:
        async with db.transaction():
            for start in range(0, len(changed), _BATCH):
                await _store(changed[start : start + _BATCH])
    return len(changed)


def _row(facts: CommuneFacts) -> dict[str, Any]:
    row = asdict(facts) | {"search_name": fold(facts.name), "postcodes": list(facts.postcodes)}
    return {name: row[name] for name in _COLUMNS}


async def _store(rows: list[dict[str, Any]]) -> None:
    # By hand: one Piccolo object a row takes three times as long, and a fresh database has 35,000.
    await db.fetch(_UPSERT + _values(rows) + _ON_CONFLICT, *(value for row in rows for value in row.values()))
    codes = [row["code"] for row in rows]
    stored = await Commune.select(Commune.id, Commune.postcodes).where(Commune.code.is_in(codes))
    await CommunePostcode.delete().where(CommunePostcode.commune.is_in([row["id"] for row in stored]))
    pairs = [(row["id"], postcode) for row in stored for postcode in row["postcodes"]]
    if pairs:
        await db.fetch(_INSERT_POSTCODES + _values(pairs), *(value for pair in pairs for value in pair))


def _values(rows: Sequence[Sized]) -> str:
    row = "(" + ", ".join(["{}"] * len(rows[0])) + ")"
    return ", ".join([row] * len(rows))
