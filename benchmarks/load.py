"""Fills an empty database with invented missions, past the triggers that would do it one by one."""

import asyncio
import json
import sqlite3
import time
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from datetime import UTC, datetime
from typing import Any

import asyncpg

from benchmarks.missions import BATCH, PER_ASSOCIATION, Batch, Row, batch, communes, public_id
from benchmarks.words import SMALL_WORDS, language
from marketplace.discovery.normalise import fold_word

AHEAD = 4  # batches written in advance
DOCUMENTS = 20_000  # per statement that fills the inverted index
OFF = ("mission", "slot")  # their triggers do nothing while loading; discovery's counting trigger stays
LEARN = "search_words_%"


def batches(missions: int, seed: int, now: datetime) -> Iterator[Batch]:
    """All of them, in order, made by other processes while the last ones are stored."""
    firsts = deque(range(1, missions + 1, BATCH))
    waiting: deque[Future[Batch]] = deque()
    with ProcessPoolExecutor(2) as pool:
        while firsts or waiting:
            while firsts and len(waiting) < AHEAD:
                first = firsts.popleft()
                waiting.append(pool.submit(batch, first, min(BATCH, missions + 1 - first), seed, now))
            yield waiting.popleft().result()


def associations(missions: int, now: datetime) -> list[Row]:
    """Those the missions are of; one in fifty is suspended."""
    at = communes()[0]
    texts = ("legal_kind", "rna", "siret", "purpose", "address", "website", "contact_phone", "insurer",
             "safeguarding_name", "safeguarding_contact", "charter_version")  # fmt: skip
    return [
        dict.fromkeys(texts, "") | {
            "id": number, "public_id": public_id("association", number), "name": f"Association {number}",
            "status": "suspended" if number % 50 == 0 else "verified", "contact_email": "a@example.org",
            "commune_code": at[number % len(at)].code, "commune_name": at[number % len(at)].name,
            "postcode": "", "department": at[number % len(at)].department, "created_at": now,
        }
        for number in range(1, missions // PER_ASSOCIATION + 2)
    ]  # fmt: skip


def search_words(missions: int) -> list[Row]:
    """The words to suggest."""
    found = {fold_word(word): word for word in reversed(language().words) if word not in SMALL_WORDS}
    return [
        {"word": word, "shown": shown, "letter": word[0], "length": len(word), "uses": missions // rank}
        for rank, (word, shown) in enumerate(reversed(found.items()), 2)
        if len(word) >= 4
    ]


def tell(what: str, done: int, of: int, began: float) -> None:
    """One line of progress."""
    print(f"  {what}: {done:,} of {of:,}, {time.monotonic() - began:.0f} s", flush=True)


def into_sqlite(path: str, missions: int, seed: int) -> None:
    """Load a migrated SQLite file."""
    now, began = datetime.now(UTC), time.monotonic()
    link = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = OFF", "cache_size = -1000000", "temp_store = MEMORY"):
        link.execute(f"PRAGMA {pragma}")
    triggers = link.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND (tbl_name IN (?, ?) OR name LIKE ?)",
        (*OFF, LEARN),
    ).fetchall()
    for name, _ in triggers:
        link.execute(f"DROP TRIGGER {name}")
    _insert(link, "association", associations(missions, now))
    _insert(link, "search_word", search_words(missions))
    _fill_sqlite(link, missions, batches(missions, seed, now), began)
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
    for rows in batches(missions, seed, now):
        for table, part in rows.tables():
            await _copy(link, table, part)
        done += len(rows.missions)
        if done % (25 * BATCH) == 0 or done == missions:
            tell("missions", done, missions, began)
    await _invert(link, missions, str(gin["indexdef"]), began)
    await link.execute("ALTER TABLE mission_search ENABLE TRIGGER search_words_follow")
    for table in OFF:
        await link.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    for table in ("association", "mission", "mission_search"):
        await link.execute(f"SELECT setval('{table}_id_seq', (SELECT max(id) FROM {table}))")
    await link.execute("VACUUM (ANALYZE)")
    tell("vacuum", missions, missions, began)
    await link.close()


async def _invert(link: Any, missions: int, index: str, began: float) -> None:
    for first in range(1, missions + 1, DOCUMENTS):
        await link.execute(
            """INSERT INTO mission_words SELECT id, array_to_tsvector(string_to_array(title_t, ' ')
                || string_to_array(body_t, ' ') || string_to_array(tags, ' '))
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
