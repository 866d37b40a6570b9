"""What a POST must bring: a page of ours behind it, and a key that is used once."""

import asyncio

import pytest
from starlette.applications import Starlette

from marketplace.accounts.tables import Account, SignIn
from marketplace.web import form_keys, sent_forms
from marketplace.web.ids import fingerprint
from marketplace.web.tables import SentForm
from tests import make
from tests.client import Client, Clock, Page, fields

ZOE = {"email": "zoe@example.org"}
NAMED = b'--x\r\nContent-Disposition: form-data; name="form_key"\r\n\r\n\xff\r\n--x--\r\n'


async def post(client: Client, headers: dict[str, str], page: Page | None = None) -> int:
    key = (page or await client.get("/connexion")).form_key
    answer = await client.post("/connexion", {**ZOE, "form_key": key}, headers=headers)
    return answer.status


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "same-origin"}, 303),
        ({"sec-fetch-site": "none"}, 303),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "same-origin", "origin": "null"}, 303),
        ({"sec-fetch-site": "cross-site", "origin": "http://test.localhost"}, 403),
        ({"origin": "http://test.localhost"}, 303),
        ({"origin": "https://elsewhere.example"}, 403),
        ({"origin": "http://test.localhost.elsewhere.example"}, 403),
        ({"origin": "http://test.localhost:81"}, 403),
        ({"origin": "null"}, 303),
        ({"origin": "http://["}, 403),
        ({}, 303),
    ],
)
async def test_a_post_must_come_from_a_page_of_ours(
    client: Client, headers: dict[str, str], status: int
) -> None:
    assert await post(client, headers) == status
    assert await SignIn.exists() == (status == 303)


@pytest.mark.parametrize("headers", [{}, {"origin": "null"}])
async def test_without_these_headers_the_key_must_be_of_this_browser(
    client: Client, headers: dict[str, str]
) -> None:
    stolen = await client.another().get("/connexion")
    await client.sign_in(await make.account())

    assert await post(client, headers, stolen) == 403
    assert await post(client, headers) == 303


@pytest.mark.parametrize("key", ["", "x", "a.b.c", "é", "\x00", "x" * 10_000])
async def test_a_key_we_did_not_make_is_refused(client: Client, key: str) -> None:
    answer = await client.post("/connexion", {**ZOE, "form_key": key}, status=400)

    assert answer.h1 == "Nous n’avons pas pu lire votre demande"
    assert not await SignIn.exists()


async def test_a_key_is_too_old_after_a_week(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    key = (await client.get("/connexion")).form_key
    assert form_keys.is_ours(key)
    monkeypatch.setattr(form_keys, "FORM_LIFE", -form_keys.FORM_LIFE)

    await client.post("/connexion", {**ZOE, "form_key": key}, status=400)


async def test_a_form_sent_twice_is_answered_once(client: Client) -> None:
    page = await client.get("/connexion")

    first, second = await client.submit(page, ZOE), await client.submit(page, ZOE)

    assert first.location == second.location
    assert await SignIn.count() == 1


async def test_ten_clicks_at_once_are_one(client: Client) -> None:
    page = await client.get("/connexion")

    answers = await asyncio.gather(*(client.submit(page, ZOE) for _ in range(10)))

    assert {answer.location for answer in answers} == {"/connexion/code"}
    assert await SignIn.count() == 1


async def test_a_form_sent_back_with_errors_may_be_sent_again(client: Client) -> None:
    page = await client.get("/connexion")
    await client.submit(page, {"email": "zoe"}, status=422)

    await client.submit(page, ZOE)

    assert await SignIn.count() == 1


async def test_an_answer_that_failed_may_be_asked_again(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*args: object) -> None:
        raise RuntimeError("broken")

    page = await client.get("/connexion")
    with monkeypatch.context() as patched:
        patched.setattr("marketplace.accounts.actions.ask_sign_in", broken)
        with pytest.raises(RuntimeError):
            await client.submit(page, ZOE)

    await client.submit(page, ZOE)

    assert await SignIn.count() == 1


async def test_a_click_whose_process_died_is_answered_by_the_next_one(client: Client, clock: Clock) -> None:
    page = await client.get("/connexion")
    key = fingerprint(page.form_key)
    await SentForm(key_hash=key, created_at=make.NOW).save()
    clock.move(seconds=31)

    await client.submit(page, ZOE)

    assert await SignIn.count() == 1


async def test_a_click_that_waits_too_long_is_told(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    page = await client.get("/connexion")
    await SentForm(key_hash=fingerprint(page.form_key), created_at=make.NOW).save()
    monkeypatch.setattr(sent_forms, "WAITS", 1)

    await client.submit(page, ZOE, status=409)

    assert not await SignIn.exists()


async def test_old_keys_are_forgotten_and_new_ones_kept(client: Client) -> None:
    page = await client.get("/connexion")
    await client.submit(page, ZOE)

    await sent_forms.forget_old(make.NOW + form_keys.FORM_LIFE)
    assert await SentForm.exists()
    await sent_forms.forget_old(make.after(days=8))
    assert not await SentForm.exists()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"form_key=%ff%fe&email=%ff", "application/x-www-form-urlencoded"),
        (b"\xff\xfe\x00", "application/x-www-form-urlencoded"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"broken", "multipart/form-data"),
        (NAMED, "multipart/form-data; boundary=x; charset=undefined"),
        (NAMED, "multipart/form-data; boundary=x; charset=punycode"),
        (b"a=1&" * 2_000, "application/x-www-form-urlencoded"),
        (b"{}", "application/json"),
        (b"", ""),
        (b"x" * 1_100_000, "application/x-www-form-urlencoded"),
    ],
)
async def test_what_is_no_form_is_told_and_changes_nothing(client: Client, content: bytes, kind: str) -> None:
    headers = {"content-type": kind, "sec-fetch-site": "same-origin"}

    response = await client.http.post("/connexion", content=content, headers=headers)

    assert response.status_code in (400, 413)
    assert not await SignIn.exists()


async def test_broken_encoding_in_a_field_is_told_at_the_field(client: Client) -> None:
    await client.sign_in(await make.account(first_name="Zoé"))
    form = (await client.get("/mon-compte")).form("/mon-compte")
    key = fields(form)["form_key"][0]

    response = await client.http.post(
        "/mon-compte",
        content=f"form_key={key}&first_name=%ff%fe&family_name=N".encode(),
        headers={"content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin"},
    )

    assert response.status_code == 422
    assert "caractères illisibles" in response.text
    assert await Account.exists().where(Account.first_name == "Zoé")


async def test_the_page_of_an_error_of_ours_gives_a_reference_and_no_detail(
    client: Client, site: Starlette, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(*args: object) -> None:
        raise RuntimeError("the secret is 1234")

    monkeypatch.setattr("marketplace.accounts.actions.ask_sign_in", broken)
    client = Client(site, raises=False)
    page = await client.submit(await client.get("/connexion"), ZOE, status=500)

    assert "1234" not in page.html
    (reference,) = [e.text or "" for e in page.main.iter("strong")]
    assert f"Reference {reference}" in caplog.text
