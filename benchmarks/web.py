"""The search page through HTTP: a real server process, every request another search."""

import asyncio
import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.missions import commune
from benchmarks.timing import a_word, common
from marketplace.front import criteria
from marketplace.vocabulary.audiences import AUDIENCES

CONNECTIONS = 8
SECONDS = 8
ROUNDS = 2  # each measured in turn
START_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Pages:
    """Requests a second, and megabytes of the web process afterwards."""

    searches: float
    memory: float
    failed: int
    resident_mb: float
    peak_mb: float


def address(rng: random.Random) -> str:
    """A search nobody made before, of one of five kinds."""
    words = f"{common(rng)} {a_word(rng, 0, 300)}" if rng.random() < 0.3 else common(rng)
    pairs = [("quoi", words), ("rayon", rng.choice(["", "20", "50", "100"]))]
    match rng.randrange(5):
        case 0:
            pairs.append(("ou", commune(rng).label))
        case 1:
            pairs += [("ou", commune(rng).label), ("public", rng.choice(list(AUDIENCES)))]
        case 2:
            pairs.append(("public", rng.choice(list(AUDIENCES))))
        case 3:
            pairs = [("quoi", words[:3])]
    pairs.append(("lieu", rng.choice(["", "sur-place", "a-distance"])))
    return str(criteria.address(criteria.understood([pair for pair in pairs if pair[1]])))


async def measure(port: int, pid: int) -> Pages:
    """Searches, then the same pages from memory, twice in turn."""
    rng = random.Random("visitors")
    await _requests(port, lambda: address(rng), 2)
    searches = memory = 0.0
    failed = 0
    for _ in range(ROUNDS):
        done, wrong = await _requests(port, lambda: address(rng), SECONDS)
        again, bad = await _requests(port, lambda: "/memory", SECONDS / 2)
        searches, memory, failed = searches + done, memory + again, failed + wrong + bad
    return Pages(searches / ROUNDS, memory / ROUNDS, failed, _status(pid, "VmRSS"), _status(pid, "VmHWM"))


@contextmanager
def server(database_url: str) -> Iterator[tuple[int, int]]:
    """(port, process) of the site on this database, without its worker."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [sys.executable, "-m", "uvicorn", "benchmarks.served:create_app", "--factory",
               "--port", str(port), "--no-access-log", "--log-level", "warning"]  # fmt: skip
    wanted = {
        "MARKETPLACE_DATABASE_URL": database_url,
        "MARKETPLACE_PUBLIC_URL": "http://localhost:8000",
        "MARKETPLACE_EMBEDDED_WORKER": "no",
    }
    process = subprocess.Popen(command, env=os.environ | wanted)
    try:
        _wait(port)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(30)


def _wait(port: int) -> None:
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


async def _requests(port: int, path: Callable[[], str], seconds: float) -> tuple[float, int]:
    """(requests a second, how many were not answered by a page)."""
    until = time.monotonic() + seconds
    results = await asyncio.gather(*(_visitor(port, path, until) for _ in range(CONNECTIONS)))
    return sum(done for done, _ in results) / seconds, sum(wrong for _, wrong in results)


async def _visitor(port: int, path: Callable[[], str], until: float) -> tuple[int, int]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    done = wrong = 0
    while time.monotonic() < until:
        writer.write(f"GET {path()} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        await reader.readexactly(int(head.split(b"content-length: ")[1].split(b"\r\n")[0]))
        done += 1
        wrong += b" 200 " not in head[:20]
    writer.close()
    return done, wrong


def _status(pid: int, name: str) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith(name)).split()[1]) / 1024
