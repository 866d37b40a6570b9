"""One click stops the mails, from a mail program too: no cookie, no key, no page of ours (RFC 8058)."""

import pytest

from marketplace.discovery.saved_links import stop_token
from marketplace.discovery.saved_tables import SavedSearch
from tests import make
from tests.client import Client

ZOE = "zoe@example.org"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


async def saved() -> list[SavedSearch]:
    return await SavedSearch.objects().order_by(SavedSearch.id)


def stop(row: SavedSearch) -> str:
    return f"/alertes/arret/{stop_token(row.public_id)}"


@pytest.mark.parametrize(
    "headers", [{}, {"sec-fetch-site": "cross-site"}, {"origin": "https://mail.example"}, {"origin": "null"}]
)
async def test_a_mail_program_stops_it_in_one_post(client: Client, headers: dict[str, str]) -> None:
    row, other = await make.saved_search(email=ZOE), await make.saved_search(email="leo@example.org")

    answer = await client.post(stop(row), ONE_CLICK, headers=headers, status=200)

    assert [left.id for left in await saved()] == [other.id]
    assert "set-cookie" not in answer.response.headers


async def test_an_accounts_search_is_paused_and_can_be_resumed(client: Client) -> None:
    await make.saved_search(account=await make.account())

    await client.post(stop((await saved())[0]), ONE_CLICK, headers={}, status=200)

    assert [row.paused_at for row in await saved()] == [make.NOW]


async def test_again_and_again_changes_nothing_more(client: Client) -> None:
    row, kept = await make.saved_search(email=ZOE), await make.saved_search(account=await make.account())
    for one in (row, kept):
        for _ in range(3):
            await client.post(stop(one), ONE_CLICK, headers={}, status=200)
            await client.get(stop(one))

    assert [left.id for left in await saved()] == [kept.id]


async def test_opening_the_link_only_shows_a_button(client: Client) -> None:
    row = await make.saved_search(email=ZOE, query="quoi=lire")

    page = await client.get(stop(row))
    assert len(await saved()) == 1
    assert "La recherche : « lire »." in page.text.replace("\u00a0", " ")
    await client.submit(page, status=200)

    assert await saved() == []


async def test_a_used_link_says_that_it_is_stopped(client: Client) -> None:
    row, paused = await make.saved_search(email=ZOE), await make.saved_search(account=await make.account())
    for one in (row, paused):
        await client.post(stop(one), ONE_CLICK, headers={}, status=200)

        assert (await client.get(stop(one))).h1 == "C’est arrêté"


async def test_a_link_of_an_old_mail_still_works_after_saving_again(client: Client) -> None:
    row = await make.saved_search(email=ZOE)
    page = await client.get("/alertes/nouvelle")
    await client.submit(page, {"email": ZOE, "adult": "yes", "consent": "yes"})

    await client.post(stop(row), ONE_CLICK, headers={}, status=200)

    assert [left.confirmed_at for left in await saved()] == [None]


@pytest.mark.parametrize("token", ["zzzzzzzzzzzz", "a.b", "..", "~", "x" * 300, "ImFiYyI.c2lnbmF0dXJl"])
async def test_a_token_that_is_not_ours_stops_nothing(client: Client, token: str) -> None:
    await make.saved_search(email=ZOE)

    for path in (f"/alertes/arret/{token}", f"/en/alertes/arret/{token}"):
        await client.post(path, ONE_CLICK, headers={}, status=404)
        await client.get(path, 404)

    assert len(await saved()) == 1


async def test_a_public_id_or_a_spoilt_token_stops_nothing(client: Client) -> None:
    public_id = (await make.saved_search(email=ZOE)).public_id
    for token in (public_id, stop_token(public_id)[:-1], stop_token("zzzzzzzzzzzz") + "x"):
        await client.post(f"/alertes/arret/{token}", ONE_CLICK, headers={}, status=404)

    assert len(await saved()) == 1


@pytest.mark.parametrize("body", [b"", b"\xff\xfe%%%", b"x" * 5000, b"List-Unsubscribe=One-Click&" * 2000])
async def test_whatever_the_body_holds(client: Client, body: bytes) -> None:
    row = await make.saved_search(email=ZOE)

    answer = await client.http.post(stop(row), content=body, headers={"content-type": "multipart/form-data"})

    assert answer.status_code == 200
    assert await saved() == []


async def test_only_this_post_goes_without_a_key(client: Client) -> None:
    await make.saved_search(account=await make.account())
    row = (await saved())[0]

    await client.post(f"/mes-alertes/{row.public_id}/suppression", {}, headers={}, status=403)
    await client.post("/alertes/nouvelle", {"email": ZOE}, status=400)

    assert len(await saved()) == 1
