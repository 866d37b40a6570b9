"""A mail one may stop says so in its headers, as RFC 8058 wants them; the others have no such header."""

import pytest

from marketplace.front.saved_words import send_due
from marketplace.mail import delivery
from marketplace.mail.outbox import post
from tests import make
from tests.client import Client, last_email
from tests.mail.conftest import MailServer

ZOE = "zoe@example.org"


@pytest.mark.usefixtures("client")
async def test_the_headers_reach_the_mail_server_whole(mail_server: MailServer) -> None:
    await make.saved_search(email=ZOE)
    await make.mission(published_at=make.after(hours=12))
    assert await send_due(make.after(days=1)) == 1
    address = (await last_email(ZOE)).unsubscribe
    assert len(address) > 78, "longer than a line"

    await delivery.deliver(make.after(days=1))

    (message,) = mail_server.received
    as_sent = dict(message.raw_items())
    assert "=?" not in as_sent["List-Unsubscribe"], "encoded, no mail program reads it"
    assert as_sent["List-Unsubscribe"].strip() == f"<{address}>"
    assert as_sent["List-Unsubscribe-Post"].strip() == "List-Unsubscribe=One-Click"
    assert (await last_email(ZOE)).unsubscribe == "", "it is erased with the words"


async def test_what_the_header_says_works(client: Client, mail_server: MailServer) -> None:
    await make.saved_search(email=ZOE)
    await make.mission(published_at=make.after(hours=12))
    await send_due(make.after(days=1))
    await delivery.deliver(make.after(days=1))
    address = str(mail_server.received[0]["List-Unsubscribe"]).strip().strip("<>")

    answer = await client.http.post(address, content=b"List-Unsubscribe=One-Click")

    assert answer.status_code == 200
    await make.mission(published_at=make.after(hours=36))
    assert await send_due(make.after(days=2)) == 0


async def test_mails_about_an_act_have_none(client: Client, mail_server: MailServer) -> None:
    await post("sign_in", to=ZOE, lang="fr", now=make.NOW, link="http://test.localhost/é", code="123456")

    await delivery.deliver(make.NOW)

    assert [name for name in mail_server.received[0].keys() if name.startswith("List-")] == []  # noqa: SIM118
