"""Fills an empty database with invented missions, past the triggers that would do it one by one."""

import asyncio
import json
import sqlite3
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import asyncpg

from benchmarks import copies
from benchmarks.missions import BATCH, Batch, Row
from benchmarks.stock import associations, batches, search_words, tell

DOCUMENTS = 20_000  # per statement that fills the inverted index
OFF = ("mission", "slot")  # their triggers do nothing while loading; discovery's counting trigger stays
LEARN = "search_words_%"
COUNT = "search_counts%"


def into_sqlite(path: str, missions: int, seed: int) -> None:
    """Load a migrated SQLite file."""
    now, began = datetime.now(UTC), time.monotonic()
    link = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = OFF", "cache_size = -1000000", "temp_store = MEMORY"):
        link.execute(f"PRAGMA {pragma}")
    triggers = _without_triggers(link, "tbl_name IN (?, ?) OR name LIKE ?", *OFF, LEARN)
    _insert(link, "association", associations(missions, now))
    _insert(link, "search_word", search_words(missions))
    _fill_sqlite(link, missions, batches(min(missions, copies.TEXTS), seed, now), began)
    triggers += _repeat_sqlite(link, missions, began)
    _invert_sqlite(link, missions, began)
    for _, sql in triggers:
        link.execute(sql)
    link.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    link.close()


def _fill_sqlite(link: sqlite3.Connection, missions: int, made: Iterator[Batch], began: float) -> None:
    done = 0
    for rows in made:
        link.execute("BEGIN")
        for table, part in rows.tables():
            _insert(link, table, part)
        link.execute("COMMIT")
        done += len(rows.missions)
        if done % (25 * BATCH) == 0 or done == missions:
            tell("missions", done, missions, began)


def _without_triggers(link: sqlite3.Connection, which: str, *args: str) -> list[tuple[str, str]]:
    """Drop these triggers; (name, how to make it again) of each."""
    triggers: list[tuple[str, str]] = link.execute(
        f"SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND ({which})",
        args,
    ).fetchall()
    for name, _ in triggers:
        link.execute(f"DROP TRIGGER {name}")
    return triggers


def _repeat_sqlite(link: sqlite3.Connection, missions: int, began: float) -> list[tuple[str, str]]:
    triggers = _without_triggers(link, "name LIKE ?", COUNT)  # counts are copied too
    columns = {
        table: [row[1] for row in link.execute(f"PRAGMA table_info({table})")] for table in copies.COPIED
    }
    for done, statements in copies.repeat(missions, columns):
        link.execute("BEGIN")
        for statement in statements:
            link.execute(statement)
        link.execute("COMMIT")
        tell("missions", done, missions, began)
    return triggers


def _invert_sqlite(link: sqlite3.Connection, missions: int, began: float) -> None:
    for first in range(1, missions + 1, DOCUMENTS):
        link.execute(
            """INSERT INTO mission_words (rowid, title_t, body_t, tags)
            SELECT id, title_t, body_t, tags FROM mission_search WHERE id BETWEEN ? AND ? ORDER BY id""",
            (first, first + DOCUMENTS - 1),
        )
        tell("inverted index", min(first + DOCUMENTS - 1, missions), missions, began)


def _insert(link: sqlite3.Connection, table: str, rows: Sequence[Row]) -> None:
    names = list(rows[0])
    statement = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
    link.executemany(statement, ([_stored(row[name]) for name in names] for row in rows))


def _stored(value: Any) -> Any:
    """As our engine stores it in SQLite."""
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return str(value) if isinstance(value, datetime) else value


def into_postgres(url: str, missions: int, seed: int) -> None:
    """Load a migrated PostgreSQL database, as a superuser."""
    asyncio.run(_into_postgres(url, missions, seed))


async def _into_postgres(url: str, missions: int, seed: int) -> None:
    now, began = datetime.now(UTC), time.monotonic()
    link = await asyncpg.connect(url)
    await link.execute("SET maintenance_work_mem = '512MB'; SET synchronous_commit = off")
    for table in OFF:
        await link.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    await link.execute("ALTER TABLE mission_search DISABLE TRIGGER search_words_follow")
    (gin,) = await link.fetch("SELECT indexdef FROM pg_indexes WHERE indexname = 'mission_words_doc'")
    await link.execute("DROP INDEX mission_words_doc")
    await _copy(link, "association", associations(missions, now))
    await _copy(link, "search_word", search_words(missions))
    done = 0
    for rows in batches(min(missions, copies.TEXTS), seed, now):
        for table, part in rows.tables():
            await _copy(link, table, part)
        done += len(rows.missions)
        if done % (25 * BATCH) == 0 or done == missions:
            tell("missions", done, missions, began)
    await _repeat(link, missions, began)
    await _invert(link, missions, str(gin["indexdef"]), began)
    await link.execute("ALTER TABLE mission_search ENABLE TRIGGER search_words_follow")
    for table in OFF:
        await link.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    for table in ("association", "mission", "mission_search"):
        await link.execute(f"SELECT setval('{table}_id_seq', (SELECT max(id) FROM {table}))")
    await link.execute("VACUUM (ANALYZE)")
    tell("vacuum", missions, missions, began)
    await link.close()


async def _repeat(link: Any, missions: int, began: float) -> None:
    columns = {
        table: [str(row["attname"]) for row in await link.fetch(
            "SELECT attname FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 "
            "AND NOT attisdropped ORDER BY attnum", table,
        )]
        for table in copies.COPIED
    }  # fmt: skip
    await link.execute("ALTER TABLE mission_search DISABLE TRIGGER search_counts")  # counts are copied too
    for done, statements in copies.repeat(missions, columns):
        for statement in statements:
            await link.execute(statement)
        tell("missions", done, missions, began)
    await link.execute("ALTER TABLE mission_search ENABLE TRIGGER search_counts")


async def _invert(link: Any, missions: int, index: str, began: float) -> None:
    for first in range(1, missions + 1, DOCUMENTS):
        await link.execute(
            """INSERT INTO mission_words SELECT id, search_document(id, title_t, body_t, tags)
            FROM mission_search WHERE id BETWEEN $1 AND $2""",
            first, first + DOCUMENTS - 1,
        )  # fmt: skip
        tell("documents", min(first + DOCUMENTS - 1, missions), missions, began)
    await link.execute(index)
    tell("inverted index", missions, missions, began)


async def _copy(link: Any, table: str, rows: Sequence[Row]) -> None:
    names = list(rows[0])
    await link.copy_records_to_table(
        table, records=[tuple(row[name] for name in names) for row in rows], columns=names
    )
