"""Saving a search by an address alone: nothing is sent before the mailed link and its button."""

import asyncio

import pytest

from marketplace.accounts.errors import DeadLink
from marketplace.discovery import saved_actions
from marketplace.discovery.saved_errors import TooMany
from marketplace.discovery.saved_tables import SavedSearch
from marketplace.errors import Refusal
from tests import make
from tests.client import Client, Clock, emails_to
from tests.discovery.saving import BY_ADDRESS, NEW, ZOE, asked, confirm_link, saved


async def test_nothing_is_sent_to_an_address_before_its_link_and_its_button(client: Client) -> None:
    await asked(client, "quoi=lire")
    (row,) = await saved()
    assert [row.confirmed_at, row.next_due_at, row.number] == [None, None, None]
    (mail,) = await emails_to(ZOE)
    assert mail.subject == "Confirmez votre adresse e-mail"
    assert mail.unsubscribe == ""

    elsewhere = client.another()
    page = await elsewhere.follow(await elsewhere.get(await confirm_link(), 303))
    assert (await saved())[0].confirmed_at is None, "opening the link confirms nothing"
    assert "zoe" not in page.path
    assert "La recherche : « lire »." in page.text.replace("\u00a0", " ")
    done = await elsewhere.submit(page)

    assert done.location == "/alertes/enregistree"
    (row,) = await saved()
    assert (row.email, row.account, row.confirmed_at, row.seen_until) == (ZOE, None, make.NOW, make.NOW)
    assert row.consented_at == make.NOW
    assert row.link_hash is None


async def test_a_link_confirms_once(client: Client) -> None:
    await asked(client)
    link = await confirm_link()
    page = await client.follow(await client.get(link, 303))
    late = client.another()
    too_late = await late.follow(await late.get(link, 303))
    await client.submit(page)
    before = await saved()

    await late.submit(too_late, status=410)
    await client.get((await client.get(link, 303)).location, 410)

    assert [row.to_dict() for row in await saved()] == [row.to_dict() for row in before]


async def test_known_and_unknown_addresses_look_the_same(client: Client) -> None:
    account = await make.account()
    answers, mails = [], []
    for email in (ZOE, account.email):
        answer = await client.submit(await client.get(NEW), BY_ADDRESS | {"email": email})
        answers.append((answer.status, answer.location, sorted(answer.response.cookies)))
        mails.append([mail.subject for mail in await emails_to(email)])

    assert answers[0] == answers[1]
    assert mails[0] == mails[1] != []


async def test_a_confirmed_address_of_an_account_gives_it_to_the_account(client: Client) -> None:
    account = await make.account(email=ZOE)
    await asked(client, "quoi=lire")

    await saved_actions.confirm((await confirm_link()).split("/")[-1], make.NOW)

    (row,) = await saved()
    assert [row.account, row.email, row.number] == [account.id, None, 1]


@pytest.mark.parametrize(("days", "alive"), [(6, True), (8, False)])
async def test_what_is_not_confirmed_in_seven_days_is_gone(client: Client, days: int, alive: bool) -> None:
    await asked(client)
    secret = (await confirm_link()).split("/")[-1]
    at = make.after(days=days)

    if not alive:
        with pytest.raises(DeadLink):
            await saved_actions.confirm(secret, at)
    await saved_actions.forget_unconfirmed(at)

    assert len(await saved()) == alive


async def test_a_confirmed_search_is_not_forgotten(database: None) -> None:
    await make.saved_search(email=ZOE)

    await saved_actions.forget_unconfirmed(make.after(days=400))

    assert len(await saved()) == 1


async def test_three_mails_a_day_to_an_address_and_no_more(client: Client, clock: Clock) -> None:
    for _ in range(3):
        await asked(client)
    page = await client.submit(await client.get(NEW), BY_ADDRESS, status=422)

    assert "Réessayez demain" in page.text
    assert len(await emails_to(ZOE)) == 3
    clock.move(days=1)
    await asked(client)
    assert len(await emails_to(ZOE)) == 4


async def test_an_address_has_ten_at_most_too(client: Client) -> None:
    for number in range(1, 11):
        await make.saved_search(email=ZOE, number=number, query=f"quoi=mot{number}")
    await asked(client, "quoi=encore")

    with pytest.raises(TooMany):
        await saved_actions.confirm((await confirm_link()).split("/")[-1], make.NOW)

    assert await SavedSearch.count().where(SavedSearch.confirmed_at.is_not_null()) == 10


async def test_two_links_at_the_same_instant_never_break(client: Client) -> None:
    secrets = []
    for query in ("quoi=un", "quoi=deux", "quoi=un"):
        await asked(client, query)
        secrets.append((await confirm_link()).split("/")[-1])

    results = await asyncio.gather(
        *(saved_actions.confirm(secret, make.NOW) for secret in secrets), return_exceptions=True
    )

    assert all(result is None or isinstance(result, Refusal) for result in results)
    confirmed = [row for row in await saved() if row.confirmed_at]
    assert len({row.query for row in confirmed}) == len(confirmed) >= 1


async def test_a_minors_address_is_told_only_by_its_mail(client: Client) -> None:
    minor = await make.account_of(await make.volunteer(age=17))
    await asked(client, email=minor.email)

    page = await client.follow(await client.get(await confirm_link(minor.email), 303))
    await client.submit(page, status=403)

    assert [row.confirmed_at for row in await saved()] == [None]


async def test_what_an_address_confirmed_is_its_accounts_to_see(client: Client) -> None:
    await make.saved_search(email=ZOE, query="quoi=lire")
    await make.saved_search(email=ZOE, number=None, confirmed_at=None, seen_until=None, next_due_at=None)
    await client.sign_in(await make.account(email=ZOE))

    page = await client.get("/mes-alertes")

    assert len(page.forms()) == 2  # of the confirmed one only
