"""Saving a search with an account: what is kept, ten at most, never for a minor, and seeing to one’s own."""

import asyncio
from types import SimpleNamespace

import pytest

from marketplace.accounts.tables import Account
from marketplace.discovery import saved_actions
from marketplace.discovery.saved_errors import AdultsOnly, TooMany
from marketplace.discovery.saved_policies import CONSENT_VERSION, CONSENTS
from marketplace.web.pages import render
from tests import make
from tests.client import Client, emails_to
from tests.discovery.saving import BY_ADDRESS, NEW, TICKED, ZOE, saved, wanted


async def test_an_account_saves_its_search_without_its_page_or_order(client: Client) -> None:
    account = await make.account()
    await client.sign_in(account)
    page = await client.get(f"{NEW}?quoi=lire&domaine=culture&ordre=places&suite=abc&inconnu=1")

    await client.follow(await client.submit(page, {"frequency": "daily", **TICKED}))

    (row,) = await saved()
    assert [row.account, row.email, row.query, row.frequency] == [
        account.id,
        None,
        "quoi=lire&domaine=culture",
        "daily",
    ]
    assert (row.consent_version, row.consented_at) == (CONSENT_VERSION, make.NOW)
    assert not await emails_to(account.email)


async def test_no_box_is_ticked_and_each_is_needed(client: Client) -> None:
    page = await client.get(NEW)
    assert "checked" not in page.html.split('name="adult"')[1]
    assert CONSENTS[CONSENT_VERSION] in page.text

    for missing in ("adult", "consent"):
        data = {name: value for name, value in BY_ADDRESS.items() if name != missing}
        await client.submit(page, data, status=422)

    assert await saved() == []
    assert not await emails_to(ZOE)


async def test_the_same_search_saved_twice_is_one_and_loses_nothing(client: Client) -> None:
    account = await make.account()
    await saved_actions.save(account, wanted("quoi=lire"), make.NOW)

    await saved_actions.save(account, wanted("quoi=lire", "weekly"), make.after(days=1))

    (row,) = await saved()
    assert (row.frequency, row.seen_until, row.consented_at) == ("weekly", make.NOW, make.after(days=1))


async def test_ten_at_most_at_the_same_time_too(client: Client) -> None:
    account = await make.account()

    results = await asyncio.gather(
        *(saved_actions.save(account, wanted(f"quoi=mot{n}"), make.NOW) for n in range(14)),
        return_exceptions=True,
    )

    assert sorted(row.number for row in await saved()) == list(range(1, 11))
    assert [type(result) for result in results if result] == [TooMany] * 4


async def test_minors_neither_see_it_nor_get_it(client: Client) -> None:
    minor = await make.account_of(await make.volunteer(age=16))
    with pytest.raises(AdultsOnly):
        await saved_actions.save(minor, wanted(), make.NOW)
    await client.sign_in(minor)
    for path in (NEW, "/mes-alertes"):
        assert "adultes" in (await client.get(path, 403)).text
    key = (await client.get("/mon-compte")).form_key
    await client.post(NEW, {"form_key": key, "frequency": "daily", "adult": "yes", **TICKED}, status=403)

    assert await saved() == []


async def test_an_account_that_did_not_say_its_age_says_it_here(client: Client) -> None:
    account = await make.account(adult_attested_on=None)
    await client.sign_in(account)
    page = await client.get(NEW)
    await client.submit(page, TICKED, status=422)

    await client.submit(page, {**TICKED, "adult": "yes"})

    assert len(await saved()) == 1
    (row,) = await Account.objects().where(Account.id == account.id)
    assert row.adult_attested_on is not None


async def test_pausing_resuming_and_deleting_ones_own(client: Client) -> None:
    account = await make.account()
    row = await make.saved_search(account=account, query="quoi=lire", next_due_at=make.NOW)
    await client.sign_in(account)
    page = await client.get("/mes-alertes")
    assert "lire" in page.text

    await client.submit(page, form=f"/mes-alertes/{row.public_id}/pause")
    assert (await saved())[0].paused_at == make.NOW
    page = await client.get("/mes-alertes")
    assert "En pause" in page.text
    await client.submit(page, form=f"/mes-alertes/{row.public_id}/reprise")
    (row,) = await saved()
    assert row.paused_at is None
    assert row.next_due_at > make.NOW
    await client.submit(await client.get("/mes-alertes"), form=f"/mes-alertes/{row.public_id}/suppression")

    assert await saved() == []


async def test_erasing_an_account_erases_what_it_saved(database: None) -> None:
    account = await make.account()
    await make.saved_search(account=account)

    await Account.delete().where(Account.id == account.id)

    assert await saved() == []


@pytest.mark.parametrize(("viewer", "offered"), [(None, True), (True, True), (False, False)])
def test_the_search_page_can_offer_it_but_not_to_minors(
    client: Client, viewer: bool | None, offered: bool
) -> None:
    request = SimpleNamespace(url=SimpleNamespace(query="quoi=lire&domaine=culture"))
    looks = None if viewer is None else SimpleNamespace(is_adult=viewer)

    html = render("front/saved/_offer.html", {"request": request, "viewer": looks})

    assert ('href="/alertes/nouvelle?quoi=lire&amp;domaine=culture"' in html) == offered
