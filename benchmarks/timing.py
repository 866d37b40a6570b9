"""Times what a search reads, each run with other words, beside the fetch of one row by its key."""

import random
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from statistics import median, quantiles
from typing import Any
from unittest.mock import patch

from benchmarks.missions import commune
from benchmarks.words import SMALL_WORDS, language
from marketplace import db
from marketplace.discovery import facets, positions
from marketplace.discovery.candidates import Candidates, newest
from marketplace.discovery.facets import Facets
from marketplace.discovery.positions import Position
from marketplace.discovery.queries import search
from marketplace.discovery.searches import Search
from marketplace.discovery.starts import starts
from marketplace.vocabulary.audiences import AUDIENCES
from marketplace.web.clock import now

PAGE = 10  # as on the site
PAGES_IN = 500
RUNS, SECONDS = 80, 15  # of one case, unless told otherwise: the first limit that is reached
WARM_UP = 5
FIRST = len(SMALL_WORDS)  # the most used word that is indexed
Make = Callable[[random.Random], Awaitable[Search]]
Work = Callable[[], Awaitable[object]]
Prepare = Callable[[random.Random], Awaitable[Work]]  # not timed


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds."""

    name: str
    median: float
    p95: float
    runs: int


def a_word(rng: random.Random, first: int, last: int) -> str:
    """One of the words of these ranks; the n-th word is used 1/n as often as the first."""
    return rng.choice(language().words[FIRST + first : FIRST + last])


def common(rng: random.Random) -> str:
    """In about a fifth of the missions."""
    return a_word(rng, 0, 60)


def mistyped(rng: random.Random) -> str:
    """No mission has it: a known word with one letter more."""
    word = a_word(rng, 0, 2000)
    return f"{word[:-1]}zx{word[-1]}" if rng.random() < 0.5 else f"{word}zk"


def around(rng: random.Random, **rest: Any) -> Search:
    """A search around where people live."""
    at = commune(rng)
    return Search(latitude=at.latitude, longitude=at.longitude, **rest)


async def deep(rng: random.Random) -> Search:
    """The page 500 pages in, by its cursor."""
    rows = await db.fetch(
        """SELECT m.public_id FROM mission_search r JOIN mission m ON m.id = r.mission
        WHERE r.shown_until IS NOT NULL AND r.open_until > {} ORDER BY r.id DESC LIMIT 1 OFFSET {}""",
        now(), PAGES_IN * PAGE + rng.randint(-50, 50),
    )  # fmt: skip
    if not rows:
        return Search()
    return Search(cursor=positions.write(Search(), Position("next", 0, rows[0]["public_id"])))


def _plain(make: Callable[[random.Random], Search]) -> Make:
    async def made(rng: random.Random) -> Search:
        return make(rng)

    return made


def _dated(rng: random.Random) -> Search:
    day = now().date() + timedelta(days=rng.randint(1, 60))
    return Search(words=common(rng), starts=day, ends=day + timedelta(days=7))


CASES: dict[str, Make] = {
    "newest": _plain(lambda rng: Search()),
    "one common word": _plain(lambda rng: Search(words=common(rng))),
    "two words": _plain(lambda rng: Search(words=f"{common(rng)} {a_word(rng, 0, 300)}")),
    "a rare word": _plain(lambda rng: Search(words=a_word(rng, 8_000, 20_000))),
    "an absent word": _plain(lambda rng: Search(words=mistyped(rng))),
    "prefix": _plain(lambda rng: Search(words=a_word(rng, 0, 5_000)[:3])),
    "word + facet + 25 km": _plain(
        lambda rng: around(rng, words=common(rng), audiences=(rng.choice(list(AUDIENCES)),), radius_km=25)
    ),
    "nearest 20": _plain(lambda rng: around(rng, order="nearest", radius_km=200)),
    "word, soonest": _plain(lambda rng: Search(words=common(rng), order="soonest")),
    "word + a week": _plain(_dated),
    "a cursor 500 pages in": deep,
}


async def by_key(missions: int) -> Timing:
    """The reference: one mission by its key, through the same engine."""
    rng = random.Random("keys")

    async def once() -> None:
        await db.fetch("SELECT id, public_id, title FROM mission WHERE id = {}", rng.randint(1, missions))

    return await _timed("one row by its key", _always(once), runs=1000)


async def whole(name: str, runs: int = RUNS) -> Timing:
    """A search as the page asks for it: the count, the hits, their cards and the facets."""
    return await _timed(name, _searching(name), runs)


async def listed(name: str, runs: int = RUNS) -> Timing:
    """The same without counting facets."""
    with no_facets():
        return await _timed(name, _searching(name), runs)


async def counted(name: str, runs: int = RUNS) -> Timing:
    """Its facets alone: what they are counted from, read and counted."""

    async def prepared(rng: random.Random) -> Work:
        asked = await CASES[name](rng)

        async def sample() -> Facets:
            known = await starts(asked)
            some = await newest(asked, now(), facets.SAMPLE, known=known)
            return facets.count(some, await facets.put_aside(asked, now(), known))

        return sample

    return await _timed(f"facets, {name}", prepared, runs)


@contextmanager
def no_facets() -> Iterator[None]:
    """Searches count none meanwhile."""

    async def none(*_: object) -> dict[str, Candidates]:
        return {}

    with patch.object(facets, "put_aside", none), patch.object(facets, "count", lambda *_, **__: Facets()):
        yield


def _searching(name: str) -> Prepare:
    limit = 20 if "20" in name else PAGE

    async def prepared(rng: random.Random) -> Work:
        asked = await CASES[name](rng)
        return lambda: search(asked, now(), limit)

    return prepared


def _always(once: Work) -> Prepare:
    async def prepared(_: random.Random) -> Work:
        return once

    return prepared


async def _timed(name: str, prepared: Prepare, runs: int = RUNS) -> Timing:
    rng, taken, began = random.Random(name), [], time.monotonic()
    for turn in range(WARM_UP + runs):
        work = await prepared(rng)
        started = time.perf_counter()
        await work()
        if turn >= WARM_UP:
            taken.append((time.perf_counter() - started) * 1000)
        if time.monotonic() - began > SECONDS and len(taken) >= 5:
            break
    return Timing(name, median(taken), quantiles(taken, n=20)[-1], len(taken))
