"""A manager writes a mission page by page, from an empty draft to one that can be sent."""

from typing import Any

import pytest

from marketplace.accounts.tables import Account
from marketplace.associations.tables import Association
from marketplace.missions.lifecycle import Minors, Status
from marketplace.missions.tables import Mission
from marketplace.vocabulary.actions import store_communes
from marketplace.vocabulary.communes import read_communes
from marketplace.vocabulary.exposures import EXPOSURES
from tests import make
from tests.client import Client, Page

PAGES: list[tuple[str, dict[str, str | list[str]]]] = [
    ("domaine", {"domain": "skills_volunteering", "activities": ["administration", "computing"]}),
    (
        "presentation",
        {
            "title": "Je tiens les plannings",
            "presentation": "Une page de présentation assez longue. " * 9,
            "tasks": "- Classer les documents\n\nPréparer les réunions\nClasser les documents",
            "details": "Choisissez ce qui vous convient.",
        },
    ),
    (
        "publics",
        {
            "audiences": ["excluded", "in_difficulty"],
            "skills_wished": ["filing"],
            "skills_needed": ["minutes"],
            "training": "Une prise en main des logiciels",
        },
    ),
    ("lieu", {"place_kind": "either", "address": "4 rue des Tilleuls", "commune": "35000 Rennes"}),
    (
        "dates",
        {
            "timing": "dated",
            **{"starts_day": "27", "starts_month": "3", "starts_year": "2027", "starts_time": "14h"},
            **{"ends_day": "27", "ends_month": "3", "ends_year": "2027", "ends_time": "16:30"},
            "rhythm": "few_hours_week",
            "day_parts": ["morning"],
        },
    ),
    ("places", {"places": "7", "admission": "instant"}),
    ("cadre", {"contact_level": "none", "minors": "yes"}),
    (
        "conditions",
        {
            "prerequisites": ["interview"],
            "with_undertaking": "yes",
            "undertaking": "",
            "supervisor_name": "Sacha Bernard",
            "supervisor_role": "Secrétaire",
            "supervisor_phone": "02 99 00 00 02",
        },
    ),
    ("accueil", {"wheelchair": "yes", "peers_welcome": "yes"}),
]
NO_EXPOSURE = dict.fromkeys(EXPOSURES, "no")


@pytest.fixture
async def rennes(database: None) -> None:
    """A commune that can be typed."""
    await store_communes([facts for facts in read_communes() if facts.code == "35238"])


async def stored(public_id: str) -> Any:
    mission = await Mission.objects().get(Mission.public_id == public_id)
    assert mission is not None
    return mission


def draft_id(page: Page) -> str:
    return page.location.split("/")[2]


@pytest.mark.usefixtures("rennes")
async def test_nine_pages_make_a_mission_that_can_be_sent(client: Client) -> None:
    association = await make.association()
    await client.sign_in(await make.owner_of(association))
    index = await client.get(f"/mes-associations/{association.public_id}/missions")
    answer = await client.submit(index)
    public_id = draft_id(answer)

    for step, values in PAGES:
        page = await client.get(f"/mes-missions/{public_id}/ecrire/{step}")
        assert answer.location == page.path
        answer = await client.submit(page, {**values, **(NO_EXPOSURE if step == "cadre" else {})})

    check = await client.follow(answer)
    assert check.h1 == "Vérifiez avant d’envoyer"
    assert "Il manque encore" not in check.text
    mission = await stored(public_id)
    slot: Any = await make.only_slot(mission)
    assert mission.status == Status.DRAFT
    assert mission.activities == ["administration", "computing"]
    assert mission.tasks == ["Classer les documents", "Préparer les réunions"]
    assert (mission.skills_wished, mission.skills_needed) == (["filing"], ["minutes"])
    assert (mission.commune_name, mission.postcode, mission.department) == ("Rennes", "35000", "35")
    assert mission.latitude is not None
    assert (slot.places, slot.starts_at.isoformat()) == (7, "2027-03-27T13:00:00+00:00")
    assert mission.day_parts == ["morning", "afternoon"]  # ticked, and the hours of its date
    assert mission.exposures == []
    assert mission.minors == Minors.REQUESTED
    assert mission.undertaking.startswith("Ce que j’apprends des personnes aidées")
    assert (mission.wheelchair, mission.public_transport, mission.peers_welcome) == (True, False, True)

    shown = await client.follow(await client.submit(check, form="verification"))
    assert "Votre mission est envoyée" in shown.text
    assert (await stored(public_id)).status == Status.SUBMITTED


async def test_every_page_may_be_left_empty_and_the_check_page_says_what_is_missing(client: Client) -> None:
    association = await make.association()
    await client.sign_in(await make.owner_of(association))
    index = await client.get(f"/mes-associations/{association.public_id}/missions")
    answer = await client.submit(index)

    for _ in PAGES:
        answer = await client.submit(await client.follow(answer))

    check = await client.follow(answer)
    for words in ("Choisissez un domaine.", "Écrivez un titre", "Dites qui la mission aide.", "une par une"):
        assert words in check.text
    assert all("verification" not in form.get("action", "") for form in check.forms())


async def test_the_second_button_goes_to_the_check_page(client: Client) -> None:
    mission = await make.mission(status=Status.DRAFT)
    await client.sign_in(await _owner(mission))
    page = await client.get(f"/mes-missions/{mission.public_id}/ecrire/domaine")

    answer = await client.submit(page, {"then": "check"})

    assert answer.location == f"/mes-missions/{mission.public_id}/verification"


@pytest.mark.usefixtures("rennes")
async def test_a_place_is_shown_again_as_it_was_stored(client: Client) -> None:
    mission = await make.mission(status=Status.DRAFT)
    await client.sign_in(await _owner(mission))
    path = f"/mes-missions/{mission.public_id}/ecrire/lieu"

    await client.submit(await client.get(path))
    kept = await stored(mission.public_id)
    assert (kept.commune_code, kept.address) == ("35238", "4 rue des Tilleuls")

    await client.submit(await client.get(path), {"place_kind": "remote"})
    moved = await stored(mission.public_id)
    assert (moved.commune_name, moved.address, moved.latitude) == ("", "", None)


async def test_choosing_any_time_forgets_the_dates(client: Client) -> None:
    mission = await make.mission(status=Status.DRAFT, starts_at=make.after(days=20))
    await client.sign_in(await _owner(mission))

    page = await client.get(f"/mes-missions/{mission.public_id}/ecrire/dates")
    await client.submit(page, {"timing": "anytime"})

    slot: Any = await make.only_slot(mission)
    assert (slot.starts_at, slot.ends_at) == (None, None)


async def test_the_page_after_the_frame_says_at_once_what_it_entails(client: Client) -> None:
    mission = await make.mission(status=Status.DRAFT, minors=Minors.REQUESTED)
    await client.sign_in(await _owner(mission))
    page = await client.get(f"/mes-missions/{mission.public_id}/ecrire/cadre")

    answer = await client.submit(page, {"contact_level": "group", "transport": "yes", "minors": None})

    after = await client.follow(answer)
    assert "Cette mission est fermée aux mineurs, parce que vous avez répondu oui" in after.text
    assert "deux adultes sont toujours présents" in after.text
    assert (await stored(mission.public_id)).exposures == ["transport"]


async def test_a_night_slot_takes_the_request_for_minors_back(client: Client) -> None:
    mission = await make.mission(status=Status.DRAFT, minors=Minors.REQUESTED)
    await client.sign_in(await _owner(mission))
    page = await client.get(f"/mes-missions/{mission.public_id}/ecrire/dates")

    after = await client.follow(await client.submit(page, {"day_parts": ["night"]}))

    assert "elle se passe en partie entre 22 h et 6 h" in after.text
    assert (await stored(mission.public_id)).minors == Minors.CLOSED


async def test_writing_again_asks_the_moderator_again_about_minors(client: Client) -> None:
    mission = await make.mission(status=Status.RETURNED, minors=Minors.OPEN)
    await client.sign_in(await _owner(mission))
    page = await client.get(f"/mes-missions/{mission.public_id}/ecrire/accueil")

    await client.submit(page, {"wheelchair": "yes"})

    assert (await stored(mission.public_id)).minors == Minors.REQUESTED


async def _owner(mission: Mission) -> Account:
    association = await Association.objects().get(Association.id == mission.association)
    assert association is not None
    return await make.owner_of(association)
