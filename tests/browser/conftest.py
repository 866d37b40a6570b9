"""Chromium, and a server process of its own with its own database.

`server` is filled with tests.people.world(); `running()` starts another one, empty, for a story.
bin/test leaves these tests out, and says so, when no Chromium is installed.
"""

import asyncio
import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from playwright.async_api import Browser, async_playwright

from tests.browser.serve import Filled
from tests.servers import create_database, database_for, drop_database

ROOT = Path(__file__).parent.parent.parent
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]
START_TRIES = 300  # × 0.1 s


@dataclass
class Server:
    """A server that answers: its address, and what it was filled with."""

    url: str
    filled: Filled


@asynccontextmanager
async def running(database_url: str, folder: Path, *, filled: bool = False) -> AsyncIterator[Server]:
    """The site in a process of its own, on an empty database of the same engine as this URL's."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    async with own_database(database_url) as url:
        world = folder / "world.json"
        arguments = [str(port), url, *([str(world)] if filled else [])]
        process = _start(*arguments)
        try:
            await _answers(process, f"http://localhost:{port}")
            made = Filled(**json.loads(world.read_text(encoding="utf-8"))) if filled else Filled({})
            yield Server(f"http://localhost:{port}", made)
        finally:
            process.terminate()
            process.wait(timeout=20)


def _start(*arguments: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-m", "tests.browser.serve", *arguments], cwd=ROOT)


@asynccontextmanager
async def own_database(database_url: str) -> AsyncIterator[str]:
    """An empty database on the engine of this URL, gone afterwards."""
    if database_url.startswith("sqlite:"):
        with database_for("sqlite") as url:
            yield url
        return
    url = await create_database(database_url)
    try:
        yield url
    finally:
        await drop_database(url)


async def _answers(process: "subprocess.Popen[bytes]", url: str) -> None:
    async with httpx.AsyncClient() as http:
        for _ in range(START_TRIES):
            assert process.poll() is None, "the server stopped: its words are above"
            try:
                if (await http.get(f"{url}/sante")).status_code == 200:
                    return
            except httpx.TransportError:
                await asyncio.sleep(0.1)
    raise AssertionError("the server does not answer")


@pytest.fixture(scope="session")
async def server(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Server]:
    """A server filled with tests.people.world(), for tests that change nothing."""
    async with running(database_url, tmp_path_factory.mktemp("site"), filled=True) as started:
        yield started


@pytest.fixture(scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """The Chromium of this machine."""
    path = os.environ.get("MARKETPLACE_TEST_CHROMIUM") or shutil.which("chromium")
    assert path, "no Chromium on this machine: .ci/run installs one"
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        await browser.close()
