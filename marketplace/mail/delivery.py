"""Delivery: claim what is due, send it, and try again for four hours before saying it failed."""

import re
from datetime import datetime, timedelta
from email.headerregistry import BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import EmailPolicy, Policy
from email.utils import format_datetime, formataddr
from functools import cache
from time import monotonic
from typing import Any

from marketplace import db, settings
from marketplace.mail import smtp
from marketplace.mail.tables import Email

CLAIM = timedelta(minutes=2)  # a worker that dies gives its mails back after this
RETRY_AFTER = [timedelta(minutes=m) for m in (1, 2, 5, 10, 20, 30, 45, 60, 67)]  # four hours in all
BATCH = 20
METHOD = re.compile(r"^METHOD:([A-Z]+)\r?$", re.MULTILINE)
KEPT = timedelta(days=30)  # who was written to, about what; the words are gone on sending


async def deliver(now: datetime) -> int:
    """Send what is due; the number of e-mails that left. In the demo they are kept and only marked sent."""
    if not settings.current().smtp_url and not settings.current().demo:
        return 0
    sent, began = 0, monotonic()
    for email in await _claim(now):
        if not await _claim_again(email, now + timedelta(seconds=monotonic() - began)):
            continue  # those before it took so long that somebody else sends it
        error = "" if settings.current().demo else await _send(email, now)
        await (_keep_for_later(email, error, now) if error else _mark_sent(email, now))
        sent += not error
    return sent


async def _send(email: Email, now: datetime) -> str:
    try:
        message = _message(email, now)
    except ValueError as error:  # one that cannot be written does not hold up the others
        return f"ValueError: {error}"
    return await smtp.send(message)


async def _claim(now: datetime) -> list[Email]:
    """Mails nobody else is sending, ours for a while."""
    skip_locked = "FOR UPDATE SKIP LOCKED" if db.is_postgres() else ""
    rows = await db.fetch(
        f"""UPDATE email SET claimed_until = {{}} WHERE id IN (
            SELECT id FROM email WHERE sent_at IS NULL AND failed_at IS NULL AND due_at <= {{}}
            AND (claimed_until IS NULL OR claimed_until < {{}}) ORDER BY due_at LIMIT {BATCH} {skip_locked})
        RETURNING id""",  # noqa: S608 - nothing in it comes from outside
        now + CLAIM,
        now,
        now,
    )
    ids = [row["id"] for row in rows]
    return await Email.objects().where(Email.id.is_in(ids)).order_by(Email.id) if ids else []


async def _claim_again(email: Email, now: datetime) -> bool:
    """Whether it is still ours; it then is for as long again."""
    rows = (
        await Email.update({Email.claimed_until: now + CLAIM})
        .where((Email.id == email.id) & (Email.claimed_until == email.claimed_until))
        .returning(Email.id)
    )
    return bool(rows)


def _message(email: Email, now: datetime) -> EmailMessage:
    message = EmailMessage(_policy())
    message["From"] = formataddr((settings.current().site_name, settings.current().mail_from))
    message["To"] = email.recipient
    message["Subject"] = email.subject
    message["Date"] = format_datetime(now)
    message["Message-ID"] = email.message_id
    message["Auto-Submitted"] = "auto-generated"
    if email.unsubscribe:
        message["List-Unsubscribe"] = f"<{email.unsubscribe}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(email.text)
    message.add_alternative(email.html, subtype="html")
    if email.calendar:
        _attach(message, email.calendar)
    return message


def _attach(message: EmailMessage, calendar: str) -> None:
    """The name of the file is as neutral as the subject."""
    method = METHOD.search(calendar)
    message.add_attachment(
        calendar,
        subtype="calendar",
        filename="agenda.ics",
        params={"method": method[1]} if method else {},
    )


class _OneLine(UnstructuredHeader, BaseHeader):
    """A header that is never cut: a long address would be encoded, and no mail program would find it."""

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


@cache
def _policy() -> "EmailPolicy[EmailMessage]":
    headers = HeaderRegistry()
    headers.map_to_type("list-unsubscribe", _OneLine)
    return EmailPolicy(header_factory=headers)


async def _mark_sent(email: Email, now: datetime) -> None:
    # the words hold links: once gone they are nobody's to read, except in the demo, which shows them
    words: dict[Any, Any] = (
        {}
        if settings.current().demo
        else {Email.text: "", Email.html: "", Email.calendar: "", Email.unsubscribe: ""}
    )
    await Email.update({Email.sent_at: now, Email.claimed_until: None, Email.error: "", **words}).where(
        Email.id == email.id
    )


async def _keep_for_later(email: Email, error: str, now: datetime) -> None:
    later = RETRY_AFTER[email.attempts] if email.attempts < len(RETRY_AFTER) else None
    await Email.update(
        {
            Email.attempts: email.attempts + 1,
            Email.claimed_until: None,
            Email.error: error[:300],
            Email.due_at: now + later if later else email.due_at,
            Email.failed_at: None if later else now,
        }
    ).where(Email.id == email.id)


async def forget_old(now: datetime) -> None:
    """Remove what is left of e-mails sent, or given up, more than KEPT ago."""
    await Email.delete().where((Email.sent_at < now - KEPT) | (Email.failed_at < now - KEPT))
