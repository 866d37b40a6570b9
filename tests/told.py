"""Processes of our own that wait for a line, do what it says, and answer a line."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager

from marketplace import db
from marketplace.app import create_app

Process = asyncio.subprocess.Process


@asynccontextmanager
async def processes(module: str, count: int, *arguments: str) -> AsyncIterator[list[Process]]:
    """This many of `python -m module`, ready, and gone afterwards."""
    pipe = asyncio.subprocess.PIPE
    command = (sys.executable, "-m", module, *arguments)
    started = [await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe) for _ in range(count)]
    try:
        await asyncio.gather(*(_heard(one) for one in started))
        yield started
    finally:
        for one in started:
            assert one.stdin is not None
            one.stdin.close()
            await one.wait()


async def tell(told: Sequence[Process], lines: Sequence[str]) -> list[str]:
    """Each does what its line says, at the same time; their answers."""
    for one, line in zip(told, lines, strict=True):
        assert one.stdin is not None
        one.stdin.write(f"{line}\n".encode())
    return await asyncio.gather(*(_heard(one) for one in told))


def serve(work: Callable[[str], Awaitable[str]]) -> None:
    """In such a process: do what each line says; an error is an answer too."""
    os.environ["MARKETPLACE_DEMO"] = "yes"  # an e-mail is delivered by being marked so
    create_app()  # e-mails hold links: the routes are known
    _say("ready")
    for line in sys.stdin:
        _say(asyncio.run(_connected(work, line.strip())))


async def _connected(work: Callable[[str], Awaitable[str]], line: str) -> str:
    await db.start()  # each time: the file of an SQLite database is another one at each test
    try:
        return await work(line)
    except Exception as error:
        return f"ERROR {error!r}".replace("\n", " ")
    finally:
        await db.stop()


async def _heard(process: Process) -> str:
    assert process.stdout is not None
    heard = await process.stdout.readline()
    assert heard, "the process has died"
    return heard.decode().strip()


def _say(answer: str) -> None:
    sys.stdout.write(answer + "\n")
    sys.stdout.flush()
