"""A mission's page: what it says in each state, and what it never says."""

from typing import Any

import pytest

from marketplace.missions.tables import Mission
from tests import make
from tests.client import Client

SEED: dict[str, Any] = {
    "title": "Tenir le secrétariat d’une association",
    "presentation": "Avec les membres de l’équipe, vous tenez **le secrétariat**.",
    "details": "Vous choisissez selon vos disponibilités.",
    "tasks": ["Répondre aux appels", "Classer et archiver", "Rédiger les comptes rendus"],
    "audiences": ["excluded", "in_difficulty"],
    "skills_needed": ["filing"],
    "skills_wished": ["office", "minutes"],
    "training": "Une prise en main des logiciels vous est proposée.",
    "place_kind": "remote",
    "undertaking": "Ce que j’apprends reste entre nous.",
    "prerequisites": ["interview"],
    "minors": "open",
    "peers_welcome": True,
}


async def read(client: Client, mission: Mission) -> str:
    return (await client.get(f"/missions/{mission.public_id}")).text


async def test_everything_the_seeds_page_shows_is_there(client: Client) -> None:
    owner = await make.account(first_name="CHRIS", family_name="Nadaud")
    association = await make.association(
        owner=owner, name="Association Lumières", purpose="Nous filmons pour donner à voir."
    )
    mission = await make.mission(association=association, **SEED)

    page = await client.get(f"/missions/{mission.public_id}")

    assert page.h1 == SEED["title"]
    for words in (
        "Publié par CHRIS N. de l’Association Lumières",
        "Publics aidés",
        "Personnes en situation d’exclusion Personnes en difficulté",
        "Mission à distance Réalisez cette mission de bénévolat depuis chez vous",
        "Présentation de la mission Avec les membres de l’équipe, vous tenez le secrétariat.",
        "Précisions Vous choisissez selon vos disponibilités.",
        "Répondre aux appels Classer et archiver Rédiger les comptes rendus",
        "Compétences nécessaires Classement et archivage",
        "Compétences souhaitées Bureautique (texte, tableur, courriel) Rédaction de comptes rendus",
        "Une prise en main des logiciels vous est proposée.",
        "Mission ouverte également aux mineurs (16–17 ans)",
        "Pair-aidants bienvenus",
        "Entretien préalable",
        "Ce que j’apprends reste entre nous.",
        "Découvrez l’Association Lumières Nous filmons pour donner à voir.",
    ):
        assert words in page.text, words


async def test_an_open_mission_says_how_many_places_are_left_and_asks_for_help(client: Client) -> None:
    mission = await make.mission(places=3)
    await make.application(mission)

    page = await client.get(f"/missions/{mission.public_id}")

    assert "Il reste 2 places 1 personne déjà inscrite" in page.text
    assert "Je propose mon aide L’association a 7 jours pour répondre." in page.text
    assert f"/missions/{mission.public_id}/candidature" in page.links


async def test_an_instant_mission_says_that_the_place_is_sure(client: Client) -> None:
    text = await read(client, await make.mission(admission="instant"))

    assert "Je propose mon aide Votre place est confirmée tout de suite." in text
    assert "a 7 jours pour répondre" not in text


async def test_a_full_mission_says_so_and_how_many_are_in(client: Client) -> None:
    mission = await make.mission(places=2)
    await make.application(mission)
    await make.application(mission, status="accepted")

    text = await read(client, mission)

    assert "La mission est désormais complète 2 personnes déjà inscrites" in text
    assert "Je propose mon aide" not in text
    assert "Il reste" not in text


async def test_a_paused_mission_says_so(client: Client) -> None:
    text = await read(client, await make.mission(status="paused"))

    assert "Les inscriptions sont fermées pour le moment" in text
    assert "Je propose mon aide" not in text


@pytest.mark.parametrize("status", ["finished", "cancelled"])
async def test_an_ended_mission_says_so_and_is_not_indexed(client: Client, status: str) -> None:
    mission = await make.mission(status=status)

    page = await client.get(f"/missions/{mission.public_id}")

    assert "Cette mission est terminée" in page.text
    assert "Je propose mon aide" not in page.text
    assert '<meta name="robots" content="noindex">' in page.html


async def test_a_slot_that_begins_in_less_than_two_hours_ends_the_mission(client: Client) -> None:
    mission = await make.mission(starts_at=make.after(minutes=119))

    assert "Cette mission est terminée" in await read(client, mission)


async def test_a_dated_mission_says_when_in_paris(client: Client) -> None:
    mission = await make.mission(starts_at=make.after(days=3))

    text = (await read(client, mission)).replace("\u00a0", " ")

    assert "vendredi 5 mars 2027 de 10 h à 12 h" in text


@pytest.mark.parametrize("status", ["draft", "submitted", "returned", "suspended"])
async def test_a_mission_that_is_not_public_is_not_found(client: Client, status: str) -> None:
    mission = await make.mission(status=status)

    await client.get(f"/missions/{mission.public_id}", status=404)


@pytest.mark.parametrize("status", ["draft", "submitted", "returned", "suspended", "closed"])
async def test_a_mission_of_an_association_that_is_not_verified_is_not_found(
    client: Client, status: str
) -> None:
    mission = await make.mission(association=await make.association(status=status))

    await client.get(f"/missions/{mission.public_id}", status=404)


@pytest.mark.parametrize("name", ["abc", "234567892345", "%00%00", "%FF%FE", "A" * 500, "..%2F..%2Fa", "1"])
async def test_an_address_that_names_no_mission_is_not_found(client: Client, name: str) -> None:
    await client.get(f"/missions/{name}", status=404)


@pytest.mark.parametrize("minors", ["closed", "requested"])
async def test_minors_are_only_named_where_a_moderator_opened(client: Client, minors: str) -> None:
    text = await read(client, await make.mission(minors=minors))

    assert "mineurs" not in text
    assert "À partir de 18 ans" in text


async def test_the_address_and_the_supervisor_are_never_in_the_page(client: Client) -> None:
    mission = await make.mission(
        address="17 impasse du Secret",
        supervisor_name="Prudence Cachée",
        supervisor_phone="06 12 34 56 78",
        supervisor_role="Responsable de l’accueil",
    )

    page = await client.get(f"/missions/{mission.public_id}")

    assert "Responsable de l’accueil" in page.text
    assert "Rennes (Ille-et-Vilaine)" in page.text
    for secret in ("impasse", "Cachée", "06 12", "35000"):
        assert secret not in page.html


async def test_who_published_is_a_first_name_and_an_initial_then_the_team(client: Client) -> None:
    owner = await make.account(first_name="Maud", family_name="Perrinet", email="maud@example.org")
    mission = await make.mission(association=await make.association(owner=owner, name="Le Fournil"))

    page = await client.get(f"/missions/{mission.public_id}")
    await Mission.update({Mission.author: None}).where(Mission.id == mission.id)
    later = await read(client, mission)

    assert "Publié par Maud P. de l’association Le Fournil" in page.text
    assert "Perrinet" not in page.html
    assert "maud@" not in page.html
    assert "Publié par l’équipe de l’association Le Fournil" in later


HOSTILE = (
    "Bonjour <script>alert(1)</script> <img src=x onerror=alert(2)> [ici](javascript:alert(3))\n\n"
    "![image](https://ailleurs.example/i.png) <https://ailleurs.example> [là](https://ailleurs.example)\n\n"
    "# Grand titre\n\n<h1>Autre</h1>"
)


async def test_hostile_text_is_only_text(client: Client) -> None:
    association = await make.association(name="<b>Nom</b> & co", purpose=HOSTILE)
    mission = await make.mission(
        association=association,
        title="Titre <i>rusé</i> \" onload='x'",
        presentation=HOSTILE,
        details=HOSTILE,
        tasks=["<script>alert(4)</script>"],
        training=HOSTILE[:400],
        undertaking=HOSTILE,
        supervisor_role="<img src=x>",
    )

    page = await client.get(f"/missions/{mission.public_id}")

    assert page.h1 == "Titre <i>rusé</i> \" onload='x'"
    assert not [e for tag in ("script", "img", "i", "b") for e in page.main.iter(tag)]
    assert [href for href in page.links if not href.startswith("/")] == []


async def test_somebody_who_applied_is_led_to_their_application(client: Client) -> None:
    mission = await make.mission()
    volunteer = await make.volunteer()
    application = await make.application(mission, volunteer)
    await client.sign_in(await make.account_of(volunteer))

    page = await client.get(f"/missions/{mission.public_id}")

    assert "Vous avez déjà proposé votre aide." in page.text
    assert any(application.public_id in href for href in page.links)
    assert "Je propose mon aide" not in page.text


async def test_a_member_is_led_to_the_mission_and_not_to_a_form_that_refuses(client: Client) -> None:
    owner = await make.account()
    mission = await make.mission(association=await make.association(owner=owner))
    await client.sign_in(owner)

    page = await client.get(f"/missions/{mission.public_id}")

    assert "C’est une mission de votre association" in page.text
    assert f"/mes-missions/{mission.public_id}" in page.links
    assert f"/missions/{mission.public_id}/candidature" not in page.links


async def test_the_longest_mission_weighs_less_than_60_kb(client: Client) -> None:
    mission = await make.mission(
        places=12,
        presentation="Voici ce que nous faisons ensemble. " * 555,
        tasks=[f"Tâche {n} " + "à faire " * 20 for n in range(20)],
        undertaking="Je garde pour moi. " * 150,
    )

    page = await client.get(f"/missions/{mission.public_id}")

    assert len(mission.presentation) > 19_000
    assert len(page.response.content) < 60_000


@pytest.mark.parametrize(
    ("level", "words"),
    [
        ("none", "Vous ne rencontrez pas les personnes aidées et vous ne voyez pas leurs données"),
        ("data", "mais vous voyez de leurs données personnelles."),
        ("group", "en groupe, dans les locaux de l’association ou en public. Deux adultes sont toujours"),
        ("individual", "une à une, hors des locaux de l’association ou en détention."),
    ],
)
async def test_the_contact_with_the_people_helped_is_said_in_plain_words(
    client: Client, level: str, words: str
) -> None:
    text = await read(client, await make.mission(contact_level=level, two_adults=level == "group"))

    assert words in text
    assert "L’association signale" not in text


async def test_what_one_may_meet_with_is_listed(client: Client) -> None:
    mission = await make.mission(contact_level="group", exposures=["closed_setting", "files"])

    text = (await read(client, mission)).replace("\u00a0", " ")

    assert "L’association signale : Milieu fermé (prison, centre éducatif fermé, centre de rétention)" in text
    assert "Dossiers sociaux, pénaux ou de santé" in text


async def test_the_place_is_said_for_each_kind_of_mission(client: Client) -> None:
    on_site = await read(client, await make.mission(wheelchair=True))
    either = await read(client, await make.mission(place_kind="either"))
    remote = await read(client, await make.mission(place_kind="remote"))

    assert "Mission en présentiel Rennes (Ille-et-Vilaine) L’adresse exacte est donnée" in on_site
    assert "Accessible en fauteuil roulant" in on_site
    assert "Accessible en transports en commun" in on_site
    assert "Sur place ou à distance Rennes (Ille-et-Vilaine), ou depuis chez vous" in either
    assert "Rennes" not in remote
    assert "fauteuil" not in remote


async def test_each_slot_of_a_mission_has_its_own_seats_and_a_cancelled_one_is_not_shown(
    client: Client,
) -> None:
    mission = await make.mission(starts_at=make.after(days=3), places=2)
    second = await make.slot(mission, starts_at=make.after(days=10), places=1)
    await make.slot(mission, starts_at=make.after(days=17), places=5, cancelled_at=make.NOW)
    await make.application(second)

    text = (await read(client, mission)).replace("\u00a0", " ")

    assert "vendredi 5 mars 2027 de 10 h à 12 h Il reste 2 places" in text
    assert "vendredi 12 mars 2027 de 10 h à 12 h Complet" in text
    assert "19 mars" not in text


async def test_on_an_english_page_what_the_association_wrote_is_said_to_be_french(client: Client) -> None:
    mission = await make.mission(title="Trier les dons du samedi")

    english = await client.get(f"/en/missions/{mission.public_id}")
    french = await client.get(f"/missions/{mission.public_id}")

    assert '<h1 lang="fr">Trier les dons du samedi</h1>' in english.html
    assert "<h1>Trier les dons du samedi</h1>" in french.html
