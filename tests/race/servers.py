"""Real server processes on the test's database, and volunteers who come to them over HTTP."""

import asyncio
import os
import re
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx

from marketplace import db
from tests import make

START_SECONDS = 30
HOST = {"host": "test.localhost"}  # the site answers to its own name only


@dataclass(frozen=True)
class Runner:
    """A signed-in volunteer: a cookie, and the server process their browser happens to reach."""

    token: str
    base: str


@asynccontextmanager
async def running(processes: int, app: str = "marketplace.app:create_app") -> AsyncIterator[list[str]]:
    """The addresses of this many server processes, stopped at the end."""
    ports = [_free_port() for _ in range(processes)]
    servers = [_start(app, port) for port in ports]
    bases = [f"http://127.0.0.1:{port}" for port in ports]
    try:
        await asyncio.gather(*(_wait_for(base) for base in bases))
        yield bases
    finally:
        for server in servers:
            server.terminate()
        for server in servers:
            await asyncio.to_thread(server.wait, 20)


async def runners(count: int, bases: Sequence[str]) -> list[Runner]:
    """This many volunteers, signed in, spread over the processes."""
    tokens = [await make.session(await make.account()) for _ in range(count)]
    return [Runner(token, bases[n % len(bases)]) for n, token in enumerate(tokens)]


async def send(http: httpx.AsyncClient, runner: Runner, page: str, data: dict[str, object]) -> httpx.Response:
    """Open a page with a form, fill it, send it, and follow where it leads."""
    cookies = {"cookie": f"session={runner.token}", "sec-fetch-site": "same-origin", **HOST}
    opened = await http.get(runner.base + page, headers=cookies)
    key = re.search(r'name="form_key" value="([^"]+)"', opened.text)
    if opened.status_code != 200 or key is None:
        return opened
    answer = await http.post(runner.base + page, data={"form_key": key[1], **data}, headers=cookies)
    if answer.status_code != 303:
        return answer
    return await http.get(runner.base + answer.headers["location"], headers=cookies)


def _start(app: str, port: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "uvicorn", app, "--factory", "--port", str(port)]
    return subprocess.Popen(
        [*command, "--no-access-log", "--log-level", "warning"],
        env={
            **os.environ,
            "MARKETPLACE_PUBLIC_URL": "http://test.localhost",
            "MARKETPLACE_EMBEDDED_WORKER": "no",
        },
    )


async def _wait_for(base: str) -> None:
    async with httpx.AsyncClient() as http:
        for _ in range(START_SECONDS * 10):
            try:
                if (await http.get(f"{base}/sante", headers=HOST)).status_code == 200:
                    return
            except httpx.TransportError:
                pass
            await asyncio.sleep(0.1)
    raise TimeoutError(f"{base} does not answer")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def processes() -> int:
    """Two on PostgreSQL; SQLite is served by one."""
    return 2 if db.is_postgres() else 1
