"""Posting: an e-mail is a row of the transaction it tells about, with its words as they were promised."""

import secrets
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from marketplace import settings
from marketplace.mail.tables import Email
from marketplace.text import language, speaking
from marketplace.web import pages


async def post(
    template: str, *, to: str, lang: str, now: datetime, unsubscribe: str = "", **values: Any
) -> None:
    """Write the e-mail of `templates/email/<template>/` to an address; it leaves after the commit.

    Sent at least once, with one Message-ID: a mail system that gets it twice shows it once. `unsubscribe` is
    the address of a keyless POST that stops such mails: mail programs show a button for it (RFC 8058).
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
    await Email.insert(
        Email(
            message_id=f"<{secrets.token_hex(16)}@{urlsplit(settings.current().public_url).hostname}>",
            template=template,
            recipient=to,
            subject=" ".join(parts["subject.txt"].split()),
            text=parts["body.txt"],
            html=parts["body.html"],
            unsubscribe=unsubscribe,
            created_at=now,
            due_at=now,
        )
    )
