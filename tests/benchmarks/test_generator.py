"""The invented missions are like real ones to the search: a small database of them, without any clock."""

import asyncio
import random
from datetime import UTC, datetime
from typing import Any

import pytest

from benchmarks import copies, load
from benchmarks.missions import batch, public_id
from benchmarks.timing import CASES, FIRST
from benchmarks.words import indexed, language, sentence
from marketplace import db
from marketplace.discovery.actions import entry, reindex
from marketplace.discovery.checks import wrong_counts
from marketplace.discovery.normalise import index_text
from marketplace.discovery.queries import search
from marketplace.discovery.searches import Search
from marketplace.web.clock import now

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
MISSIONS = 300


async def _load(url: str) -> None:
    if db.is_postgres():
        await asyncio.to_thread(load.into_postgres, url, MISSIONS, 1)
    else:
        await asyncio.to_thread(load.into_sqlite, url.removeprefix("sqlite:///"), MISSIONS, 1)


async def _rows() -> list[dict[str, Any]]:
    return await db.fetch(
        """SELECT id, title_t, body_t, tags, open_until, shown_until, places_left, latitude, x,
        indexed_edition FROM mission_search ORDER BY id"""
    )


async def _triggers() -> list[dict[str, Any]]:
    if db.is_postgres():
        return await db.fetch("SELECT tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1")
    return await db.fetch("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY 1")


def test_the_same_seed_gives_the_same_missions() -> None:
    assert batch(1, 20, 1, NOW) == batch(1, 20, 1, NOW)
    assert batch(1, 20, 1, NOW) != batch(1, 20, 2, NOW)


def test_a_few_words_are_used_often_and_most_rarely() -> None:
    words = language().text(random.Random(1), 20_000)
    often = words.count(language().words[0])
    assert often > 5 * words.count(language().words[FIRST]) > 0
    assert len(set(words)) > 5_000


def test_a_text_is_normalised_as_discovery_does() -> None:
    text = sentence(language().text(random.Random(2), 300))
    assert indexed(text) == index_text(text)


def test_a_search_row_is_what_discovery_would_write() -> None:
    rows = batch(1, 50, 1, NOW)
    for mission, row in zip(rows.missions, rows.entries, strict=True):
        fresh = entry(mission | {"association": public_id("association", mission["association"])})
        assert fresh == {name: row[name] for name in fresh}


async def test_a_loaded_database_is_as_one_that_was_indexed(database: None, database_url: str) -> None:
    triggers = await _triggers()
    await _load(database_url)
    assert await _triggers() == triggers
    loaded, asked = await _rows(), Search(words=language().words[FIRST])
    found = await search(asked, now())
    assert len(loaded) == MISSIONS
    assert 0 < found.total < MISSIONS
    await reindex(lambda done, of: None, now())
    assert await _rows() == loaded
    assert (await search(asked, now())).total == found.total


async def test_texts_that_are_repeated_are_indexed_as_others(
    database: None, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    triggers = await _triggers()
    monkeypatch.setattr(copies, "TEXTS", 120)
    await _load(database_url)
    assert await _triggers() == triggers
    loaded = await _rows()
    assert [row["id"] for row in loaded] == list(range(1, MISSIONS + 1))
    assert loaded[0]["body_t"] == loaded[120]["body_t"] == loaded[240]["body_t"]
    assert len({row["public_id"] for row in await db.fetch("SELECT public_id FROM mission")}) == MISSIONS
    await reindex(lambda done, of: None, now())
    assert await _rows() == loaded
    assert await wrong_counts() == []


async def test_every_search_that_is_timed_finds_what_its_name_says(database: None, database_url: str) -> None:
    await _load(database_url)
    totals = {}
    for name, make in CASES.items():
        rng = random.Random(name)
        totals[name] = sum([(await search(await make(rng), now())).total for _ in range(10)])
    assert totals["an absent word"] == 0
    assert totals["newest"] > totals["one common word"] > totals["two words"] > 0
    assert totals["prefix"] > 0
    assert totals["nearest 20"] > 0
