"""`python -m marketplace …`: the commands, one line of help each."""

import argparse
import asyncio
import sys
from collections.abc import Awaitable, Callable
from typing import Any

import uvicorn

from marketplace import check as invariants
from marketplace import db, settings
from marketplace import demo as demonstration
from marketplace.db.migrate import migrate as run_migrations
from marketplace.discovery import actions as discovery
from marketplace.jobs import clock
from marketplace.moderation import staff
from marketplace.routes import ROUTES
from marketplace.schedule import SCHEDULE
from marketplace.vocabulary.actions import load_communes
from marketplace.web import routing
from marketplace.web.clock import now


def serve(port: int = 8000, host: str = "127.0.0.1", workers: int = 1) -> None:
    """Run the site."""
    uvicorn.run(
        "marketplace.app:create_app",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        access_log=False,  # addresses hold links that open things
        forwarded_allow_ips=settings.current().trusted_proxies,
        timeout_graceful_shutdown=25,
        log_level="warning",
    )


def demo(port: int = 8000) -> None:
    """Migrate, fill an empty database with the demonstration, and run the site."""
    migrate()
    _run(demonstration.prepare)
    serve(port)


def migrate() -> None:
    """Bring the database to this version; safe at any time, from any number of processes."""
    ran = _run(run_migrations)
    changed = _run(load_communes)
    print(f"Database ready: {len(ran)} migrations run, {changed} communes written.")


def work() -> None:
    """Run the clock: deliver e-mails and run the jobs that are due, until stopped."""
    _run(lambda: clock.run_forever(SCHEDULE))


def check() -> None:
    """Prove the invariants on the database; the exit code is 1 when one is broken."""
    broken = _run(invariants.report)
    sys.exit(1 if broken else 0)


def reindex() -> None:
    """Write the search index afresh while people search; progress is shown."""
    written = _run(lambda: discovery.reindex(lambda done, of: print(f"{done} of {of}", flush=True), now()))
    print(f"{written} missions indexed.")


def create_moderator(username: str, email: str) -> None:
    """Make a moderator's account and print its password and the enrolment of its second factor."""
    enrolment = _run(lambda: staff.create_moderator(username, email, None, now()))
    print(staff.instructions(enrolment))


COMMANDS: dict[str, Callable[..., None]] = {
    "serve": serve,
    "demo": demo,
    "migrate": migrate,
    "work": work,
    "check": check,
    "reindex": reindex,
    "create-moderator": create_moderator,
}


def main() -> None:
    """Read the command line and run one command."""
    arguments = vars(_parser().parse_args())
    command = COMMANDS[arguments.pop("command")]
    try:
        command(**arguments)
    except settings.BadSetting as problem:
        sys.exit(str(problem))
    except KeyboardInterrupt:
        sys.exit(0)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m marketplace")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, function in COMMANDS.items():
        line = (function.__doc__ or "").strip()
        sub = commands.add_parser(name, help=line, description=line)
        if name in ("serve", "demo"):
            sub.add_argument("--port", type=int, default=8000, help="TCP port (8000)")
        if name == "serve":
            sub.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
            sub.add_argument("--workers", type=int, default=1, help="processes; 1 on SQLite")
        if name == "create-moderator":
            sub.add_argument("username")
            sub.add_argument("email")
    return parser


def _run(work_to_do: Callable[[], Awaitable[Any]]) -> Any:
    async def whole() -> Any:
        routing.register(ROUTES)  # e-mails hold links to pages
        await db.start()
        try:
            return await work_to_do()
        finally:
            await db.stop()

    return asyncio.run(whole())


if __name__ == "__main__":
    main()
