"""E-mails are written with the act they tell about, in words that do not change."""

import pytest
from jinja2 import UndefinedError

from marketplace import db
from marketplace.mail.outbox import post
from marketplace.mail.tables import Email
from marketplace.web import pages
from tests import make
from tests.client import last_email

pytestmark = pytest.mark.usefixtures("database")
TO = "zoe@example.org"


async def write(lang: str = "fr", link: str = "http://test.localhost/connexion/lien/abc") -> Email:
    await post("sign_in", to=TO, lang=lang, now=make.NOW, link=link, code="123456")
    return await last_email(TO)


async def test_an_email_has_its_subject_and_two_bodies() -> None:
    email = await write()

    assert email.subject == "Votre lien de connexion"
    assert "123456" in email.text
    assert "123456" in email.html
    assert "http://test.localhost/connexion/lien/abc" in email.text
    assert email.due_at == make.NOW
    assert email.sent_at is None


async def test_a_subject_is_one_line_that_keeps_its_no_break_spaces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "render", lambda *_: " Qui était là\u00a0?\r\nBcc:\u2028 x \n")

    assert (await write()).subject == "Qui était là\u00a0? Bcc: x"


async def test_html_is_escaped_and_text_is_not() -> None:
    email = await write(link="http://test.localhost/?a=1&b=<i>")

    assert "a=1&b=<i>" in email.text
    assert "a=1&amp;b=&lt;i&gt;" in email.html
    assert "<i>" not in email.html


async def test_each_email_has_a_message_id_of_its_own() -> None:
    first, second = await write(), await write()

    assert first.message_id != second.message_id
    assert first.message_id.endswith("@test.localhost>")


async def test_an_act_that_fails_sends_nothing() -> None:
    async def act() -> None:
        async with db.transaction():
            await write()
            raise KeyError

    with pytest.raises(KeyError):
        await act()
    assert not await Email.exists().where(Email.recipient == TO)


async def test_a_value_that_is_missing_is_an_error_not_an_empty_line() -> None:
    with pytest.raises(UndefinedError):
        await post("sign_in", to=TO, lang="fr", now=make.NOW, code="123456")
    assert not await Email.exists().where(Email.recipient == TO)
