"""The site in a process of its own, for Chromium: `python -m tests.browser.serve PORT DATABASE_URL [FILE]`.

With FILE, the database is first filled with `tests.people.world()`, whose paths and cookies are written there
as JSON, and the clock stands still at make.NOW. Without it, the database is empty and time passes.
"""

import asyncio
import json
import os
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path

import httpx
import uvicorn

from marketplace import db
from marketplace.app import create_app
from marketplace.db.migrate import migrate
from marketplace.discovery.actions import sweep
from marketplace.web import clock
from tests import make
from tests.client import Client, Clock
from tests.people import PEOPLE, world


@dataclass
class Filled:
    """What Chromium needs of the world: what fills the `{…}` of paths, and each person's cookies."""

    ids: dict[str, str]
    cookies: dict[str, dict[str, str]] = field(default_factory=dict)


async def fill() -> Filled:
    """Make the world, and a session for each kind of person."""
    await db.start()
    made = await world()
    await sweep(make.NOW)
    filled = Filled(made.ids)
    visitor = Client(create_app())
    for person in PEOPLE:
        browser = await made.browser(visitor, person)
        filled.cookies[person] = dict(httpx.Cookies(browser.http.cookies))
    await db.stop()
    return filled


def main(port: str, database_url: str, file: str = "") -> None:
    """Serve until ended."""
    os.environ["MARKETPLACE_PUBLIC_URL"] = f"http://localhost:{port}"
    os.environ["MARKETPLACE_DATABASE_URL"] = database_url
    if file:
        setattr(clock, "datetime", Clock())  # noqa: B010 - as the `clock` fixture does
    asyncio.run(migrate())
    if file:
        Path(file).write_text(json.dumps(asdict(asyncio.run(fill()))), encoding="utf-8")
    uvicorn.run(create_app(), host="127.0.0.1", port=int(port), log_level="warning")


if __name__ == "__main__":
    main(*sys.argv[1:])
