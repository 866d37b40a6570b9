"""Signing in by a mailed link or code."""

import asyncio
import re

import pytest

from marketplace.accounts import actions
from marketplace.accounts.errors import DeadLink
from marketplace.accounts.policies import CODE_ATTEMPTS
from marketplace.accounts.tables import Account, Session, SignIn
from tests import make
from tests.client import Client, Clock, Page, emails_to, last_email, links_in

ZOE = "zoe@example.org"


async def ask(client: Client, email: str = ZOE, path: str = "/connexion") -> Page:
    """The page shown to whoever asked for a link."""
    return await client.follow(await client.submit(await client.get(path), {"email": email}))


async def mailed_link(email: str = ZOE) -> str:
    return links_in(await last_email(email))[0]


async def mailed_code(email: str = ZOE) -> str:
    found = re.search(r"\b\d{6}\b", (await last_email(email)).text)
    assert found
    return found[0]


async def signed_in(client: Client) -> bool:
    return (await client.get("/mon-compte", None)).status == 200


async def test_the_link_signs_in_and_makes_the_account_of_a_new_address(client: Client) -> None:
    await ask(client)
    assert not await Account.exists().where(Account.email == ZOE)

    button = await client.follow(await client.get(await mailed_link(), status=303))
    assert not await signed_in(client)
    page = await client.follow(await client.submit(button))

    assert page.h1 == "Mon compte"  # a new account has no name yet: it is asked first
    assert await Account.exists().where(Account.email == ZOE)


async def test_the_link_works_in_another_browser(client: Client) -> None:
    await ask(client)
    phone = client.another()

    await phone.submit(await phone.follow(await phone.get(await mailed_link(), status=303)))

    assert await signed_in(phone)
    assert not await signed_in(client)


async def test_the_secret_of_the_link_is_not_in_the_address_of_the_page(client: Client) -> None:
    await ask(client)
    link = await mailed_link()

    button = await client.get(link, status=303)

    assert link.rsplit("/", 1)[1] not in button.location
    assert button.response.headers["referrer-policy"] == "same-origin"


async def test_opening_the_link_many_times_uses_nothing_up(client: Client) -> None:
    await ask(client)
    link = await mailed_link()
    for _ in range(5):
        button = await client.follow(await client.get(link, status=303))
    head = await client.http.head(link)

    assert head.status_code in (303, 405)
    assert not await signed_in(client)
    assert not await Session.exists()
    await client.submit(button)
    assert await signed_in(client)


async def test_the_code_signs_in_the_browser_that_asked(client: Client) -> None:
    page = await ask(client)

    await client.submit(page, {"code": await mailed_code()})

    assert await signed_in(client)


async def test_the_code_is_nothing_in_another_browser(client: Client) -> None:
    await ask(client)
    thief = client.another()

    page = await thief.submit(await thief.get("/connexion/code"), {"code": await mailed_code()}, status=410)

    assert page.h1 == "Ce lien n’est plus valable"
    assert not await signed_in(thief)


async def test_the_code_of_one_is_nothing_in_the_browser_of_another_who_asked(client: Client) -> None:
    await ask(client)
    thief = client.another()
    page = await ask(thief, "eve@example.org")
    code = await mailed_code()
    assert code != await mailed_code("eve@example.org")

    await thief.submit(page, {"code": code}, status=422)

    assert not await signed_in(thief)


async def test_a_wrong_code_is_told_and_kept_in_the_field(client: Client) -> None:
    page = await ask(client)

    page = await client.submit(page, {"code": other_code(await mailed_code())}, status=422)

    assert "Ce code n’est pas le bon" in page.text
    await client.submit(page, {"code": await mailed_code()})
    assert await signed_in(client)


async def test_after_too_many_wrong_codes_the_right_one_is_dead_too(client: Client) -> None:
    page = await ask(client)
    code = await mailed_code()
    for _ in range(CODE_ATTEMPTS):
        page = await client.submit(page, {"code": other_code(code)}, status=422)

    await client.submit(page, {"code": code}, status=410)

    assert not await signed_in(client)


def other_code(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


async def dead_by_use(client: Client, clock: Clock) -> str:
    link = await mailed_link()
    other = client.another()
    await other.submit(await other.follow(await other.get(link, status=303)))
    return link


async def dead_by_time(client: Client, clock: Clock) -> str:
    clock.move(minutes=10)
    return await mailed_link()


async def never_born(client: Client, clock: Clock) -> str:
    return "/connexion/lien/" + "x" * 43


@pytest.mark.parametrize("death", [dead_by_use, dead_by_time, never_born])
async def test_dead_links_all_look_alike(client: Client, clock: Clock, death: object) -> None:
    assert callable(death)
    await ask(client)
    link = await death(client, clock)
    button = await client.follow(await client.get(link, status=303))
    assert button.h1 == "Plus qu’un bouton"

    page = await client.submit(button, status=410)

    assert page.text == (
        "Ce lien n’est plus valable Il a déjà servi, a été remplacé ou a expiré. Demandez-en un nouveau."
    )
    assert not await signed_in(client)


async def test_a_link_works_until_its_last_second(client: Client, clock: Clock) -> None:
    await ask(client)
    clock.move(minutes=9, seconds=59)

    await client.submit(await client.follow(await client.get(await mailed_link(), status=303)))

    assert await signed_in(client)


async def test_the_code_is_dead_once_the_link_was_used(client: Client) -> None:
    page = await ask(client)
    code = await mailed_code()
    phone = client.another()
    await phone.submit(await phone.follow(await phone.get(await mailed_link(), status=303)))

    await client.submit(page, {"code": code}, status=410)


async def test_known_and_unknown_addresses_get_the_same_answer(client: Client) -> None:
    await make.account(email="known@example.org")
    answers = {}
    for email in ("known@example.org", "unknown@example.org"):
        browser = client.another()
        answer = await browser.submit(await browser.get("/connexion"), {"email": email})
        cookies = [header.split("=")[0] for header in answer.response.headers.get_list("set-cookie")]
        mail = await last_email(email)
        words = re.sub(r"\d{6}|lien/\S+", "…", mail.text)
        page = await browser.follow(answer)
        answers[email] = (answer.status, answer.location, cookies, page.text, mail.subject, words)

    assert answers["known@example.org"] == answers["unknown@example.org"]
    assert len(await SignIn.objects()) == 2


async def test_an_address_is_the_same_however_it_is_typed(client: Client) -> None:
    account = await make.account(email=ZOE)
    await ask(client, "  ZOE@Example.ORG ")

    await client.submit(await client.get("/connexion/code"), {"code": await mailed_code()})

    assert await Account.count() == 1
    assert (await Session.objects())[0].account == account.id


async def test_neither_link_nor_code_nor_session_is_stored_in_clear(client: Client) -> None:
    page = await ask(client)
    secret, code = (await mailed_link()).rsplit("/", 1)[1], await mailed_code()
    await client.submit(page, {"code": code})
    token = client.http.cookies["session"]

    stored = repr([*(await SignIn.select()), *(await Session.select())])

    assert all(secret not in stored for secret in (secret, code, token))


async def test_the_session_cookie_is_out_of_reach_of_scripts_and_of_other_sites(client: Client) -> None:
    page = await ask(client)

    answer = await client.submit(page, {"code": await mailed_code()})

    (cookie,) = [c for c in answer.response.headers.get_list("set-cookie") if c.startswith("session=")]
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(cookie.split("; "))


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/missions", "/missions"),
        ("/missions?apres=abc", "/missions?apres=abc"),
        ("https://elsewhere.example/", "/mon-espace"),
        ("//elsewhere.example/", "/mon-espace"),
        ("/\\elsewhere.example", "/mon-espace"),
        ("javascript:alert(1)", "/mon-espace"),
        ("/" + "x" * 300, "/mon-espace"),
    ],
)
async def test_one_comes_back_to_a_page_of_ours_only(client: Client, wanted: str, reached: str) -> None:
    await make.account(email=ZOE)
    page = await client.get("/connexion")
    await client.submit(page, {"email": ZOE, "next": wanted})

    answer = await client.submit(await client.get("/connexion/code"), {"code": await mailed_code()})

    assert answer.location == reached


async def test_a_page_for_accounts_asks_to_sign_in_and_is_reached_after(client: Client) -> None:
    await make.account(email=ZOE)
    page = await client.follow(await client.get("/mon-compte", status=303))
    await client.submit(page, {"email": ZOE})

    answer = await client.submit(await client.get("/connexion/code"), {"code": await mailed_code()})

    assert answer.location == "/mon-compte"


async def test_an_address_is_mailed_five_times_an_hour_at_most(client: Client, clock: Clock) -> None:
    for number in range(5):
        await ask(client.another(f"192.0.{number}.1"))

    page = await client.submit(await client.get("/connexion"), {"email": ZOE}, status=422)

    assert "Trop de demandes" in page.text
    assert len(await emails_to(ZOE)) == 5
    clock.move(hours=1)
    await ask(client)
    assert len(await emails_to(ZOE)) == 6


async def test_a_network_asks_twenty_times_an_hour_at_most(client: Client) -> None:
    for number in range(20):
        await ask(client, f"someone{number}@example.org")
    page = await client.get("/connexion")

    await client.submit(page, {"email": ZOE}, status=422)

    await ask(client.another("198.51.100.1"))
    assert len(await emails_to(ZOE)) == 1


@pytest.mark.parametrize(
    "email", ["", "zoe", "zoe@", "@example.org", "a b@example.org", "zoe@example.org\x00", "x" * 300]
)
async def test_what_is_no_address_is_told_and_nothing_is_mailed(client: Client, email: str) -> None:
    page = await client.submit(await client.get("/connexion"), {"email": email}, status=422)

    assert "Il y a un problème" in page.text
    assert not await SignIn.exists()


async def test_the_message_is_in_the_language_of_the_page(client: Client) -> None:
    await ask(client, path="/en/connexion")

    assert (await mailed_link()).startswith("/en/connexion/lien/")


@pytest.mark.parametrize("typed", ["=?utf-8?q?=0ab?=@example.org", "=?x?q?zoe?=@example.org"])
async def test_an_address_that_e_mail_reads_as_another_is_refused(client: Client, typed: str) -> None:
    page = await client.submit(await client.get("/connexion"), {"email": typed}, status=422)

    assert "Écrivez une adresse e-mail complète" in page.text
    assert not await SignIn.exists()


async def test_many_codes_at_the_same_time_are_five_tries(client: Client) -> None:
    await ask(client)
    page = await client.get("/connexion/code")
    browser = client.http.cookies["browser"]

    tries = [actions.use_code(browser, f"{n:06}", "", make.NOW) for n in range(20)]
    answers = await asyncio.gather(*tries, return_exceptions=True)

    assert page.status == 200
    assert answers.count(None) == CODE_ATTEMPTS
    assert sum(isinstance(answer, DeadLink) for answer in answers) == 20 - CODE_ATTEMPTS
