"""A real mail server for the tests of delivery."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP

from marketplace import settings


@dataclass
class MailServer:
    """Takes every message, or answers `says` when it is set."""

    says: str = ""
    received: list[EmailMessage] = field(default_factory=list)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.says:
            return self.says
        parser = BytesParser(EmailMessage, policy=policy.default)
        self.received.append(parser.parsebytes(envelope.content))
        return "250 taken"


@pytest.fixture
async def mail_server(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[MailServer]:
    """A server that listens on this machine, and the settings that lead to it."""
    taken = MailServer()
    loop = asyncio.get_running_loop()
    listening = await loop.create_server(lambda: SMTP(taken, loop=loop), "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    monkeypatch.setenv("MARKETPLACE_SMTP_URL", f"smtp://127.0.0.1:{port}")
    settings.current.cache_clear()
    yield taken
    listening.close()
    await listening.wait_closed()
    monkeypatch.undo()
    settings.current.cache_clear()
