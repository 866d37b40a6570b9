"""One's account: names, sessions, change of address."""

import re

from marketplace.accounts.actions import SESSION_LIFE
from marketplace.accounts.tables import Account, Session
from tests import make
from tests.client import Client, Clock, Page, emails_to, last_email, links_in

OLD, NEW = "old@example.org", "new@example.org"


async def reread(account: Account) -> Account:
    found = await Account.objects().get(Account.id == account.id)
    assert found is not None
    return found


async def is_in(client: Client) -> bool:
    return (await client.get("/mon-compte", None)).status == 200


async def test_names_are_changed(client: Client) -> None:
    account = await make.account()
    await client.sign_in(account)

    page = await client.get("/mon-compte")
    await client.submit(page, {"first_name": " Zoé ", "family_name": "N’Guyen"}, form="/mon-compte")

    account = await reread(account)
    assert (account.first_name, account.family_name) == ("Zoé", "N’Guyen")


async def test_names_left_empty_are_told_and_nothing_is_changed(client: Client) -> None:
    account = await make.account(first_name="Zoé")
    await client.sign_in(account)

    page = await client.submit(
        await client.get("/mon-compte"),
        {"first_name": "", "family_name": "N"},
        form="/mon-compte",
        status=422,
    )

    assert "Écrivez votre prénom." in page.text
    assert page.html.count("Erreur") > 0
    assert (await reread(account)).first_name == "Zoé"


async def test_a_form_changes_no_column_it_does_not_show(client: Client) -> None:
    account = await make.account(email=OLD)
    await client.sign_in(account)

    await client.submit(
        await client.get("/mon-compte"),
        form="/mon-compte",
        extra={"email": NEW, "id": "1", "adult_attested_on": "2000-01-01"},
    )

    assert (await reread(account)).to_dict() == account.to_dict()


async def ask_change(client: Client, email: str = NEW) -> Page:
    page = await client.get("/mon-compte")
    return await client.follow(await client.submit(page, {"email": email}, form="/mon-compte/adresse"))


async def test_a_change_of_address_is_confirmed_at_the_new_one_and_told_to_both(client: Client) -> None:
    account = await make.account(email=OLD)
    await client.sign_in(account)
    page = await ask_change(client)
    assert (await reread(account)).email == OLD
    assert [mail.template for mail in await emails_to(OLD)] == ["email_change_asked"]
    code = re.search(r"\b\d{6}\b", (await last_email(NEW)).text)
    assert code

    await client.submit(page, {"code": code[0]})

    assert (await reread(account)).email == NEW
    assert [mail.template for mail in await emails_to(OLD)] == ["email_change_asked", "email_changed"]
    assert [mail.template for mail in await emails_to(NEW)] == ["confirm_new_email", "email_changed"]


async def test_a_change_to_an_address_that_has_an_account_looks_the_same_and_is_refused_at_the_end(
    client: Client,
) -> None:
    account = await make.account(email=OLD)
    await make.account(email=NEW)
    await client.sign_in(account)
    taken = await ask_change(client)
    free = await ask_change(client, "free@example.org")
    assert taken.text == free.text
    link = links_in(await last_email(NEW))[0]

    page = await client.submit(await client.follow(await client.get(link, status=303)), status=409)

    assert page.h1 == "Cette adresse a déjà un compte"
    assert (await reread(account)).email == OLD


async def test_sessions_are_listed_and_each_can_be_ended(client: Client) -> None:
    account = await make.account()
    phone = await client.another().sign_in(account)
    await client.sign_in(account)
    page = await client.get("/mon-compte")
    assert page.text.count("Firefox · Linux") == 3  # two sessions, and the button of the other one

    await client.submit(page, form="/mon-compte/sessions/")

    assert await is_in(client)
    assert not await is_in(phone)


async def test_nobody_ends_the_session_of_somebody_else(client: Client) -> None:
    account = await make.account()
    victim, owner = await client.another().sign_in(account), await client.another().sign_in(account)
    action = (await owner.get("/mon-compte")).form("/mon-compte/sessions/").get("action", "")
    await client.sign_in(await make.account())
    key = (await client.get("/mon-compte")).form_key

    await client.post(action, {"form_key": key}, status=404)

    assert await is_in(victim)


async def test_signing_out_ends_the_session_itself(client: Client) -> None:
    await client.sign_in(await make.account())
    token = client.http.cookies["session"]
    page = await client.get("/mon-compte")

    await client.post("/deconnexion", {"form_key": page.form_key}, status=303)

    assert not await is_in(client)
    assert not await Session.exists()
    client.cookie("session", token)
    assert not await is_in(client)


async def test_a_session_ends_after_thirty_days(client: Client, clock: Clock) -> None:
    account = await make.account()
    await client.sign_in(account)
    await Session.update({Session.expires_at: make.NOW + SESSION_LIFE}).where(Session.account == account.id)
    clock.move(days=29, hours=23)
    assert await is_in(client)
    clock.move(hours=1)

    assert not await is_in(client)


async def test_a_token_nobody_was_given_opens_nothing(client: Client) -> None:
    await make.session(await make.account())
    client.cookie("session", "x" * 43)

    assert not await is_in(client)


async def test_the_holder_of_the_new_address_gets_no_way_into_the_account(client: Client) -> None:
    account = await make.account(email=OLD)
    await client.sign_in(account)
    await ask_change(client)
    link = links_in(await last_email(NEW))[0]
    stranger = client.another()

    page = await stranger.submit(await stranger.follow(await stranger.get(link, 303)), status=403)

    assert page.h1 == "Ce lien s’ouvre là où vous êtes connecté"
    assert not await is_in(stranger)
    assert (await reread(account)).email == OLD
    assert await Session.count() == 1
    await client.submit(await client.follow(await client.get(link, 303)))  # the link is not spent
    assert (await reread(account)).email == NEW
    assert await Session.count() == 1


async def test_a_name_is_one_line_that_leads_nowhere(client: Client) -> None:
    account = await make.account(first_name="Zoé")
    await client.sign_in(account)

    for name in ("Votre compte : http://elsewhere.example", "www.elsewhere.example", "zoe@elsewhere.example"):
        page = await client.submit(
            await client.get("/mon-compte"), {"first_name": name}, form="/mon-compte", status=422
        )
        assert "Écrivez un nom seulement" in page.text
    await client.submit(
        await client.get("/mon-compte"),
        {"first_name": "Zoé\n\nVotre\u2028compte", "family_name": "N"},
        form="/mon-compte",
    )

    assert (await reread(account)).first_name == "Zoé Votre compte"
