"""The panel: only moderators, only tables without people in them; nothing is written but local contacts."""

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from marketplace import db
from marketplace.associations.tables import Association
from marketplace.lifecycle import By, note
from marketplace.missions.tables import Mission
from marketplace.moderation import admin, panel_tables
from marketplace.moderation.lifecycle import Act
from marketplace.moderation.tables import Decision
from tests import make
from tests.client import Client, Clock
from tests.moderation.staff import DOOR, be

READ_ONLY = ["association", "commune", "decision", "job", "journal", "mission", "slot"]
TABLES = sorted([*READ_ONLY, "local_contact"])  # see test_panel_writes.py
OF_PEOPLE = {
    "association": {
        "address", "contact_email", "contact_phone", "safeguarding_name", "safeguarding_contact",
        "charter_accepted_by", "purpose", "website",
    },
    "mission": {
        "author", "address", "supervisor_name", "supervisor_role", "supervisor_phone", "presentation",
        "details", "tasks", "latitude", "longitude", "postcode",
    },
    "journal": {"actor"},
    "job": {"error"},
    "decision": {"note"},
}  # fmt: skip
FILLED = [table for table in READ_ONLY if table != "commune"]  # the communes may not be loaded
WRITES = ["POST", "PUT", "PATCH", "DELETE"]
UNLISTED = [
    "account", "session", "sign_in", "volunteer", "birth_date", "application", "applicant", "consent",
    "consent_line", "guardian", "membership", "moderator", "moderator_session", "decision_note", "email",
    "attempt", "sent_form", "migration",
]  # fmt: skip
ITS_OWN_DOORS = [
    "/admin/public/login/", "/admin/public/docs/", "/admin/public/openapi.json", "/admin/openapi.json",
    "/admin/docs", "/admin/redoc", "/admin/api/docs/", "/admin/api/openapi.json",
    "/admin/api/change-password/", "/admin/api/mfa-setup/", "/admin/api/media/", "/admin/public/register/",
    "/admin/api/forms/x/", "/admin/api/tables/association/new/", "/admin/assets/../index.html",
]  # fmt: skip


@pytest.fixture
async def inside(client: Client, clock: Clock) -> httpx.AsyncClient:
    """A moderator's browser with one row in each table, and the panel's own CSRF token held."""
    moderator = await be(client)
    mission = await make.mission()
    await Decision.insert(
        Decision(moderator=moderator.id, act=Act.PUBLISH_MISSION, mission=mission.id, created_at=make.NOW)
    )
    await note("mission", mission.id, "submitted", "published", By.MODERATOR, make.NOW, moderator.id)
    await db.fetch("INSERT INTO job (name, due_at, error) VALUES ('x', {}, '') RETURNING id", make.NOW)
    assert (await client.http.get("/admin/")).status_code == 200
    client.http.headers["X-CSRFToken"] = client.http.cookies["csrftoken"]
    return client.http


def key_of(found: list[dict[str, object]]) -> object:
    return found[0]["id"] if found else 1


async def rows(table: str) -> list[dict[str, object]]:
    return await db.fetch(f"SELECT * FROM {table} ORDER BY id DESC LIMIT 5")


def test_the_columns_listed_are_columns_of_the_tables() -> None:
    for table in admin.LISTED:
        for column in table._meta.columns:
            assert column._meta.name in {
                "association": [c._meta.name for c in Association._meta.columns],
                "mission": [c._meta.name for c in Mission._meta.columns],
            }.get(table._meta.tablename, [column._meta.name])


@pytest.mark.parametrize("table", READ_ONLY)
async def test_nothing_is_written_by_any_verb(inside: httpx.AsyncClient, table: str) -> None:
    before, sent = await rows(table), {"status": "verified", "name": "x", "places": 9}
    for method in WRITES:
        for path in ("", f"{key_of(before)}/", "new/", "ids/", "count/", "schema/", "?id=1", "999999/"):
            answer = await inside.request(method, f"/admin/api/tables/{table}/{path}", json=sent)
            assert answer.status_code in (403, 404, 405), (method, path, answer.text)
    assert await rows(table) == before


@pytest.mark.parametrize("table", TABLES)
async def test_the_panel_itself_refuses_writes_without_our_guard(
    inside: httpx.AsyncClient, table: str
) -> None:
    bare = Starlette(routes=[Mount("/admin", admin.panel())])
    before = await rows(table)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(bare),
        base_url=inside.base_url,
        headers=inside.headers,
        cookies=inside.cookies,
    ) as browser:
        for method in WRITES:
            for path in ("", f"{key_of(before)}/", "new/", "ids/"):
                answer = await browser.request(method, f"/admin/api/tables/{table}/{path}", json={"id": 1})
                assert answer.status_code == 405, (method, path, answer.text)
        read = await browser.get(f"/admin/api/tables/{table}/")
    assert read.status_code == 200
    assert await rows(table) == before


@pytest.mark.parametrize("table", FILLED)
async def test_no_column_of_people_is_served_filtered_or_ordered_by(
    inside: httpx.AsyncClient, table: str
) -> None:
    base, hidden = f"/admin/api/tables/{table}/", OF_PEOPLE.get(table, set()) | {"password", "token"}
    key = key_of(await rows(table))
    listed = (await inside.get(base)).json()["rows"]
    one = (await inside.get(f"{base}{key}/")).json()
    schema = (await inside.get(f"{base}schema/")).json()

    assert listed
    assert not hidden & (set(listed[0]) | set(one) | set(schema["properties"]))
    for name in sorted(hidden):
        for query in (f"{name}=a", f"{name}__match=starts&{name}=a", f"__order={name}", f"__order=-{name}"):
            assert (await inside.get(f"{base}?{query}")).status_code == 400, query
        for query in (f"{name}=a", f"{name}__operator=not_null"):
            assert (await inside.get(f"{base}count/?{query}")).status_code == 400, query
        for query in (f"__visible_fields={name}", f"__visible_fields=id,{name}"):
            assert (await inside.get(f"{base}?{query}")).status_code == 400
            assert (await inside.get(f"{base}{key}/?{query}")).status_code == 400


@pytest.mark.parametrize(
    "query", ["__visible_fields=association.contact_email", "__visible_fields=moderator.email"]
)
@pytest.mark.parametrize("table", ["mission", "decision"])
async def test_no_join_leads_out(inside: httpx.AsyncClient, table: str, query: str) -> None:
    assert (await inside.get(f"/admin/api/tables/{table}/?{query}")).status_code == 400
    readable = await inside.get(f"/admin/api/tables/{table}/?__readable=true")
    assert "example.org" not in readable.text


async def test_what_is_served_says_nothing_of_people(inside: httpx.AsyncClient) -> None:
    for table in TABLES:
        for path in ("", "ids/", "?__readable=true", "schema/", "references/"):
            text = (await inside.get(f"/admin/api/tables/{table}/{path}")).text
            for secret in (
                "Sacha",
                "Bernard",
                "Tilleuls",
                "02 99",
                "vestiaire.example",
                "Alix",
                "example.org",
            ):
                assert secret not in text, (table, path)


UNREADABLE = [
        "__order=nothing", "__order=a.b.c", "__page=-5", "__page_size=-5", "__page=99999999999999999999",
        "__page_size=9999999", "id=99999999999999999999", "id=a", "name=%00", "__visible_fields=",
        "__page=a", "id__operator=drop", "created_at=hier", "__readable=?",
]  # fmt: skip


async def test_an_unreadable_query_breaks_nothing(inside: httpx.AsyncClient) -> None:
    for query in UNREADABLE:
        for path in ("", "count/", "ids/"):
            answer = await inside.get(f"/admin/api/tables/association/{path}?{query}")
            assert answer.status_code < 500, (path, query)
    for key in ("0", "99999999999999999999", "-1", "a", "%00"):
        assert (await inside.get(f"/admin/api/tables/association/{key}/")).status_code in (400, 404)


async def test_only_these_tables_are_listed(inside: httpx.AsyncClient) -> None:
    assert sorted((await inside.get("/admin/api/tables/")).json()) == TABLES
    assert sorted(table._meta.tablename for table in admin.LISTED) == TABLES
    for table in UNLISTED:
        for path in ("", "schema/", "ids/", "1/", "count/"):
            assert (await inside.get(f"/admin/api/tables/{table}/{path}")).status_code == 404


async def test_its_own_doors_are_walled_up(client: Client) -> None:
    for allowed in ((401, 404), (404,)):
        for path in ITS_OWN_DOORS:
            for method in ("GET", "POST"):
                answer = await client.http.request(method, path, data={"username": "x", "password": "x"})
                assert answer.status_code in allowed, (method, path)
        await be(client)


@pytest.mark.parametrize("signed_in", [False, True])
async def test_others_get_nothing(client: Client, inside: httpx.AsyncClient, signed_in: bool) -> None:
    other = client.another()
    if signed_in:
        await other.sign_in(await make.account())
        other.http.cookies.set(
            "id", other.http.cookies["session"], domain=other.http.base_url.host, path="/admin"
        )

    assert (await other.get("/admin/", 303)).location == DOOR
    for path in (
        "api/tables/", "api/tables/association/", "api/user/", "api/links/", "public/meta/",
        "public/translations/", "assets/x.js", "nothing",
    ):  # fmt: skip
        assert (await other.http.get(f"/admin/{path}")).status_code == 401, path
    for method in WRITES:
        assert (await other.http.request(method, "/admin/api/tables/association/1/")).status_code == 401


async def test_signing_out_of_the_panel_ends_the_session(inside: httpx.AsyncClient) -> None:
    forged = await inside.post("/admin/public/logout/", headers={"X-CSRFToken": "no"})
    assert forged.status_code == 403
    assert (await inside.get("/admin/api/user/")).status_code == 200

    assert (await inside.post("/admin/public/logout/")).status_code == 200
    assert "id" not in inside.cookies
    assert (await inside.get("/admin/api/user/")).status_code == 401


async def test_the_panel_says_its_own_policy_and_loads_nothing_from_elsewhere(
    inside: httpx.AsyncClient,
) -> None:
    answer = await inside.get("/admin/")

    policy = answer.headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "default-src 'none'" in policy
    assert "http" not in policy
    assert "://" not in answer.text
    assert '<html lang="fr">' in answer.text
    page = await inside.get("/admin/file")
    assert "unsafe-inline" not in page.headers["content-security-policy"]


async def test_the_panel_speaks_french_and_leads_to_the_queue(inside: httpx.AsyncClient) -> None:
    assert (await inside.get("/admin/public/translations/")).json()["default_language_code"] == "fr"
    assert (await inside.get("/admin/api/links/")).json() == {"File d’attente": "/admin/file"}


def test_no_listed_table_has_a_foreign_key() -> None:
    assert [t for t in admin.LISTED if t._meta.foreign_key_columns] == []
    assert panel_tables.MissionFile._meta.tablename == "mission"
