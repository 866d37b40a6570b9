"""What a test finds in the database: what the migrations leave, or a world that was kept."""

import os
import shutil
from pathlib import Path

from marketplace import db

COMMUNES = ("commune", "commune_postcode")  # 35,000 rows in some tests: too many to delete one by one
KEPT = (*COMMUNES, "migration")
TEMPLATE = "template"  # what the migrations leave


async def clean() -> None:
    """Make the database what the migrations leave."""
    if db.is_postgres():
        await _replace_rows([])
    else:
        await db.stop()
        _copy(_file(TEMPLATE), _file())


async def keep(name: str) -> None:
    """Keep what is there now (communes apart) under a name."""
    if db.is_postgres():
        kept = [
            f'CREATE TABLE "{name}"."{table}" AS SELECT * FROM "{table}"'
            for table in await _tables()
            if await db.fetch(f'SELECT 1 FROM "{table}" LIMIT 1')
        ]
        await _run([f'CREATE SCHEMA "{name}"', *kept])
    else:
        await db.stop()  # the last connection writes the WAL file back: the file alone is the database
        shutil.copy(_file(), _file(name))
        await db.start()


async def bring_back(name: str) -> None:
    """Make the database what was kept under this name."""
    if db.is_postgres():
        await _replace_rows([f'INSERT INTO "{t}" SELECT * FROM "{name}"."{t}"' for t in await _tables(name)])
    else:
        await db.stop()
        _copy(_file(name), _file())


async def _replace_rows(inserts: list[str]) -> None:
    has_communes = await db.fetch("SELECT 1 FROM commune LIMIT 1")
    emptied = [f'DELETE FROM "{table}"' for table in await _tables()]
    if has_communes:
        emptied.append(f"TRUNCATE {', '.join(COMMUNES)}")
    # Neither triggers nor foreign keys: append-only tables are emptied too, in any order.
    await _run(["SET LOCAL session_replication_role = replica", *emptied, *inserts])


async def _run(statements: list[str]) -> None:
    async with db.transaction() as transaction:
        await transaction.connection.execute(";".join(statements))


async def _tables(schema: str = "public") -> list[str]:
    rows = await db.fetch("SELECT tablename FROM pg_tables WHERE schemaname = {}", schema)
    return sorted(row["tablename"] for row in rows if row["tablename"] not in KEPT)


def _copy(source: Path, target: Path) -> None:
    for suffix in ("-wal", "-shm"):
        Path(f"{target}{suffix}").unlink(missing_ok=True)
    shutil.copy(source, target)


def _file(name: str = "") -> Path:
    """The SQLite file of the tests, or the one beside it that is kept under a name."""
    file = Path(os.environ["MARKETPLACE_DATABASE_URL"].removeprefix("sqlite:///"))
    return file.with_name(f"{name}.db") if name else file
