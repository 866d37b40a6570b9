"""The database and the Table classes say the same, on each engine; statuses are those of the life cycles."""

import re
from enum import StrEnum

import pytest
from piccolo.columns import ForeignKey
from piccolo.columns.base import Column
from piccolo.table import Table

from marketplace import db
from marketplace.applications.lifecycle import HOLDS_PLACE, LIVE
from marketplace.piccolo_app import APP_CONFIG

TABLES = {table._meta.tablename: table for table in APP_CONFIG.table_classes}
# PostgreSQL's names for what Piccolo calls otherwise
SAME_TYPES = {
    "VARCHAR": "character varying",
    "TEXT": "text",
    "INTEGER": "integer",
    "SERIAL": "integer",
    "BIGINT": "bigint",
    "SMALLINT": "smallint",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "TIMESTAMP": "timestamp without time zone",
    "TIMESTAMPTZ": "timestamp with time zone",
    "DOUBLE PRECISION": "double precision",
    "ARRAY": "ARRAY",
}


@pytest.mark.parametrize("name", sorted(TABLES))
async def test_columns_are_those_of_the_class(database: None, name: str) -> None:
    said = {column._meta.db_column_name: _said(column) for column in TABLES[name]._meta.columns}

    assert await _found(name) == said


@pytest.mark.parametrize("name", sorted(TABLES))
async def test_foreign_keys_are_those_of_the_class(database: None, name: str) -> None:
    said = {
        (
            column._meta.db_column_name,
            column._foreign_key_meta.resolved_references._meta.tablename,
            column._foreign_key_meta.on_delete.value,
        )
        for column in TABLES[name]._meta.columns
        if isinstance(column, ForeignKey)
    }

    assert said <= await _foreign_keys(name)


@pytest.mark.parametrize("name", sorted(TABLES))
async def test_unique_columns_are_unique_in_the_database(database: None, name: str) -> None:
    said = {column._meta.db_column_name for column in TABLES[name]._meta.columns if column._meta.unique}

    assert said - {"id"} <= await _unique_columns(name)


@pytest.mark.parametrize("name", sorted(n for n, table in TABLES.items() if hasattr(table, "status")))
async def test_the_database_knows_the_statuses_of_the_life_cycle(database: None, name: str) -> None:
    choices = TABLES[name].status._meta.choices  # type: ignore[attr-defined]
    listed = re.search(r"status\W.{0,60}?(?:IN|ANY)\b[^']*('.*?)\)", await _definition(name), re.DOTALL)

    assert issubclass(choices, StrEnum)
    assert listed
    assert set(re.findall(r"'(\w+)'", listed[1])) == {str(status) for status in choices}


async def test_the_triggers_know_which_statuses_hold_a_place_and_which_are_live(database: None) -> None:
    source = await _source_of_triggers()
    lists = {frozenset(re.findall(r"'(\w+)'", found)) for found in re.findall(r"IN \(('[^)]*)\)", source)}

    assert frozenset(HOLDS_PLACE) in lists
    assert lists <= {frozenset(HOLDS_PLACE), frozenset(LIVE)}


def _said(column: Column) -> tuple[str, bool]:
    kind = "INTEGER" if isinstance(column, ForeignKey) else column.column_type
    kind = "ARRAY" if kind.endswith("[]") or kind.startswith("ARRAY") else re.sub(r"\(.*", "", kind)
    return (SAME_TYPES[kind], column._meta.null)


async def _found(name: str) -> dict[str, tuple[str, bool]]:
    if db.is_postgres():
        rows = await db.fetch(
            """SELECT column_name, data_type, is_nullable FROM information_schema.columns
            WHERE table_name = {} AND table_schema = 'public'""",
            name,
        )
        return {row["column_name"]: (row["data_type"], row["is_nullable"] == "YES") for row in rows}
    rows = await db.fetch(f"PRAGMA table_info({name})")
    kinds = {row["name"]: re.sub(r"\(.*", "", row["type"]) for row in rows}
    kinds = {name: re.sub("SMALLINT|BIGINT", "INTEGER", kind) for name, kind in kinds.items()}  # as Piccolo
    return {
        row["name"]: (SAME_TYPES[kinds[row["name"]]], not row["notnull"] and not row["pk"]) for row in rows
    }


async def _foreign_keys(name: str) -> set[tuple[str, str, str]]:
    if not db.is_postgres():
        rows = await db.fetch(f"PRAGMA foreign_key_list({name})")
        return {(row["from"], row["table"], row["on_delete"]) for row in rows}
    rows = await db.fetch(
        """SELECT a.attname AS here, c.confrelid::regclass::text AS there, c.confdeltype::text AS kind
        FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
        WHERE c.contype = 'f' AND c.conrelid = CAST({} AS text)::regclass AND cardinality(c.conkey) = 1""",
        name,
    )
    words = {"r": "RESTRICT", "c": "CASCADE", "n": "SET NULL", "a": "NO ACTION"}
    return {(row["here"], row["there"], words[row["kind"]]) for row in rows}


async def _unique_columns(name: str) -> set[str]:
    if db.is_postgres():
        rows = await db.fetch(
            """SELECT a.attname AS name FROM pg_index i
            JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
            WHERE i.indisunique AND i.indpred IS NULL AND i.indnatts = 1
            AND i.indrelid = CAST({} AS text)::regclass""",
            name,
        )
        return {row["name"] for row in rows}
    found = set()
    for index in await db.fetch(f"PRAGMA index_list({name})"):
        columns = await db.fetch(f"PRAGMA index_info({index['name']})")
        if index["unique"] and not index["partial"] and len(columns) == 1:
            found.add(columns[0]["name"])
    return found


async def _definition(name: str) -> str:
    if not db.is_postgres():
        rows = await db.fetch("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = {}", name)
        return str(rows[0]["sql"])
    rows = await db.fetch(
        """SELECT pg_get_constraintdef(oid) AS sql FROM pg_constraint
        WHERE contype = 'c' AND conrelid = CAST({} AS text)::regclass""",
        name,
    )
    lists = [str(row["sql"]) for row in rows if str(row["sql"]).startswith("CHECK (((status)::text = ANY")]
    return lists[0].replace("ARRAY[", "(").replace("::character varying", "").replace("]", ")")


async def _source_of_triggers() -> str:
    if not db.is_postgres():
        rows = await db.fetch(
            "SELECT sql AS source FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%offered%'"
        )
    else:
        rows = await db.fetch("SELECT prosrc AS source FROM pg_proc WHERE proname = 'count_places'")
    return "\n".join(str(row["source"]) for row in rows)


def test_every_table_class_is_in_the_app() -> None:
    ours = {t for t in _subclasses(Table) if t.__module__.startswith("marketplace.") and not _is_panel(t)}

    assert ours == set(APP_CONFIG.table_classes)


def _subclasses(table: type[Table]) -> set[type[Table]]:
    return {sub for direct in table.__subclasses__() for sub in {direct, *_subclasses(direct)}}


def _is_panel(table: type[Table]) -> bool:
    return table.__module__ == "marketplace.moderation.panel_tables"  # narrower views of the same tables
