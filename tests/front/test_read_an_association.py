"""An association's public page, and one's own space."""

import pytest

from marketplace.associations.lifecycle import Role
from tests import make
from tests.client import Client


async def test_a_verified_association_shows_who_it_is_and_its_open_missions(client: Client) -> None:
    association = await make.association(
        name="Le Fournil partagé",
        purpose="Nous apprenons à faire du pain.",
        website="https://fournil.example/",
        contact_email="bonjour@fournil.example",
        address="9 ruelle Discrète",
        safeguarding_name="Personne Confiance",
    )
    mission = await make.mission(association=association, title="Tenir le four")
    await make.mission(association=association, status="paused", title="En pause")
    await make.mission(title="D’une autre")

    page = await client.get(f"/associations/{association.public_id}")

    assert page.h1 == "Le Fournil partagé"
    assert "Nous apprenons à faire du pain." in page.text
    assert "1 mission ouverte" in page.text
    assert "https://fournil.example/" in page.links
    assert f"/missions/{mission.public_id}" in page.links
    for hidden in ("En pause", "D’une autre", "ruelle", "Confiance", "Mutuelle"):
        assert hidden not in page.html


async def test_a_website_that_is_no_address_is_not_a_link(client: Client) -> None:
    association = await make.association(website="javascript:alert(1)")

    page = await client.get(f"/associations/{association.public_id}")

    assert "javascript" not in page.html


@pytest.mark.parametrize("status", ["draft", "submitted", "returned", "suspended", "closed"])
async def test_an_association_that_is_not_verified_is_not_found(client: Client, status: str) -> None:
    association = await make.association(status=status)

    await client.get(f"/associations/{association.public_id}", status=404)


@pytest.mark.parametrize("name", ["abc", "234567892345", "%00", "%FF"])
async def test_an_address_that_names_no_association_is_not_found(client: Client, name: str) -> None:
    await client.get(f"/associations/{name}", status=404)


async def test_ones_space_asks_to_sign_in(client: Client) -> None:
    answer = await client.get("/mon-espace", status=303)

    assert answer.location.startswith("/connexion")


async def test_a_new_account_is_shown_the_way(client: Client) -> None:
    await client.sign_in(await make.account(first_name="Inès"))

    page = await client.get("/mon-espace")

    assert page.h1 == "Bonjour Inès"
    assert "Vous n’avez pas encore proposé votre aide." in page.text
    assert "Représenter une association" in page.text
    assert {"/missions", "/associations", "/mon-compte"} <= set(page.links)
    assert '<meta name="robots" content="noindex">' in page.html


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("pending", "En attente de la réponse de l’association réponse avant le mardi 9 mars 2027"),
        ("accepted", "Participation confirmée le 2 mars 2027"),
        ("declined", "L’association a répondu non le 2 mars 2027"),
        ("withdrawn", "Candidature retirée le 2 mars 2027"),
        ("lapsed", "Candidature close le 2 mars 2027"),
    ],
)
async def test_ones_applications_say_where_they_stand(client: Client, status: str, words: str) -> None:
    volunteer = await make.volunteer()
    mission = await make.mission(title="Relire des lettres")
    application = await make.application(mission, volunteer, status=status)
    somebody_elses = await make.application(await make.mission())
    await client.sign_in(await make.account_of(volunteer))

    page = await client.get("/mon-espace")

    assert words in page.text
    assert any(application.public_id in href for href in page.links)
    assert not any(somebody_elses.public_id in href for href in page.links)


async def test_a_minor_reads_that_a_guardians_answer_is_awaited(client: Client) -> None:
    volunteer = await make.volunteer(age=16)
    await make.application(await make.mission(minors="open"), volunteer, status="awaiting_consent")
    await client.sign_in(await make.account_of(volunteer))

    page = await client.get("/mon-espace")

    assert "En attente de l’accord d’un parent ou représentant légal" in page.text
    assert "<title>Mon espace (1 candidature en cours)" in page.html


async def test_what_was_done_in_a_finished_mission_is_no_longer_current(client: Client) -> None:
    volunteer = await make.volunteer()
    await make.application(await make.mission(status="finished"), volunteer, status="accepted")
    await client.sign_in(await make.account_of(volunteer))

    page = await client.get("/mon-espace")

    assert "Participation confirmée" in page.text
    assert "<title>Mon espace —" in page.html


async def test_managers_read_how_many_await_their_answer_and_readers_do_not(client: Client) -> None:
    account = await make.account()
    managed, read = await make.association(name="Le Four"), await make.association(name="Le Puits")
    await make.member(managed, account, role=Role.MANAGER)
    await make.member(read, account, role=Role.READER)
    for association in (managed, read):
        mission = await make.mission(association=association, places=3)
        await make.application(mission)
        await make.application(mission)
        await make.application(mission, status="accepted")
    await client.sign_in(account)

    page = await client.get("/mon-espace")

    assert "Le Four Gestionnaire 2 réponses à donner" in page.text
    assert "Le Puits Lecture seule Vérifiée" in page.text
    assert f"/mes-associations/{managed.public_id}" in page.links
