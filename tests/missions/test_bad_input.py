"""What people send that is missing, too long, wrong or not theirs to send: a message, and nothing stored."""

from typing import Any

import pytest

from marketplace.missions.lifecycle import Status
from marketplace.missions.tables import Mission
from marketplace.vocabulary.activities import ACTIVITIES
from marketplace.vocabulary.exposures import EXPOSURES
from marketplace.vocabulary.prerequisites import PREREQUISITES
from marketplace.vocabulary.skills import SKILLS
from tests import make
from tests.client import Client

BROKEN = "abc\x00déf"
LIST = "dans la liste"


def moment(name: str, day: str, month: str, year: str, time: str) -> dict[str, str]:
    return {f"{name}_day": day, f"{name}_month": month, f"{name}_year": year, f"{name}_time": time}


def until(day: str, month: str, year: str) -> dict[str, str]:
    return {"until_day": day, "until_month": month, "until_year": year}


SOON = moment("starts", "20", "3", "2027", "14:00")
SOON_ENDS = moment("ends", "20", "3", "2027", "16:00")
SERIES = {**SOON, **SOON_ENDS, "weekdays": ["6"]}
SKILL = list(SKILLS)

CASES: list[tuple[str, dict[str, Any], str]] = [
    ("domaine", {"domain": "war"}, LIST),
    ("domaine", {"domain": BROKEN}, "illisibles"),
    ("domaine", {"activities": list(ACTIVITIES)[:4]}, "Choisissez-en 3 au plus"),
    ("domaine", {"activities": ["logistics", "spying"]}, LIST),
    ("presentation", {"title": "Bénévole"}, "au moins deux mots"),
    ("presentation", {"title": "mot " * 31}, "120 caractères au plus"),
    ("presentation", {"title": BROKEN}, "illisibles"),
    ("presentation", {"presentation": "Trop court."}, "au moins 300 caractères"),
    ("presentation", {"presentation": "x" * 20_001}, "20000 caractères au plus"),
    ("presentation", {"presentation": "\ufffd" * 400}, "illisibles"),
    ("presentation", {"tasks": "\n".join(f"Tâche {n}" for n in range(21))}, "20 tâches au plus"),
    ("presentation", {"tasks": "x" * 201}, "200 caractères au plus par ligne"),
    ("presentation", {"details": "x" * 5_001}, "5000 caractères au plus"),
    ("publics", {"audiences": ["everyone", "cats"]}, LIST),
    ("publics", {"skills_needed": SKILL[:6], "skills_wished": SKILL[6:11]}, "dix compétences au plus"),
    ("publics", {"skills_needed": SKILL[:1], "skills_wished": SKILL[:1]}, "soit souhaitée, soit nécessaire"),
    ("publics", {"skills_needed": ["juggling fire"]}, LIST),
    ("publics", {"training": "x" * 501}, "500 caractères au plus"),
    ("lieu", {"place_kind": "moon"}, LIST),
    ("lieu", {"address": "x" * 201}, "200 caractères au plus"),
    ("lieu", {"place_kind": "on_site", "commune": "Nulle-Part-les-Oies"}, "trouvons pas"),
    ("lieu", {"place_kind": "on_site", "commune": BROKEN}, "illisibles"),
    ("dates", {"timing": "someday"}, LIST),
    ("dates", {"timing": "dated", **moment("starts", "31", "2", "2027", "14:00")}, "qui existent"),
    ("dates", {"timing": "dated", **moment("starts", "20", "3", "2027", "25:00")}, "qui existent"),
    ("dates", {"timing": "dated", **moment("starts", "1", "3", "2027", "14:00")}, "date à venir"),
    ("dates", {"timing": "dated", **SOON}, "le début et la fin"),
    ("dates", {"timing": "dated", **moment("ends", "20", "3", "2027", "14:00")}, "le début et la fin"),
    ("dates", {"timing": "dated", **SOON, **moment("ends", "20", "3", "2027", "14:00")}, "après le début"),
    ("dates", {"timing": "dated", **SOON, **moment("ends", "21", "4", "2027", "14:00")}, "31 jours"),
    ("dates", {"timing": "dated", **SERIES}, "dernier jour"),
    ("dates", {"timing": "dated", **SOON, **SOON_ENDS, **until("1", "5", "2027")}, "au moins un jour"),
    (
        "dates",
        {"timing": "dated", **SERIES, **until("1", "1", "2099")},
        "un an",
    ),
    ("dates", {"weekdays": ["0"]}, LIST),
    ("dates", {"weekdays": [BROKEN]}, "illisibles"),
    ("dates", until("31", "2", "2027"), "qui existe"),
    ("dates", {"rhythm": "always"}, LIST),
    ("dates", {"day_parts": ["teatime"]}, LIST),
    ("places", {"places": ""}, "nombre"),
    ("places", {"places": "0"}, "à partir de 1"),
    ("places", {"places": "501"}, "jusqu’à 500"),
    ("places", {"places": "trois"}, "nombre entier"),
    ("places", {"places": "9" * 5_000}, "nombre"),
    ("places", {"admission": "lottery"}, LIST),
    ("cadre", {"contact_level": "telepathy"}, LIST),
    ("cadre", {"files": "maybe"}, LIST),
    ("cadre", {"files": None}, "par oui ou par non"),
    ("cadre", {"minors": "yes", "files": "yes"}, "parce que vous avez répondu oui"),
    ("cadre", {"minors": "yes", "contact_level": "data"}, "données personnelles"),
    ("cadre", {"minors": "yes", "contact_level": "individual"}, "tête-à-tête"),
    ("cadre", {"minors": "yes", **dict.fromkeys(EXPOSURES)}, "une par une"),
    ("conditions", {"prerequisites": list(PREREQUISITES)[:6]}, "Choisissez-en 5 au plus"),
    ("conditions", {"prerequisites": ["honorability"]}, "La loi ne prévoit"),
    ("conditions", {"prerequisites": ["blood_oath"]}, LIST),
    ("conditions", {"undertaking": "x" * 5_001}, "5000 caractères au plus"),
    ("conditions", {"supervisor_name": "x" * 121}, "120 caractères au plus"),
    ("conditions", {"supervisor_role": BROKEN}, "illisibles"),
    ("conditions", {"supervisor_phone": "au bureau"}, "numéro de téléphone"),
    ("conditions", {"supervisor_phone": "0" * 21}, "20 caractères au plus"),
    ("accueil", {"wheelchair": BROKEN}, "illisibles"),
]


async def draft(client: Client) -> Mission:
    association = await make.association()
    await client.sign_in(await make.owner_of(association))
    return await make.mission(association=association, status=Status.DRAFT)


async def row(mission: Mission) -> dict[str, Any]:
    found = await Mission.select().where(Mission.id == mission.id).first()
    slot = await make.only_slot(mission)
    return {**(found or {}), "slot": (slot.starts_at, slot.ends_at, slot.places)}


@pytest.mark.parametrize(("step", "typed", "message"), CASES)
async def test_a_wrong_answer_is_said_and_nothing_is_stored(
    client: Client, step: str, typed: dict[str, Any], message: str
) -> None:
    mission = await draft(client)
    before = await row(mission)
    page = await client.get(f"/mes-missions/{mission.public_id}/ecrire/{step}")

    answer = await client.submit(page, typed, status=422)

    assert message in answer.text.replace("\u00a0", " ")
    assert "Il y a un problème" in answer.text
    assert await row(mission) == before


async def test_what_was_typed_is_kept(client: Client) -> None:
    mission = await draft(client)
    page = await client.get(f"/mes-missions/{mission.public_id}/ecrire/presentation")
    answer = await client.submit(page, {"title": "Bénévole", "tasks": "Une tâche & deux"}, status=422)
    assert 'value="Bénévole"' in answer.html
    assert "Une tâche &amp; deux" in answer.html


@pytest.mark.parametrize("step", ["domaine", "presentation", "places", "cadre", "conditions"])
async def test_fields_that_are_not_on_the_page_change_nothing(client: Client, step: str) -> None:
    mission = await draft(client)
    page = await client.get(f"/mes-missions/{mission.public_id}/ecrire/{step}")

    await client.submit(
        page,
        extra={
            "status": "published",
            "published_at": "2027-01-01",
            "association": "1",
            "public_id": "hijacked",
            "wheelchair": "yes",
            "places_taken": "-5",
        },
    )

    kept = await row(mission)
    assert (kept["status"], kept["published_at"], kept["public_id"]) == ("draft", None, mission.public_id)
    assert (kept["wheelchair"], (await make.only_slot(mission)).places_taken) == (False, 0)


async def test_asking_for_minors_only_opens_a_request(client: Client) -> None:
    mission = await draft(client)
    page = await client.get(f"/mes-missions/{mission.public_id}/ecrire/cadre")
    await client.submit(page, {"minors": ["open"]})
    assert (await row(mission))["minors"] == "requested"


async def test_a_step_that_does_not_exist(client: Client) -> None:
    mission = await draft(client)
    for step in ("inconnu", "domain", "%00"):
        await client.get(f"/mes-missions/{mission.public_id}/ecrire/{step}", status=404)


async def test_bytes_that_are_no_text(client: Client) -> None:
    mission = await draft(client)
    page = await client.get(f"/mes-missions/{mission.public_id}/ecrire/presentation")
    answer = await client.http.post(
        page.path,
        content=f"form_key={page.form_key}&title=%ff%fe+%80&presentation=%c3%28".encode(),
        headers={"content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin"},
    )
    assert answer.status_code == 422
    assert (await row(mission))["title"] == mission.title
