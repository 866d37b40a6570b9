"""Posting: an e-mail is a row of the transaction it tells about, with its words as they were promised."""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from marketplace import settings
from marketplace.mail.tables import Email
from marketplace.text import language, speaking
from marketplace.web import pages

ON_ONE_LINE = re.compile(r"[^\S\u00a0\u202f]+")  # no-break spaces stay: « Qui était là ? »
_kept: ContextVar[list[Email] | None] = ContextVar("_kept", default=None)


@contextmanager
def kept() -> Iterator[list[Email]]:
    """What is posted inside is given here and goes nowhere: a page shows an e-mail before it leaves."""
    letters: list[Email] = []
    token = _kept.set(letters)
    try:
        yield letters
    finally:
        _kept.reset(token)


async def post(
    template: str,
    *,
    to: str,
    lang: str,
    now: datetime,
    unsubscribe: str = "",
    calendar: str = "",
    **values: Any,
) -> None:
    """Write the e-mail of `templates/email/<template>/` to an address; it leaves after the commit.

    Sent at least once, with one Message-ID: a mail system that gets it twice shows it once. `unsubscribe` is
    the address of a keyless POST that stops such mails: mail programs show a button for it (RFC 8058).
    `calendar` is attached (see missions.calendar).
    """
    with speaking(lang):
        shared = {
            "site_name": settings.current().site_name,
            "public_url": settings.current().public_url,
            "contact_email": settings.current().contact_email,
            "lang": language(),
            "unsubscribe": unsubscribe,
        }
        parts = {
            part: pages.render(f"email/{template}/{part}", shared | values).strip()
            for part in ("subject.txt", "body.txt", "body.html")
        }
    email = Email(
        message_id=f"<{secrets.token_hex(16)}@{urlsplit(settings.current().public_url).hostname}>",
        template=template,
        recipient=to,
        subject=ON_ONE_LINE.sub(" ", parts["subject.txt"]),
        text=parts["body.txt"],
        html=parts["body.html"],
        calendar=calendar,
        unsubscribe=unsubscribe,
        created_at=now,
        due_at=now,
    )
    if (letters := _kept.get()) is None:
        await Email.insert(email)
    else:
        letters.append(email)
