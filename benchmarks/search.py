"""`python -m benchmarks.search --missions N`: how fast the search is, on invented missions.

Without --database-url the database is made in a temporary directory and removed. With it, it is filled unless
it holds that many missions already, and kept; it must be empty or from an earlier run.
"""

import argparse
import asyncio
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from secrets import token_hex

from benchmarks import load, stock, timing, web
from benchmarks.timing import CASES, Timing
from benchmarks.web import Pages
from marketplace import db, settings
from marketplace.db.migrate import migrate
from marketplace.discovery import actions as discovery
from marketplace.routes import ROUTES
from marketplace.vocabulary.actions import load_communes
from marketplace.web import routing
from marketplace.web.clock import now
from tests.servers import database_for

REINDEXED = 10_000  # the most missions whose texts are written afresh in a run, unless it is asked for
FACETS = ("newest", "one common word", "word + facet + 25 km")


@contextmanager
def database(engine: str, url: str) -> Iterator[str]:
    """The URL of the one that is given, or of one that is gone afterwards."""
    if url:
        yield url
        return
    with database_for(engine) as made:
        yield made


async def prepare() -> int:
    """Migrate; how many missions there are."""
    await db.start()
    await migrate()
    await load_communes()
    (row,) = await db.fetch("SELECT count(*) AS found FROM mission")
    await db.stop()
    return int(row["found"])


async def measure(missions: int, runs: int) -> tuple[Timing, list[tuple[str, Timing, Timing]], list[Timing]]:
    """(by key; name, without and with facets of each case; facets alone), over so many runs of each."""
    await db.start()
    reference = await timing.by_key(missions)
    cases = []
    for name in CASES:
        cases.append((name, await timing.listed(name, runs), await timing.whole(name, runs)))
        print(f"  {name}: {cases[-1][1].median:.1f} ms, {cases[-1][2].median:.1f} with facets", flush=True)
    alone = [await timing.counted(name, runs) for name in FACETS]
    await db.stop()
    return reference, cases, alone


async def reindexed(missions: int) -> float:
    """Seconds to write every text afresh while people could search."""
    await db.start()
    began = time.monotonic()

    def told(done: int, of: int) -> None:
        if done % 10_000 == 0:
            stock.tell("reindex", done, of, began)

    await discovery.reindex(told, now())
    await db.stop()
    return time.monotonic() - began


def table(
    reference: Timing, cases: list[tuple[str, Timing, Timing]], alone: list[Timing], pages: Pages
) -> Iterator[str]:
    """The lines of one engine's table."""
    key = reference.median
    yield f"One row by its key: median {key:.2f} ms, p95 {reference.p95:.2f} ms: the unit of « × ».\n"
    yield "| search | list, median | p95 | × | with facets, median | p95 | × |"
    yield "|---|---:|---:|---:|---:|---:|---:|"
    for name, bare, full in cases:
        yield (f"| {name} | {bare.median:.1f} ms | {bare.p95:.1f} | {bare.median / key:.0f} "
               f"| {full.median:.1f} ms | {full.p95:.1f} | {full.median / key:.0f} |")  # fmt: skip
    for one in alone:
        yield f"| {one.name} | | | | {one.median:.1f} ms | {one.p95:.1f} | {one.median / key:.0f} |"
    ratio = pages.searches / pages.memory
    yield f"\nHTTP: {pages.searches:.0f} requests/s, {pages.memory:.0f} from memory: ratio {ratio:.3f}."
    yield f"Not answered by a page: {pages.failed}."
    yield f"Memory of the web process: {pages.resident_mb:.0f} MB, at most {pages.peak_mb:.0f} MB."


def run(engine: str, url: str, asked: argparse.Namespace) -> None:
    """Fill, measure and print."""
    os.environ["MARKETPLACE_DATABASE_URL"] = url
    settings.current.cache_clear()
    began, missions, seed = time.monotonic(), asked.missions, asked.seed
    if asyncio.run(prepare()) != missions:
        if engine == "sqlite":
            load.into_sqlite(url.removeprefix("sqlite:///"), missions, seed)
        else:
            load.into_postgres(url, missions, seed)
    loaded = time.monotonic() - began
    measured = asyncio.run(measure(missions, asked.runs))
    with web.server(url) as (port, pid):
        pages = asyncio.run(web.measure(port, pid))
    print(f"\n## {engine}, {missions:,} missions, {datetime.now(UTC):%d %B %Y %H:%M} UTC\n")
    print("\n".join(table(*measured, pages)))
    print(f"Loaded and indexed in {loaded:.0f} s. {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}.")
    if asked.reindex or missions <= REINDEXED:
        print(f"`reindex` of all: {asyncio.run(reindexed(missions)):.0f} s.", flush=True)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.search", description=__doc__)
    parser.add_argument("--missions", type=int, default=10_000)
    parser.add_argument("--engine", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--database-url", default="")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--runs", type=int, default=timing.RUNS, help="of each search")
    parser.add_argument("--reindex", action="store_true", help="write every text afresh, however many")
    asked = parser.parse_args()
    url: str = asked.database_url
    engine = asked.engine if not url else "sqlite" if url.startswith("sqlite:") else "postgres"
    os.environ.setdefault("MARKETPLACE_SECRET_KEY", token_hex(32))
    routing.register(ROUTES)
    with database(engine, url) as made:
        run(engine, made, asked)


if __name__ == "__main__":
    main()
