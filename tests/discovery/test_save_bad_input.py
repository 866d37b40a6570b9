"""Searches and fields that make no sense, and rows the database refuses."""

import sqlite3
from typing import Any

import asyncpg
import pytest

from marketplace import db
from marketplace.mail.tables import Email
from tests import make
from tests.client import Client
from tests.discovery.saving import BY_ADDRESS, NEW, TICKED, ZOE, saved


@pytest.mark.parametrize(
    "columns",
    [
        {"number": 11},
        {"number": 0},
        {"number": 1},
        {"number": None},
        {"email": ZOE},
        {"account": None},
        {"frequency": "hourly"},
        {"query": "q" * 2001},
    ],
)
async def test_the_database_holds_it(database: None, columns: dict[str, Any]) -> None:
    account = await make.account()
    await make.saved_search(account=account)
    about: dict[str, Any] = {"account": account, "number": 2, "query": "quoi=lire"} | columns

    with pytest.raises((sqlite3.Error, asyncpg.PostgresError)) as refused:
        await make.saved_search(**about)

    assert db.violated(refused.value)
    assert len(await saved()) == 1


@pytest.mark.parametrize(
    "query",
    [
        "ou=Nullepartville",
        "association=zzzzzzzzzzzz",
        "du=demain",
        "du=2027-05-02&au=2027-05-01",
    ],
)
async def test_what_the_search_cannot_understand_is_not_saved(client: Client, query: str) -> None:
    page = await client.get(f"{NEW}?{query}")
    assert "n’est pas claire" in page.text
    key = (await client.get(NEW)).form_key

    sent = {"form_key": key, "search": query, "frequency": "daily", **BY_ADDRESS}
    await client.post(NEW, sent, status=422)

    assert await saved() == []
    assert not await Email.exists()


@pytest.mark.parametrize(
    "search",
    [
        "quoi=%00%ff%fe",
        "quoi=" + "x" * 1900,
        "&".join(["domaine=culture"] * 120),
        "%%%&&&===;;;",
        "quoi=<script>alert(1)</script>",
        "suite=" + "a" * 300,
        "quoi='; DROP TABLE saved_search; --",
        "\u202equoi=a",
        "quoi=\ud83d\ude00",
    ],
)
async def test_hostile_searches_are_saved_harmless_or_refused(client: Client, search: str) -> None:
    await client.sign_in(await make.account())
    key = (await client.get(NEW)).form_key
    sent = {"form_key": key, "search": search.encode("utf-8", "surrogatepass").decode("utf-8", "replace")}

    answer = await client.post(NEW, {**sent, "frequency": "daily", **TICKED})

    assert answer.status in (303, 422)
    for row in await saved():
        assert len(row.query) <= 2000
        assert row.query.isascii()
        assert "suite" not in row.query
    assert "<script>alert" not in (await client.get("/mes-alertes")).html


@pytest.mark.parametrize("data", [{"frequency": "hourly"}, {"email": "a@b\r\nBcc: c@d.fr"}, {"email": ""}])
async def test_bad_fields_are_said_beside_them(client: Client, data: dict[str, str]) -> None:
    page = await client.get(NEW)

    answer = await client.submit(page, BY_ADDRESS | data, status=422)

    assert "Il y a un problème" in answer.text
    assert answer.links[0].removeprefix("#") in data
    assert not await Email.exists()
