"""An account chooses the language of its e-mails."""

import pytest

from marketplace.accounts.tables import Account
from tests import make
from tests.client import Client


async def language_of(account: Account) -> str:
    row = await Account.objects().get(Account.id == account.id)
    assert row is not None
    return str(row.language)


async def test_the_language_chosen_is_kept_and_shown(client: Client) -> None:
    account = await make.account()
    await client.sign_in(account)
    page = await client.get("/mon-compte")

    await client.submit(page, {"language": "en"}, form="/mon-compte/langue")

    assert await language_of(account) == "en"


@pytest.mark.parametrize("language", ["de", "", "EN"])
async def test_an_unknown_language_is_refused_and_nothing_changes(language: str, client: Client) -> None:
    account = await make.account()
    await client.sign_in(account)
    page = await client.get("/mon-compte")

    await client.submit(page, {"language": language}, form="/mon-compte/langue", status=422)

    assert await language_of(account) == "fr"
