"""The one table moderators write in the panel: its form's verbs, the values it takes, and nobody else."""

import sqlite3
from typing import Any

import asyncpg
import httpx
import pytest

from marketplace import db
from marketplace.moderation import admin
from marketplace.vocabulary.departments import DEPARTMENTS
from marketplace.vocabulary.tables import LocalContact
from tests import make
from tests.client import Client
from tests.moderation.staff import be

URL = "/admin/api/tables/local_contact/"
GOOD: dict[str, Any] = {
    "department": "35",
    "organisation": "La Maison des élans",
    "phone": "01 99 00 35 10",
    "email": "elans@example.org",
    "hours": "le mardi",
    "hours_en": "on Tuesdays",
    "notes": "",
    "notes_en": "",
    "is_backup": False,
}
BAD: list[tuple[dict[str, Any], str]] = [
    ({"department": "00"}, "department"),
    ({"department": "20"}, "department"),
    ({"department": ""}, "department"),
    ({"organisation": " "}, "organisation"),
    ({"organisation": "x" * 121}, "organisation"),
    ({"organisation": "a\u202eb"}, "organisation"),
    ({"organisation": "a\x00b"}, "organisation"),
    ({"organisation": "null"}, "organisation"),
    ({"phone": "zéro un"}, "phone"),
    ({"phone": "1" * 21}, "phone"),
    ({"phone": "01;ext=1"}, "phone"),
    ({"phone": "", "email": ""}, "phone"),
    ({"email": "elans@"}, "email"),
    ({"email": "a@b@example.org"}, "email"),
    ({"hours_en": ""}, "hours_en"),
    ({"hours": ""}, "hours"),
    ({"notes": "x" * 301, "notes_en": "x"}, "notes"),
    ({"notes_en": "Only in English"}, "notes"),
    ({"is_backup": "null"}, "is_backup"),
    ({"is_backup": "perhaps"}, "is_backup"),
]


@pytest.fixture
async def inside(client: Client) -> httpx.AsyncClient:
    """A moderator's browser that holds the panel's CSRF token."""
    await be(client)
    assert (await client.http.get("/admin/")).status_code == 200
    client.http.headers["X-CSRFToken"] = client.http.cookies["csrftoken"]
    return client.http


async def stored() -> list[dict[str, Any]]:
    return [{k: v for k, v in row.items() if k != "id"} for row in await LocalContact.select()]


async def made(inside: httpx.AsyncClient, **values: Any) -> str:
    answer = await inside.post(URL, json=GOOD | values)
    assert answer.status_code == 201, answer.text
    return f"{URL}{answer.json()[0]['id']}/"


async def test_a_contact_is_added_changed_and_removed(inside: httpx.AsyncClient, client: Client) -> None:
    assert (await inside.get(f"{URL}new/")).json()["phone"] == ""
    one = await made(inside)
    assert await stored() == [GOOD]

    answer = await inside.patch(one, json=GOOD | {"phone": " 01 99 00  35 11 ", "department": "2a"})
    assert answer.status_code == 200, answer.text
    assert await stored() == [GOOD | {"phone": "01 99 00 35 11", "department": "2A"}]
    assert "01 99 00 35 11" in (await client.get("/parler-a-quelqu-un?departement=2A")).text

    assert (await inside.delete(one)).status_code == 204
    assert await stored() == []


@pytest.mark.parametrize(("wrong", "field"), BAD)
async def test_what_is_wrong_is_said_beside_its_field(
    inside: httpx.AsyncClient, wrong: dict[str, Any], field: str
) -> None:
    one = await made(inside)

    for answer in (await inside.post(URL, json=GOOD | wrong), await inside.patch(one, json=wrong)):
        assert answer.status_code == 422, answer.text
        assert field in [said["loc"][-1] for said in answer.json()["detail"]]
    assert await stored() == [GOOD]


@pytest.mark.parametrize(
    "sent", [{}, [], "x", None, {"id": 9}, {"status": "x"}, {"__class__": "x"}, {"select": "x"}, {"_meta": 1}]
)
async def test_what_is_no_change_changes_nothing(inside: httpx.AsyncClient, sent: Any) -> None:
    one = await made(inside)

    assert 400 <= (await inside.patch(one, json=sent)).status_code < 500
    assert (await inside.patch(one, content=b"{")).status_code == 422
    assert (await inside.post(URL, content=b"\xff")).status_code in (400, 422)
    assert await stored() == [GOOD]


async def test_other_verbs_and_addresses_are_refused(inside: httpx.AsyncClient) -> None:
    one = await made(inside)
    refused = [
        ("PUT", one), ("PUT", URL), ("DELETE", URL), ("PATCH", URL), ("POST", one), ("DELETE", f"{URL}?id=1"),
        ("POST", f"{URL}new/"), ("DELETE", f"{URL}ids/"), ("DELETE", f"{URL}-1/"), ("DELETE", f"{URL}%31/x/"),
        ("PATCH", f"{URL}../association/1/"), ("POST", "/admin/api/tables/local_contact"),
    ]  # fmt: skip

    for method, path in refused:
        answer = await inside.request(method, path, json=GOOD)
        assert answer.status_code in (404, 405), (method, path, answer.text)
    for method in ("PATCH", "DELETE"):
        assert (await inside.request(method, f"{URL}999999999/", json=GOOD)).status_code == 404
        assert (await inside.request(method, f"{URL}0/", json=GOOD)).status_code in (400, 404)
    assert await stored() == [GOOD]


async def test_without_the_panels_token_or_a_moderators_session_nothing_is_written(
    inside: httpx.AsyncClient, client: Client
) -> None:
    one = await made(inside)
    del inside.headers["X-CSRFToken"]
    outside = client.another()
    await outside.sign_in(await make.account())

    for method, path in (("POST", URL), ("PATCH", one), ("DELETE", one)):
        assert (await inside.request(method, path, json=GOOD)).status_code == 403
        assert (await outside.http.request(method, path, json=GOOD)).status_code == 401
    assert await stored() == [GOOD]


def test_the_writable_panel_knows_one_table() -> None:
    assert [config.table_class for config in admin.writable_panel().table_configs] == [LocalContact]


@pytest.mark.parametrize(
    "wrong", [bad for bad, _ in BAD if not {"null", "perhaps"} & set(map(str, bad.values()))]
)
async def test_the_database_refuses_it_too(database: None, wrong: dict[str, Any]) -> None:
    softer = ({"organisation": "a\u202eb"}, {"organisation": "a\x00b"}, {"email": "elans@"})
    values = {**GOOD, **({"department": "00"} if wrong in softer else wrong)}

    with pytest.raises(
        (sqlite3.IntegrityError, asyncpg.IntegrityConstraintViolationError, asyncpg.DataError)
    ):
        await LocalContact(**values).save()
    assert await stored() == []


async def test_the_database_knows_every_departement(database: None) -> None:
    for code in DEPARTMENTS:
        await LocalContact(**GOOD | {"department": code}).save()

    assert len(await stored()) == len(DEPARTMENTS)
    assert (await db.fetch("SELECT count(*) AS n FROM local_contact"))[0]["n"] == len(DEPARTMENTS)
