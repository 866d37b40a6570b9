"""What every answer has: its language, its headers; and how links from e-mails and limits behave."""

from datetime import timedelta

import pytest

from marketplace.web import limits
from marketplace.web.tables import Attempt
from tests import make
from tests.client import Client

PER = timedelta(hours=1)


@pytest.mark.parametrize(
    ("path", "lang"),
    [("/connexion", "fr"), ("/en/connexion", "en"), ("/en/", "en"), ("/en", "en"), ("/", "fr")],
)
async def test_a_page_is_in_the_language_of_its_address(client: Client, path: str, lang: str) -> None:
    page = await client.get(path)

    assert page.tree is not None
    assert page.tree.get("lang") == lang


@pytest.mark.parametrize(
    "path", ["/enfin", "/en/nulle-part", "/fr/connexion", "/nulle-part", "/%ff", "/en//"]
)
async def test_what_is_nowhere_is_a_page_that_says_so(client: Client, path: str) -> None:
    page = await client.get(path, 404)

    assert page.h1


async def test_the_language_is_switched_on_the_same_page(client: Client) -> None:
    page = await client.get("/connexion?next=%2Fmissions")
    assert page.tree is not None
    (switch,) = [a.get("href", "") for a in page.tree.iter("a") if a.get("hreflang") == "en"]

    page = await client.get(switch)

    assert switch == "/en/connexion?next=%2Fmissions"
    assert page.tree is not None
    assert [a.get("href") for a in page.tree.iter("a") if a.get("hreflang") == "fr"] == [
        "/connexion?next=%2Fmissions"
    ]


@pytest.mark.parametrize(
    ("path", "status"),
    [("/", 200), ("/nulle-part", 404), ("/static/css/site.css", 200), ("/mon-compte", 303)],
)
async def test_every_answer_has_the_security_headers(client: Client, path: str, status: int) -> None:
    headers = (await client.get(path, status)).response.headers

    assert headers["content-security-policy"].startswith("default-src 'none'; style-src 'self'")
    assert "unsafe" not in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]


async def test_pages_are_kept_by_no_cache_and_files_for_ever(client: Client) -> None:
    page = await client.get("/")
    (sheet,) = (
        [link.get("href", "") for link in page.tree.iter("link") if link.get("rel") == "stylesheet"]
        if page.tree is not None
        else [""]
    )

    assert page.response.headers["cache-control"] == "no-store"
    assert "immutable" in (await client.get(sheet)).response.headers["cache-control"]


async def test_a_visitor_who_only_reads_gets_no_cookie(client: Client) -> None:
    for path in ("/", "/missions", "/connexion", "/nulle-part"):
        assert "set-cookie" not in (await client.get(path, None)).response.headers


@pytest.mark.parametrize("host", ["elsewhere.example", "test.localhost.elsewhere.example", ""])
async def test_another_host_name_is_refused(client: Client, host: str) -> None:
    response = await client.http.get("/connexion", headers={"host": host})

    assert response.status_code == 400


async def test_monitors_are_answered(client: Client) -> None:
    assert (await client.http.get("/sante")).text == "ok\n"


async def test_a_mailed_link_hands_its_secret_to_a_cookie_of_its_own(client: Client) -> None:
    answer = await client.get("/connexion/lien/" + "s" * 43, 303)

    (cookie,) = answer.response.headers.get_list("set-cookie")
    name, _, rest = cookie.partition("=")
    assert answer.location == "/connexion/" + name.removeprefix("link_")
    assert rest.startswith("s" * 43 + ";")
    assert {"httponly", "samesite=lax", "path=/"} <= set(rest.lower().split("; "))


@pytest.mark.parametrize("secret", ["x", "s" * 42, "s" * 300])
async def test_a_mailed_link_that_was_cut_is_a_dead_one(client: Client, secret: str) -> None:
    page = await client.follow(await client.get(f"/connexion/lien/{secret}", 303))

    assert (await client.submit(page, status=410)).h1 == "Ce lien n’est plus valable"


@pytest.mark.parametrize("secret", ["é", "a b", ";", "%00", "%ff", "s" * 2_000])
async def test_an_address_we_never_made_is_nowhere(client: Client, secret: str) -> None:
    page = await client.get(f"/connexion/lien/{secret}", 404)

    assert "set-cookie" not in page.response.headers


async def test_a_limit_counts_each_one_apart_and_starts_anew(client: Client) -> None:
    async def tries(who: str, hours: int = 0) -> list[bool]:
        return [await limits.allow("test", who, 2, PER, make.after(hours=hours)) for _ in range(3)]

    assert await tries("zoe") == [True, True, False]
    assert await tries("ana") == [True, True, False]
    assert await tries("zoe", hours=1) == [True, True, False]


async def test_a_limit_stores_no_address(client: Client) -> None:
    await limits.allow("test", "zoe@example.org", 2, PER, make.NOW)

    (attempt,) = await Attempt.objects()
    assert "zoe" not in attempt.key
    assert attempt.tries == 1


async def test_old_windows_are_forgotten(client: Client) -> None:
    await limits.allow("test", "zoe", 2, PER, make.NOW)

    await limits.forget_old(make.after(days=2))
    assert await Attempt.exists()
    await limits.forget_old(make.after(days=2, seconds=1))
    assert not await Attempt.exists()


async def test_no_address_makes_the_other_language_lead_elsewhere(client: Client) -> None:
    page = await client.get("/en//elsewhere.example", 404)

    assert page.tree is not None
    links = [a.get("href", "") for a in page.tree.iter("a")]
    assert [link for link in links if link.startswith("//")] == []
