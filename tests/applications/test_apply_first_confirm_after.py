"""A visitor applies with names and an address: a place is held thirty minutes, then confirmed or gone."""

import pytest

from marketplace import db
from marketplace.accounts.tables import Account
from marketplace.applications import holds
from marketplace.applications.actions import Choices
from marketplace.applications.applicants import Visitor
from marketplace.applications.lifecycle import Status
from marketplace.applications.tables import Applicant, Application
from marketplace.volunteers.tables import BirthDate
from tests import make
from tests.applications.journeys import (
    BIRTH,
    GUARDIAN,
    SIXTEEN,
    VISITOR,
    confirm,
    fill,
    page_of,
    send,
    the_application,
)
from tests.client import Client, Clock, emails_to, last_email, links_in


async def test_a_visitor_applies_confirms_and_is_signed_in(client: Client) -> None:
    mission = await make.mission(tasks=["Trier", "Plier"])
    waits = await client.follow(await send(client, mission, VISITOR | {"tasks": ["Plier"]}))
    assert waits.h1 == "Il reste à confirmer, par e-mail"
    assert (await the_application()).status == Status.UNCONFIRMED
    assert (await make.only_slot(mission)).places_taken == 1
    assert not await Account.exists().where(Account.email == "zoe@example.org")
    assert client.http.cookies.get("session") is None

    shown = await client.follow(await confirm(client, "zoe@example.org"))

    application = await the_application()
    assert application.status == Status.PENDING
    assert application.tasks == ["Plier"]
    assert shown.path == f"/mes-candidatures/{application.public_id}"
    assert (await make.only_slot(mission)).places_taken == 1
    assert not await Applicant.exists()
    account = await Account.objects().get(Account.email == "zoe@example.org")
    assert account is not None
    assert (account.first_name, account.family_name) == ("Zoé", "Petit")
    assert account.adult_attested_on is not None
    await client.get("/mon-espace")


async def test_opening_the_link_a_hundred_times_changes_nothing(client: Client) -> None:
    await send(client, await make.mission(title="Trier les livres"), VISITOR)
    link = links_in(await last_email("zoe@example.org"))[0]
    for _ in range(100):
        response = await client.http.get(link)
        assert response.status_code == 303
    page = await client.follow(await client.get(link, 303))
    assert page.h1 == "Plus qu’un bouton"
    assert "Trier les livres" in page.text
    assert (await the_application()).status == Status.UNCONFIRMED


async def test_known_and_unknown_addresses_get_the_same_page_and_the_same_mail(client: Client) -> None:
    mission = await make.mission(places=9)
    await make.application(mission, await make.volunteer(email="known@example.org"))
    told: list[tuple[str, ...]] = []
    for address in ("known@example.org", "unknown@example.org"):
        browser = client.another(f"198.51.{len(told)}.1")
        answer = await send(browser, mission, VISITOR | {"email": address})
        page = await browser.follow(answer)
        email = await last_email(address)
        link = links_in(email)[0]
        told.append((answer.location, page.html, email.subject, email.text.replace(link, "")))
        assert browser.http.cookies.get("session") is None
        await browser.http.aclose()
    assert told[0] == told[1]


async def test_a_minor_visitor_confirms_and_the_guardian_is_asked(client: Client) -> None:
    mission = await make.mission(minors="open", admission="instant")
    await send(client, mission, VISITOR | SIXTEEN, GUARDIAN)
    assert await emails_to("maman@example.org") == []

    shown = await client.follow(await confirm(client, "zoe@example.org"))

    assert shown.h1 == "C’est envoyé, il manque un accord"
    assert (await the_application()).status == Status.AWAITING_CONSENT
    assert await BirthDate.exists()
    assert (await last_email("maman@example.org")).template == "consent_asked"


@pytest.mark.parametrize("typed", [VISITOR | SIXTEEN | {"born_on_year": "2012"}, VISITOR | SIXTEEN])
async def test_what_anybody_may_know_is_refused_before_anything_is_stored(
    typed: dict[str, str], client: Client
) -> None:
    page = await client.get(page_of(await make.mission()))
    await client.submit(page, typed, status=403)
    assert not await Application.exists()
    assert not await Applicant.exists()


async def test_a_hold_not_confirmed_in_thirty_minutes_is_gone_and_nothing_is_kept(
    client: Client, clock: Clock
) -> None:
    mission = await make.mission()
    await send(client, mission, VISITOR)
    link = links_in(await last_email("zoe@example.org"))[0]
    assert await holds.drop_unconfirmed(clock.move(minutes=29)) == 0

    page = await client.follow(await client.get(link, 303))
    clock.move(minutes=1)
    gone = await client.submit(page, status=410)
    assert gone.h1 == "Ce lien n’est plus valable"
    assert await holds.drop_unconfirmed(clock.instant) == 1

    assert not await Application.exists()
    assert not await Applicant.exists()
    assert (await make.only_slot(mission)).places_taken == 0
    assert not await Account.exists().where(Account.email == "zoe@example.org")


async def test_a_new_hold_of_the_same_address_replaces_the_former_one(client: Client) -> None:
    first, second = await make.mission(places=1), await make.mission()
    await send(client, first, VISITOR)
    old = links_in(await last_email("zoe@example.org"))[0]
    await send(client, second, VISITOR)

    assert (await make.only_slot(first)).places_taken == 0
    assert (await make.only_slot(second)).places_taken == 1
    dead = await client.follow(await client.get(old, 303))
    await client.submit(dead, status=410)
    await confirm(client, "zoe@example.org")
    assert (await the_application()).slot == (await make.only_slot(second)).id


async def test_the_same_address_may_try_again_for_the_last_place_it_holds_itself(client: Client) -> None:
    mission = await make.mission(places=1)
    page = await fill(client, mission, VISITOR)
    other = await fill(client, mission, VISITOR | {"first_name": "Zoë"})
    await client.submit(page, {"step": "send"})
    assert "liste d’attente" in (await client.get(page_of(mission))).text  # full, to everybody

    slot = await make.only_slot(mission)
    visitor = Visitor("zoe@example.org", "Zoé", "Petit", make.born(30), "192.0.2.0/24")
    await holds.hold(visitor, [slot], Choices(), make.NOW)

    assert (await make.only_slot(mission)).places_taken == 1
    await client.submit(other, {"step": "send"})
    assert (await make.only_slot(mission)).places_taken == 1


async def test_somebody_elsewhere_who_knows_the_address_cannot_drop_its_hold(client: Client) -> None:
    first, second = await make.mission(places=1), await make.mission()
    await send(client, first, VISITOR)
    elsewhere = client.another("203.0.113.7")

    refused = await elsewhere.submit(await fill(elsewhere, second, VISITOR), {"step": "send"}, status=409)

    assert "attend déjà d’être confirmée" in refused.text
    assert (await make.only_slot(first)).places_taken == 1
    assert (await make.only_slot(second)).places_taken == 0
    await confirm(client, "zoe@example.org")
    assert (await the_application()).slot == (await make.only_slot(first)).id


async def test_three_unconfirmed_holds_per_network_and_hour(client: Client, clock: Clock) -> None:
    mission = await make.mission(places=9)
    for number in range(3):
        await send(client, mission, VISITOR | {"email": f"zoe{number}@example.org"})
    refused = await send(client, mission, VISITOR | {"email": "zoe3@example.org"}, status=429)
    assert refused.h1 == "Trop de candidatures en peu de temps"
    assert await emails_to("zoe3@example.org") == []

    elsewhere = client.another("203.0.113.9")
    await send(elsewhere, mission, VISITOR | {"email": "zoe4@example.org"})
    await confirm(elsewhere, "zoe0@example.org")  # confirmed ones no longer count
    await elsewhere.http.aclose()
    await send(client, mission, VISITOR | {"email": "zoe5@example.org"})
    clock.move(hours=1)
    await send(client, mission, VISITOR | {"email": "zoe6@example.org"})


@pytest.mark.parametrize(
    ("why", "title"),
    [
        ("member", "C’est une mission de votre association"),
        ("applied", "Cette candidature est déjà enregistrée"),
        ("declined", "Il est encore tôt pour candidater de nouveau"),
    ],
)
async def test_what_is_known_of_the_address_is_told_to_its_owner_alone_and_the_place_is_free(
    why: str, title: str, client: Client
) -> None:
    association = await make.association()
    mission = await make.mission(association=association, places=5)
    account = await make.account(email="zoe@example.org")
    if why == "member":
        await make.member(association, account)
    else:
        status = Status.DECLINED if why == "declined" else Status.PENDING
        await make.application(mission, await make.volunteer(account=account), status=status)
    taken = (await make.only_slot(mission)).places_taken
    assert (
        await client.follow(await send(client, mission, VISITOR))
    ).h1 == "Il reste à confirmer, par e-mail"

    told = await confirm(client, "zoe@example.org", status=403 if why == "member" else 409)

    assert told.h1 == title
    assert (await make.only_slot(mission)).places_taken == taken
    assert not await Application.exists().where(Application.status == Status.UNCONFIRMED)
    assert client.http.cookies.get("session") is None


@pytest.mark.parametrize("says", ["minor", "adult"])
async def test_an_age_that_disputes_the_accounts_is_refused_to_its_owner(says: str, client: Client) -> None:
    mission = await make.mission(minors="open", places=5)
    if says == "minor":
        await make.volunteer(email="zoe@example.org")
        await send(client, mission, VISITOR | SIXTEEN, GUARDIAN)
    else:
        await make.volunteer(age=16, email="zoe@example.org")
        await send(client, mission, VISITOR | BIRTH)

    told = await confirm(client, "zoe@example.org", status=403)

    assert told.h1 == "La date de naissance ne correspond pas"
    assert (await make.only_slot(mission)).places_taken == 0
    assert await db.fetch("SELECT id FROM application") == []
    account = await Account.objects().get(Account.email == "zoe@example.org")
    assert account is not None
    assert (account.adult_attested_on is None) == (says == "adult")


async def test_a_used_link_makes_nothing_more(client: Client) -> None:
    await send(client, await make.mission(), VISITOR)
    link = links_in(await last_email("zoe@example.org"))[0]
    page = await client.follow(await client.get(link, 303))
    first = await client.submit(page)
    second = await client.submit(page)
    assert first.location == second.location
    again = await client.follow(await client.get(link, 303))
    await client.submit(again, status=410)
    await the_application()
