"""The address of a search is the search: clean, shared, and never an error."""

import random
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest

from marketplace.front import criteria
from tests import make
from tests.client import Client
from tests.front.searching import RENNES, indexed, look, missions_on, status

HOSTILE = [
    *(
        "",
        " ",
        "0",
        "-1",
        "%",
        "%00",
        "\x00",
        "\ufffd",
        "\ud7ff",
        "' OR 1=1 --",
        '"',
        "*",
        "AND",
        "NEAR(a b)",
        "(",
        ")",
    ),
    *(
        "a:b",
        "l’œuvre",
        "<script>",
        "{x}",
        "%(x)s",
        "é" * 3000,
        "a " * 900,
        "\u202e",
        "9" * 400,
        "2027-02-30",
    ),
    *(
        "31/12/9999",
        "0001-01-01",
        "2027-03-02",
        "oui",
        "sur-place",
        "a-distance",
        "proches",
        "30",
        "1e9",
        "nan",
    ),
    *(
        "seniors",
        "office",
        "234567892345",
        "../..",
        "\r\nSet-Cookie: a=b",
        "eyJhIjogMX0.abc",
        "Saint-Denis",
        "99999",
    ),
]


@pytest.mark.parametrize("state", ["draft", "suspended", "closed", None])
async def test_an_association_that_is_not_public_is_no_filter(client: Client, state: str | None) -> None:
    public_id = (await make.association(status=state)).public_id if state else "234567892345"

    page = await client.get(f"/missions?public=seniors&association={public_id}", status=303)

    assert page.location == "/missions?public=seniors"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"du": "2027-02-30"}, "Écrivez une date qui existe"),
        ({"au": "demain"}, "Écrivez une date qui existe"),
        ({"du": "2027-03-05", "au": "2027-03-01"}, "La fin vient avant le début."),
        ({"ou": "Zzyzx"}, "Nous ne trouvons pas cette commune."),
        ({"quoi": "le la les"}, "Ces mots sont trop courants pour chercher"),
        ({"ordre": "proches"}, "Écrivez une commune pour voir d’abord les missions les plus proches."),
    ],
)
async def test_what_cannot_be_searched_is_explained_and_kept(
    client: Client, communes: None, asked: dict[str, str], said: str
) -> None:
    made = await indexed(await make.mission(), await make.mission(starts_at=make.after(days=60)))

    page = await look(client, **asked)

    assert said in page.text
    assert "<title>Erreur" in page.html
    assert set(missions_on(page)) == set(made)
    kept = [f.get("value") for f in page.form().iter("input") if f.get("type") in ("text", "date", "hidden")]
    assert set(asked.values()) <= set(kept)


async def test_days_in_the_wrong_order_stay_dates_and_are_no_filter(client: Client) -> None:
    page = await look(client, du="2027-03-05", au="2027-03-01")

    days = {f.get("name"): f.get("type") for f in page.form().iter("input") if f.get("name") in ("du", "au")}
    assert days == {"du": "date", "au": "date"}
    assert "Retirer le filtre" not in page.text
    assert "Erreur : Trouver une mission" in page.html.split("</title>")[0].replace("\u00a0", " ")
    assert "Retirer le filtre" in (await look(client, du="2027-03-01", au="2027-03-05")).text


@pytest.mark.parametrize("cursor", ["abc", "234567892345", "a.b", "x" * 399])
async def test_an_unknown_cursor_shows_the_first_page(client: Client, cursor: str) -> None:
    made = await indexed(await make.mission())

    page = await look(client, suite=cursor)

    assert missions_on(page) == made
    assert "(suite)" not in page.html


async def test_sharing_the_address_shows_the_same_to_somebody_else(client: Client, communes: None) -> None:
    await indexed(await make.mission(**RENNES), await make.mission(place_kind="remote"))
    sent = {"quoi": "vêtements", "ou": "Rennes", "public": ["in_difficulty"], "du": "2027-03-03"}
    answer = await client.submit(await look(client), sent)

    mine = await client.get(answer.location)
    theirs = await client.another("192.0.2.99").get(answer.location)

    assert len(missions_on(mine)) == 2
    assert mine.html == theirs.html
    assert "set-cookie" not in theirs.response.headers


@pytest.mark.parametrize(
    ("sent", "clean"),
    [
        ("quoi=&ou=&rayon=30&lieu=&du=&au=", ""),
        ("apres=234567892345", ""),
        ("public=seniors&public=exiles&public=sick.seniors", "public=exiles.seniors.sick"),
        ("utm_source=x&public=seniors", "public=seniors"),
        ("public=seniors&public=seniors&public=nobody", "public=seniors"),
        ("public=seniors&quoi=a", "quoi=a&public=seniors"),
        ("rayon=7&lieu=ici&mineurs=non&ordre=rien&suite=%3C", ""),
    ],
)
async def test_the_address_is_made_clean_once(client: Client, sent: str, clean: str) -> None:
    answer = await client.get(f"/missions?{sent}", status=303)

    assert urlsplit(answer.location).query == clean
    assert (await client.get(answer.location)).status == 200


async def test_words_past_the_eighth_are_told(client: Client) -> None:
    page = await look(client, quoi="un deux trois quatre cinq six sept huit neuf dix onze")

    assert "La recherche porte sur les 8 premiers mots." in page.text


async def test_english_searches_stay_in_english(client: Client) -> None:
    await indexed(await make.mission(audiences=["seniors"]))

    answer = await client.get("/en/missions?public=seniors&x=1", status=303)
    page = await client.get(answer.location)

    assert answer.location == "/en/missions?public=seniors"
    assert status(page) == "1 mission"
    assert "Find a mission" in page.h1


async def test_the_longest_page_is_light(client: Client, communes: None) -> None:
    association = await make.association(name="Association " + "d’entraide " * 9)
    every = {name: list(labels) for name, labels in criteria.FACETS.items()}
    values: dict[str, Any] = {
        "audiences": every["public"], "skills_needed": every["competence"], "activities": every["activite"],
        "day_parts": every["moment"], "places": 12, "title": "Accompagner des familles au marché " * 3,
    }  # fmt: skip
    for n in range(13):
        domain, rhythm = every["domaine"][n % 10], every["rythme"][n % 6]
        await make.mission(association=association, domain=domain, rhythm=rhythm, **RENNES, **values)
    await indexed()

    plain = await look(client)
    asked = await look(client, ou="Rennes", public=every["public"][:5], competence=every["competence"][:5])

    assert len(missions_on(plain)) == 10
    assert len(plain.response.content) < 60_000
    assert len(asked.response.content) < 60_000


def hostile(rnd: random.Random) -> list[tuple[str, str]]:
    """A query string nobody's form would send."""
    known = [*criteria.NAMES, "x", "", "quoi[]", "rayon ", "form_key"]
    return [(rnd.choice(known), _value(rnd)) for _ in range(rnd.randint(1, 12))]


def _value(rnd: random.Random) -> str:
    if rnd.random() < 0.6:
        return rnd.choice(HOSTILE)
    return "".join(
        chr(rnd.choice((rnd.randint(0, 0x2FF), rnd.randint(0, 0xD7FF)))) for _ in range(rnd.randint(0, 30))
    )


def shapes() -> Iterator[list[tuple[str, str]]]:
    rnd = random.Random(20270302)
    yield from ([(name, value)] for name in criteria.NAMES for value in HOSTILE)
    yield from (hostile(rnd) for _ in range(250))


def test_understanding_again_changes_nothing() -> None:
    for sent in shapes():
        asked = criteria.understood(sent)
        assert criteria.understood(criteria.pairs(asked)) == asked, sent


async def test_no_address_breaks_the_page(client: Client, communes: None) -> None:
    await indexed(await make.mission(), await make.mission(place_kind="remote"))
    looked = set()

    for sent in shapes():
        answer = await client.get(f"/missions?{urlencode(sent)}", status=None)
        if answer.status == 303:
            looked.add(answer.location)
            continue
        assert answer.status == 200, sent
    for address in sorted(looked):
        assert (await client.get(address, status=None)).status == 200, address

    assert len(looked) > 100


@pytest.mark.parametrize(
    "raw", ["%", "%ff=%fe", "=&=&&", "quoi", "quoi=%00", "a" * 6000, "quoi=%F0%9F%98%80"]
)
async def test_a_broken_query_string_is_no_error(client: Client, raw: str) -> None:
    answer = await client.get(f"/missions?{raw}", status=None)

    assert (await client.follow(answer)).status == 200
