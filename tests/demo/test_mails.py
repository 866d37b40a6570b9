"""The kept e-mails are read at /demo/mail, which does not exist elsewhere."""

from collections.abc import AsyncIterator

import pytest

from marketplace import settings
from marketplace.app import create_app
from marketplace.mail import outbox
from marketplace.mail.tables import Email
from tests import make
from tests.client import Client, Clock


@pytest.fixture
async def demo(database: None, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Client]:
    """A visitor's browser on a demonstration."""
    monkeypatch.setenv("MARKETPLACE_DEMO", "yes")
    settings.current.cache_clear()
    browser = Client(create_app())
    yield browser
    await browser.http.aclose()
    monkeypatch.undo()
    settings.current.cache_clear()


async def test_a_real_installation_has_no_such_pages(client: Client) -> None:
    email = await mailed("zoe@example.org")

    await client.get("/demo/mail", status=404)
    await client.get(f"/demo/mail/{email.id}", status=404)
    assert "démonstration" not in (await client.get("/")).html


async def test_the_link_of_a_mail_can_be_clicked(demo: Client) -> None:
    page = await demo.get("/connexion")
    await demo.submit(page, {"email": "zoe@example.org"})

    inbox = await demo.get("/demo/mail")
    assert "zoe@example.org" in inbox.text
    mail = await demo.get(next(link for link in inbox.links if link.startswith("/demo/mail/")))
    link = next(link for link in mail.links if "/connexion/lien/" in link)

    assert (await demo.follow(await demo.get(link, status=None))).h1


async def test_one_address_and_the_pages_after_the_first(demo: Client) -> None:
    for _ in range(26):
        await mailed("zoe@example.org")
    await mailed("yves@example.org")

    page = await demo.get("/demo/mail")
    only = await demo.submit(page, {"pour": "yves@example.org"}, status=200)
    older = await demo.get(next(link for link in page.links if "avant=" in link))

    assert page.text.count("zoe@example.org") == 48  # 24 e-mails: under the subject, and in its hidden words
    assert "zoe@example.org" not in only.text
    assert older.text.count("zoe@example.org") == 4


@pytest.mark.parametrize("name", ["0", "999999999", "abc", "1e3", "%00", "99999999999999999999"])
async def test_an_email_that_is_nowhere(demo: Client, name: str) -> None:
    await demo.get(f"/demo/mail/{name}", status=404)


async def test_strange_words_in_the_address_change_nothing(demo: Client) -> None:
    page = await demo.get("/demo/mail?pour=%3Cscript%3E&avant=-1")

    assert "Aucun e-mail ici" in page.text


async def test_words_already_gone_are_said_to_be(demo: Client) -> None:
    email = await mailed("zoe@example.org")
    await Email.update({Email.text: "", Email.html: ""}).where(Email.id == email.id)

    assert "n’a pas été gardé" in (await demo.get(f"/demo/mail/{email.id}")).text


async def mailed(to: str) -> Email:
    """An e-mail like any other."""
    await outbox.post("email_changed", to=to, lang="fr", now=make.NOW)
    email = await Email.objects().where(Email.recipient == to).order_by(Email.id, ascending=False).first()
    assert email is not None
    return email
