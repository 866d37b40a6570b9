"""A whole installation for a story: the real commands, a server, a mail server that keeps what it gets."""

import asyncio
import os
import re
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx
from aiosmtpd.smtp import SMTP

from tests.browser.conftest import ROOT, own_database
from tests.mail.conftest import MailServer

TRIES = 300  # × 0.1 s


@dataclass
class Installation:
    """A site that answers at `url`, whose e-mails arrive in `mail`."""

    url: str
    environment: dict[str, str]
    mail: MailServer

    async def command(self, *arguments: str) -> str:
        """Run `python -m marketplace …`; what it printed."""
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "marketplace", *arguments,
            cwd=ROOT, env=self.environment, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        printed, _ = await process.communicate()
        assert process.returncode == 0, f"{arguments} ended with {process.returncode}"
        return printed.decode()

    async def link(self, to: str, about: str) -> str:
        """The link of the newest e-mail to this address whose own address has this in it."""
        for _ in range(TRIES):
            for message in reversed(self.mail.received):
                body = message.get_body(("plain",))
                words = body.get_content() if body else ""
                found = re.search(re.escape(self.url) + r"\S*" + re.escape(about) + r"\S*", words)
                if message["To"] == to and found:
                    self.mail.received.remove(message)  # a link is followed once
                    return found[0]
            await asyncio.sleep(0.1)
        got = [(message["To"], message["Subject"]) for message in self.mail.received]
        raise AssertionError(f"no e-mail to {to} about {about}: {got}")


@asynccontextmanager
async def installed(database_url: str) -> AsyncIterator[Installation]:
    """The site on an empty database of the same engine as this URL's."""
    async with own_database(database_url) as url, _mail_server() as (mail, smtp_port):
        port = _free_port()
        environment = {
            **os.environ,
            "MARKETPLACE_PUBLIC_URL": f"http://localhost:{port}",
            "MARKETPLACE_DATABASE_URL": url,
            "MARKETPLACE_SMTP_URL": f"smtp://127.0.0.1:{smtp_port}",
            "MARKETPLACE_EMBEDDED_WORKER": "yes",
        }
        site = Installation(f"http://localhost:{port}", environment, mail)
        await site.command("migrate")
        arguments = ("-m", "marketplace", "serve", "--port", str(port))
        process = await asyncio.create_subprocess_exec(sys.executable, *arguments, cwd=ROOT, env=environment)
        try:
            await _answers(process, site.url)
            yield site
        finally:
            process.terminate()
            await process.wait()


@asynccontextmanager
async def _mail_server() -> AsyncIterator[tuple[MailServer, int]]:
    taken, loop = MailServer(), asyncio.get_running_loop()
    listening = await loop.create_server(lambda: SMTP(taken, loop=loop), "127.0.0.1", 0)
    yield taken, listening.sockets[0].getsockname()[1]
    listening.close()
    await listening.wait_closed()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


async def _answers(process: asyncio.subprocess.Process, url: str) -> None:
    async with httpx.AsyncClient() as http:
        for _ in range(TRIES):
            assert process.returncode is None, "the server stopped: its words are above"
            try:
                if (await http.get(f"{url}/sante")).status_code == 200:
                    return
            except httpx.TransportError:
                await asyncio.sleep(0.1)
    raise AssertionError("the server does not answer")
