"""« Je ne sais pas » ends on a search; « parler à quelqu’un » ends on somebody."""

from itertools import product
from typing import Any
from urllib.parse import unquote_plus, urlencode

import pytest

from marketplace.front import criteria
from marketplace.front.answers import ANY, NEAR, QUESTIONS, searched, understood
from marketplace.vocabulary.audiences import AUDIENCES
from marketplace.vocabulary.rhythms import RHYTHMS
from marketplace.vocabulary.tables import LocalContact
from tests import make
from tests.client import Client
from tests.front.searching import indexed, missions_on, query

EVERY_ANSWER = list(product(*(question.answers for question in QUESTIONS.values())))
CONTACT = {
    "department": "35",
    "organisation": "La Maison des élans",
    "phone": "01 99 00 35 10",
    "email": "elans@example.org",
    "hours": "le mardi",
    "hours_en": "on Tuesdays",
    "notes": "",
    "notes_en": "",
    "is_backup": False,
}
BACKUP = {"department": "", "organisation": "La ligne de secours", "is_backup": True}


async def contact(**values: Any) -> None:
    await LocalContact(**{**CONTACT, **values}).save()


async def test_three_answers_lead_to_a_search_that_finds(client: Client, communes: None) -> None:
    wanted, *_ = await indexed(
        await make.mission(rhythm="few_hours_week", audiences=["seniors"], latitude=48.11, longitude=-1.68),
        await make.mission(rhythm="few_days", audiences=["seniors"], latitude=48.11, longitude=-1.68),
        await make.mission(rhythm="few_hours_week", audiences=["exiles"], latitude=48.11, longitude=-1.68),
    )

    first = await client.get("/je-ne-sais-pas")
    second = await client.submit(first, {"lieu": NEAR, "ou": "Rennes"}, status=200)
    third = await client.submit(second, {"temps": "chaque-semaine"}, status=200)
    answer = await client.submit(third, {"avec": "personnes-agees"})
    page = await client.follow(answer)

    assert missions_on(page) == [wanted]
    assert query(answer.location) == {
        "ou": ["Rennes"],
        "public": ["seniors", "disability", "sick"],
        "rythme": ["few_hours_week", "few_days_week"],
    }


async def test_the_pages_count_and_carry_what_was_said(client: Client) -> None:
    page = await client.get("/je-ne-sais-pas?lieu=de-chez-moi")

    assert "Étape 2 sur 3" in page.text
    assert "Combien de temps avez-vous" in page.text
    assert "/je-ne-sais-pas" in page.links
    third = await client.submit(page, {"temps": ANY}, status=200)
    assert "/je-ne-sais-pas?lieu=de-chez-moi" in third.links


async def test_no_preference_at_all_leads_to_every_mission(client: Client) -> None:
    asked = urlencode(dict.fromkeys(QUESTIONS, ANY))

    assert (await client.get(f"/je-ne-sais-pas?{asked}", 303)).location == "/missions"


@pytest.mark.parametrize("said", EVERY_ANSWER, ids="-".join)
def test_every_way_through_is_a_search_whose_address_stays(said: tuple[str, ...]) -> None:
    search = searched(dict(zip(QUESTIONS, said, strict=True)) | {"ou": "Rennes"})

    assert criteria.understood(criteria.pairs(search)) == search
    assert ("ou" in search) == (said[0] == NEAR)


def test_every_audience_and_rhythm_is_behind_an_answer() -> None:
    asked = [answer.search for question in QUESTIONS.values() for answer in question.answers.values()]

    assert {key for one in asked for key in one.get("public", ())} == set(AUDIENCES) - {"everyone"}
    assert {key for one in asked for key in one.get("rythme", ())} == set(RHYTHMS)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("etape=lieu", "Choisissez une réponse."),
        (f"lieu={NEAR}", "Écrivez votre commune ou son code postal."),
        (f"lieu={NEAR}&ou=Nulleparture&temps={ANY}&avec={ANY}", "Nous ne trouvons pas cette commune."),
    ],
)
async def test_what_is_missing_is_asked_again(client: Client, communes: None, asked: str, said: str) -> None:
    page = await client.get(f"/je-ne-sais-pas?{asked}", 422)

    assert said in page.text
    assert "Étape 1 sur 3" in page.text


@pytest.mark.parametrize(
    "asked", ["lieu=x&temps=%00", "lieu=%FF", "ou=%00", "avec=coulisses", "lieu=lieu&lieu=", "x" * 3000]
)
async def test_anything_in_the_address_is_a_page(client: Client, asked: str) -> None:
    assert "Étape 1 sur 3" in (await client.get(f"/je-ne-sais-pas?{asked}")).text


def test_answers_of_no_question_are_left_out() -> None:
    assert understood([("lieu", "x"), ("ou", " \x00 "), ("temps", ANY), ("status", "open")]) == {"temps": ANY}


async def test_a_postcode_leads_to_the_contact_of_its_departement(client: Client, communes: None) -> None:
    await contact()
    await contact(organisation="Une autre ligne", department="93")
    await contact(**BACKUP)

    page = await client.submit(await client.get("/parler-a-quelqu-un"), {"ou": "35000"}, status=200)

    assert "La Maison des élans" in page.text
    assert "le mardi" in page.text
    assert "01\u00a099\u00a000\u00a035\u00a010" in page.html
    assert {"tel:0199003510", "mailto:elans@example.org"} <= set(page.links)
    assert "Une autre ligne" not in page.text
    assert "La ligne de secours" not in page.text
    assert "on Tuesdays" in (await client.get("/en/parler-a-quelqu-un?departement=35")).text


async def test_where_nobody_is_the_backup_answers(client: Client, communes: None) -> None:
    empty = await client.get("/parler-a-quelqu-un?departement=48")
    assert "Personne n’est encore indiqué. Écrivez-nous" in empty.text

    await contact()
    await contact(**BACKUP)

    page = await client.get("/parler-a-quelqu-un?departement=48")
    assert "Lozère (48)" in page.text
    assert "Voici qui répond pour toute la France." in page.text
    assert "La ligne de secours" in page.text
    assert "La Maison des élans" not in page.text


async def test_homonyms_of_other_departements_are_offered(client: Client, communes: None) -> None:
    page = await client.get("/parler-a-quelqu-un?ou=Saint-Denis")

    assert "Vous pensiez à une autre commune" in page.text
    (other,) = {href for href in page.links if "974" in href or "93" in href} - {
        "/missions/departement/93",
        "/missions/departement/974",
    }
    elsewhere = await client.get(other)
    assert page.text.count("Seine-Saint-Denis") != elsewhere.text.count("Seine-Saint-Denis")


async def test_a_guessed_commune_is_named(client: Client, communes: None) -> None:
    guessed = await client.get("/parler-a-quelqu-un?ou=Saint-Mal")

    assert "Nous avons compris : Saint-Malo (35)." in guessed.text.replace("\u00a0", " ")
    for said in ("Saint-Malo", "35400"):
        assert "Nous avons compris" not in (await client.get(f"/parler-a-quelqu-un?ou={said}")).text


async def test_the_first_question_asks_which_homonym(client: Client, communes: None) -> None:
    page = await client.submit(
        await client.get("/je-ne-sais-pas"), {"lieu": NEAR, "ou": "Saint-Denis"}, status=422
    )

    assert "Étape 1 sur 3" in page.text
    assert "Plusieurs communes peuvent convenir. Choisissez la vôtre." in page.text
    (chosen,) = [href for href in page.links if "(93)" in unquote_plus(href)]
    after = await client.get(chosen)
    assert "Étape 2 sur 3" in after.text
    assert "Saint-Denis (93)" in after.html


@pytest.mark.parametrize("asked", ["ou=", "ou=Nulleparture", "ou=%00"])
async def test_a_commune_is_asked_again(client: Client, communes: None, asked: str) -> None:
    assert "commune" in (await client.get(f"/parler-a-quelqu-un?{asked}", 422)).text


@pytest.mark.parametrize("asked", ["departement=00", "departement=%00", "departement=x" + "y" * 999])
async def test_an_unknown_departement_shows_the_question(client: Client, asked: str) -> None:
    page = await client.get(f"/parler-a-quelqu-un?{asked}")

    assert "mailto:" not in page.html
