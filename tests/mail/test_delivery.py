"""Delivery through a real mail server: once, again after a failure, and in the end given up."""

import asyncio
from datetime import datetime, timedelta

import pytest

from marketplace.mail import delivery
from marketplace.mail.outbox import post
from marketplace.mail.tables import Email
from tests import make
from tests.client import last_email
from tests.mail.conftest import MailServer

pytestmark = pytest.mark.usefixtures("database")
REFUSED = "451 come back later"


async def write(to: str = "zoe@example.org") -> Email:
    await post("sign_in", to=to, lang="fr", now=make.NOW, link="http://test.localhost/é", code="123456")
    return await last_email(to)


async def again(email: Email) -> Email:
    return await last_email(email.recipient)


async def test_an_email_is_sent_once(mail_server: MailServer) -> None:
    email = await write()

    sent = [await delivery.deliver(make.NOW), await delivery.deliver(make.after(days=1))]

    assert sent == [1, 0]
    (message,) = mail_server.received
    assert message["To"] == "zoe@example.org"
    assert message["From"] == "Missions ouvertes <ne-pas-repondre@missions-ouvertes.example>"
    assert message["Subject"] == email.subject
    assert message["Message-ID"] == email.message_id
    assert message["Auto-Submitted"] == "auto-generated"
    text, html = message.iter_parts()
    assert (text.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert "123456" in text.get_content()
    assert "http://test.localhost/é" in html.get_content()


async def test_its_words_are_erased_once_it_is_sent(mail_server: MailServer) -> None:
    email = await write()
    assert email.text
    assert email.html

    await delivery.deliver(make.NOW)

    email = await again(email)
    assert (email.sent_at, email.text, email.html) == (make.NOW, "", "")
    assert email.claimed_until is None


async def test_an_email_of_tomorrow_waits(mail_server: MailServer) -> None:
    email = await write()
    await Email.update({Email.due_at: make.after(days=1)}).where(Email.id == email.id)

    assert await delivery.deliver(make.after(hours=23)) == 0
    assert await delivery.deliver(make.after(hours=24)) == 1


async def test_a_refused_email_is_tried_again_with_the_same_message_id(mail_server: MailServer) -> None:
    email = await write()
    mail_server.says = REFUSED
    assert await delivery.deliver(make.NOW) == 0
    waiting = await again(email)
    assert waiting.attempts == 1
    assert not waiting.sent_at
    assert not waiting.failed_at
    assert "come back later" in waiting.error

    mail_server.says = ""
    assert await delivery.deliver(make.after(seconds=59)) == 0
    assert await delivery.deliver(make.after(seconds=60)) == 1

    assert [message["Message-ID"] for message in mail_server.received] == [email.message_id]
    assert (await again(email)).error == ""


async def test_after_four_hours_it_is_given_up_and_said_so(mail_server: MailServer) -> None:
    email = await write()
    mail_server.says = REFUSED
    tries = []
    for minutes in range(60 * 6):
        before = (await again(email)).attempts
        await delivery.deliver(make.after(minutes=minutes))
        if (await again(email)).attempts > before:
            tries.append(minutes)

    email = await again(email)
    assert len(tries) == len(delivery.RETRY_AFTER) + 1
    assert tries[-1] == 240
    assert email.failed_at == make.after(minutes=240)
    assert email.text  # kept: somebody will have to say these words
    mail_server.says = ""
    assert await delivery.deliver(make.after(days=1)) == 0


async def test_one_refused_address_keeps_no_other_email_back(mail_server: MailServer) -> None:
    first, second = await write("one@example.org"), await write("two@example.org")
    await Email.update({Email.recipient: "not an address"}).where(Email.id == first.id)

    assert await delivery.deliver(make.NOW) == 1

    assert (await again(second)).sent_at == make.NOW
    refused = await last_email("not an address")
    assert refused.attempts == 1
    assert refused.sent_at is None


async def test_a_server_that_is_away_costs_nothing_but_time(
    mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*args: object, **kwargs: object) -> None:
        raise ConnectionRefusedError("nobody listens")

    email = await write()
    monkeypatch.setattr("aiosmtplib.send", away)

    assert await delivery.deliver(make.NOW) == 0

    assert (await again(email)).error == "ConnectionRefusedError: nobody listens"


async def test_workers_at_the_same_time_never_send_the_same_email(mail_server: MailServer) -> None:
    for number in range(30):
        await write(f"someone{number}@example.org")

    counts = await asyncio.gather(*(delivery.deliver(make.NOW) for _ in range(4)))

    assert sum(counts) == 30
    assert sorted(str(message["To"]) for message in mail_server.received) == sorted(
        f"someone{number}@example.org" for number in range(30)
    )


async def test_the_emails_of_a_worker_that_died_are_sent_by_another(mail_server: MailServer) -> None:
    email = await write()
    await Email.update({Email.claimed_until: make.NOW + delivery.CLAIM}).where(Email.id == email.id)

    assert await delivery.deliver(make.NOW) == 0
    assert await delivery.deliver(make.NOW + delivery.CLAIM + timedelta(seconds=1)) == 1


async def test_a_slow_worker_leaves_what_another_has_taken(
    mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        await write(f"someone{number}@example.org")
    real = delivery._mark_sent

    async def mark_after_a_while(email: Email, now: datetime) -> None:
        await real(email, now)
        monkeypatch.setattr(delivery, "_mark_sent", real)
        await delivery.deliver(make.NOW + delivery.CLAIM + timedelta(seconds=1))

    monkeypatch.setattr(delivery, "_mark_sent", mark_after_a_while)
    await delivery.deliver(make.NOW)

    assert sorted(message["To"] for message in mail_server.received) == [
        f"someone{number}@example.org" for number in range(3)
    ]


async def test_without_a_mail_server_they_wait_in_the_outbox() -> None:
    email = await write()

    assert await delivery.deliver(make.NOW) == 0

    assert (await again(email)).attempts == 0


async def test_an_address_that_cannot_be_written_does_not_hold_up_the_others(mail_server: MailServer) -> None:
    broken = await write("=?utf-8?q?=0ab?=@example.org")
    await write()

    assert await delivery.deliver(make.NOW) == 1

    assert (await again(broken)).error.startswith("ValueError")
    assert [message["To"] for message in mail_server.received] == ["zoe@example.org"]
