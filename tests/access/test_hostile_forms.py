"""Bad input on every form: a proper page, what was typed kept, nothing stored, never a 500.

Generated from the route table and from every form class, so that a new form is attacked without a line here.
"""

import pytest
from piccolo.table import Table

from marketplace import db
from marketplace.piccolo_app import APP_CONFIG
from marketplace.web.forms import Form
from tests.access.matrix import MATRIX
from tests.access.test_routes import BY_NAME, KNOWN, path_of
from tests.client import OURS, Client
from tests.people import PEOPLE, World

# what the kit keeps of any request; an attempt is counted whether it was good or bad
KITS_OWN = {
    "attempt",
    "sent_form",
    "session",
    "moderator_session",
    "job",
    "migration",
    "commune",
    "commune_postcode",
}
POSTS = [name for name in KNOWN if BY_NAME[name].url.method == "POST"]


def _forms(kind: type[Form]) -> set[type[Form]]:
    return {form for sub in kind.__subclasses__() for form in {sub, *_forms(sub)}}


FIELDS = {name for form in _forms(Form) for name in form.model_fields}
PARTS = {f"{name}_{part}" for name in FIELDS for part in ("day", "month", "year", "time")}
COLUMNS = {column._meta.name for table in APP_CONFIG.table_classes for column in table._meta.columns}

VALUES = {
    "a control character": "a\x00b",
    "too long": "x" * 25_000,
    "an unknown choice": "zzz",
    "marks that turn the reading order": "\u202ekcatta",
    "an enormous number": "9" * 400,
    "a negative number": "-1",
    "markup": "<script>alert(1)</script>{{ 7 * 7 }}%(x)s",
    "a header": "a@example.org\r\nBcc: b@example.org",
}


@pytest.mark.parametrize("name", POSTS)
async def test_bad_values_everywhere_are_refused_without_a_trace(
    client: Client, made: World, name: str
) -> None:
    path, person = path_of(BY_NAME[name], made), _let_in(name)
    before = await _everything()

    for said, value in VALUES.items():
        page = await _send(
            made, client, person, path, dict.fromkeys(FIELDS | PARTS, value) | {"tasks": value}
        )

        assert page < 500, said
        after = await _everything()
        if page >= 400:
            assert after == before, f"{said}: something was stored"
        before = after


@pytest.mark.parametrize("name", POSTS)
async def test_fields_named_after_columns_change_nothing(client: Client, made: World, name: str) -> None:
    """What a form does not ask for is not looked at."""
    path, person = path_of(BY_NAME[name], made), _let_in(name)
    before = await _everything()
    extra = dict.fromkeys(COLUMNS - FIELDS | {"status"}, "accepted")

    status = await _send(made, client, person, path, extra)

    assert status < 500
    if status >= 400:
        assert await _everything() == before


@pytest.mark.parametrize("name", POSTS)
async def test_broken_bodies_are_refused_without_a_trace(client: Client, made: World, name: str) -> None:
    path, person = path_of(BY_NAME[name], made), _let_in(name)
    browser = await made.browser(client, person)
    key = (await browser.get("/connexion")).form_key
    broken = {f: b"%ff%fe" for f in sorted(FIELDS)}
    bodies = [
        (
            b"form_key=" + key.encode() + b"".join(b"&%s=%s" % (f.encode(), v) for f, v in broken.items()),
            None,
        ),
        (b"\xff\xfe\x00=&&&==%", None),
        (b"--x\r\nContent-Disposition: form-data\r\n\r\n", "multipart/form-data; boundary=x"),
        (b"no boundary", "multipart/form-data"),
        (b"&".join(b"a%d=1" % number for number in range(2_000)), None),
    ]

    before = await _everything()

    for body, kind in bodies:
        headers = OURS | {"content-type": kind or "application/x-www-form-urlencoded"}
        answer = await browser.http.post(path, content=body, headers=headers)

        assert answer.status_code < 500, body[:60]
        after = await _everything()
        if answer.status_code >= 400:
            assert after == before
        before = after


def _let_in(name: str) -> str:
    """Somebody whose POST the route looks at."""
    expected = MATRIX[name].expected
    return next((p for p in PEOPLE if expected[p] in (200, 303, 409, 422)), PEOPLE[0])


async def _send(made: World, client: Client, person: str, path: str, data: dict[str, str]) -> int:
    browser = await made.browser(client, person)
    key = (await browser.get("/connexion")).form_key
    # not through the gate: an error on a field the page does not show has nothing to link to
    return (await browser.http.post(path, data={**data, "form_key": key}, headers=OURS)).status_code


async def _everything() -> dict[str, list[str]]:
    """Every row that a form could have stored or changed."""
    return {
        table._meta.tablename: await _rows(table)
        for table in APP_CONFIG.table_classes
        if table._meta.tablename not in KITS_OWN
    }


async def _rows(table: type[Table]) -> list[str]:
    return sorted(str(row) for row in await db.fetch(f"SELECT * FROM {table._meta.tablename}"))
