"""Pages per département, domain and audience: counts, newest missions, ways on; the map; similar missions."""

import re
from typing import Any

import pytest

from marketplace.discovery.counts import Kind, counts, recount
from marketplace.front.sentences import AUDIENCE_SENTENCES, DOMAIN_SENTENCES
from marketplace.front.tiles import tiles
from marketplace.vocabulary.actions import store_communes
from marketplace.vocabulary.audiences import AUDIENCES
from marketplace.vocabulary.departments import DEPARTMENTS
from marketplace.vocabulary.domains import DOMAINS
from marketplace.vocabulary.neighbours import NEIGHBOURS
from marketplace.vocabulary.slugs import AUDIENCE_OF, AUDIENCE_SLUGS, DOMAIN_OF, DOMAIN_SLUGS, slugs
from tests import gate, make
from tests.client import Client
from tests.front.conftest import KNOWN
from tests.front.searching import RENNES, SAINT_MALO, indexed

PAGES = ("/missions/departement/35", "/missions/domaine/sport-pour-tous", "/missions/public/personnes-agees")
MARSEILLE: dict[str, Any] = {"latitude": 43.3, "longitude": 5.37, "department": "13"}
SVG = "{http://www.w3.org/2000/svg}"
UNKNOWN = (
    "/missions/departement/00", "/missions/departement/20", "/missions/departement/x",
    "/missions/domaine/sport", "/missions/domaine/Sport-pour-tous", "/missions/public/seniors",
    "/missions/public/personnes_agees",
    "/missions/departement/%00", "/missions/domaine/%F0%9F%92%A9",
)  # fmt: skip


async def counted(*missions: Any) -> list[str]:
    """Their public ids, once they are indexed and counted."""
    await recount(make.NOW)
    return await indexed(*missions)


async def test_counts_are_of_open_missions_and_free_places(database: None) -> None:
    sport: dict[str, Any] = {"domain": "sport", "audiences": ["seniors", "youth"], "department": "35"}
    await make.application(await make.mission(places=5, **sport))
    await make.mission(places=3, place_kind="remote", **sport | {"audiences": ["seniors"]})
    await make.mission(places=2, place_kind="either", domain="health", audiences=[], department="2A")
    dated = await make.mission(places=4, starts_at=make.after(hours=1), **sport)
    await make.slot(dated, places=7, starts_at=make.after(days=1))
    await make.slot(dated, places=9, starts_at=make.after(days=2), cancelled_at=make.NOW)
    await make.application(await make.mission(places=1, **sport))
    for status in ("draft", "paused", "suspended", "finished"):
        await make.mission(status=status, **sport)
    await make.mission(association=await make.association(status="suspended"), **sport)

    await recount(make.NOW)
    await recount(make.NOW)

    def pairs(found: Any) -> dict[str, tuple[int, int]]:
        return {key: (count.missions, count.places) for key, count in found.by_key.items()}

    assert pairs(await counts(Kind.ALL)) == {"": (4, 16)}
    assert pairs(await counts(Kind.REMOTE)) == {"": (2, 5)}
    assert pairs(await counts(Kind.DEPARTMENT)) == {"35": (2, 11), "2A": (1, 2)}
    assert pairs(await counts(Kind.DOMAIN)) == {"sport": (3, 14), "health": (1, 2)}
    assert pairs(await counts(Kind.AUDIENCE)) == {"seniors": (3, 14), "youth": (2, 11)}
    assert (await counts(Kind.DOMAIN)).counted_at == make.NOW


async def test_nothing_open_is_counted_as_nothing(database: None) -> None:
    assert (await counts(Kind.DOMAIN)).counted_at is None

    await recount(make.NOW)

    assert (await counts(Kind.DOMAIN)).counted_at == make.NOW
    assert (await counts(Kind.DOMAIN)).of("sport").missions == 0


async def test_each_page_shows_its_own_newest_missions_and_its_count(client: Client) -> None:
    ours: dict[str, Any] = {"department": "35", "domain": "sport", "audiences": ["seniors"]}
    other: dict[str, Any] = {"department": "29", "domain": "health", "audiences": ["exiles"]}
    older, newer, _ = await counted(
        await make.mission(**ours), await make.mission(**ours), await make.mission(**other)
    )

    for path in PAGES:
        page = await client.get(path)
        assert missions_on_page(page) == [newer, older], path
        assert page.h1.endswith("2 missions ouvertes"), path
        assert "2 missions ouvertes" in page.html.split("</title>")[0], path
        assert 'name="description" content="' in page.html
        assert "Compté mardi 2 mars 2027 à 10" in page.text
    rennes = await client.get(PAGES[0])
    assert "/missions/departement/22" in rennes.links
    assert "Côtes-d’Armor (22) 0 mission" in rennes.text
    assert "Bretagne" in rennes.text
    english = await client.get("/en" + PAGES[1])
    assert english.h1 != (await client.get(PAGES[1])).h1


async def test_a_remote_mission_is_in_no_departement(client: Client) -> None:
    await counted(await make.mission(place_kind="remote", department="35"))
    await store_communes(KNOWN)

    page = await client.get("/missions/departement/35")

    assert missions_on_page(page) == []
    assert "Aucune mission pour l’instant." in page.text
    assert page.h1 == "Ille-et-Vilaine (35)"
    assert "place libre" not in page.text
    (mail,) = [href for href in page.links if href.startswith("/alertes/nouvelle")]
    asked = (await client.get(mail)).text.replace("\u00a0", " ")
    assert "La recherche : Rennes, 50 km, Sur place seulement." in asked
    (mail,) = [href for href in (await client.get(PAGES[1])).links if href.startswith("/alertes/nouvelle")]
    assert mail == "/alertes/nouvelle?domaine=sport"


async def test_before_the_first_count_no_number_is_said(client: Client) -> None:
    for path in (*PAGES, "/missions/carte"):
        page = await client.get(path)
        assert not re.search(r"\d+ missions? ouvertes?|Compté", page.html), path


async def test_the_list_goes_on_page_by_page(client: Client) -> None:
    association = await make.association()
    made = await counted(*[await make.mission(association=association) for _ in range(15)])

    seen: list[str] = []
    address = "/missions/departement/35"
    while address:
        page = await client.get(address)
        seen += missions_on_page(page)
        address = next((e.get("href", "") for e in page.main.iter("a") if e.get("rel") == "next"), "")

    assert seen == made[::-1]
    broken = await client.get("/missions/departement/35?suite=%00abc")
    assert missions_on_page(broken) == made[:2:-1]


@pytest.mark.parametrize("path", UNKNOWN)
async def test_what_is_unknown_is_nowhere(client: Client, path: str) -> None:
    await client.get(path, 404)


async def test_a_code_in_small_letters_leads_to_its_page(client: Client) -> None:
    assert (await client.get("/missions/departement/2a", 303)).location == "/missions/departement/2A"


def test_addresses_are_french_words_and_lead_back_to_their_key() -> None:
    for keys, made, back in ((DOMAINS, DOMAIN_SLUGS, DOMAIN_OF), (AUDIENCES, AUDIENCE_SLUGS, AUDIENCE_OF)):
        assert {back[made[key]] for key in keys} == set(keys)
        assert [slug for slug in made.values() if not re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", slug)] == []
    assert AUDIENCE_SLUGS["seniors"] == "personnes-agees"
    with pytest.raises(ValueError, match="one address"):
        slugs({"a": "Été", "b": "ete"})


@pytest.mark.parametrize("slug", [*DOMAIN_OF, *AUDIENCE_OF])
async def test_every_domain_and_audience_has_a_page_with_its_sentence(client: Client, slug: str) -> None:
    kind, sentences, keys = (
        ("domaine", DOMAIN_SENTENCES, DOMAIN_OF)
        if slug in DOMAIN_OF
        else ("public", AUDIENCE_SENTENCES, AUDIENCE_OF)
    )

    page = await client.get(f"/missions/{kind}/{slug}")

    assert sentences[keys[slug]].replace("\u00a0", " ") in page.text.replace("\u00a0", " ")


def test_neighbours_are_mutual_and_only_islands_and_overseas_have_none() -> None:
    assert [(a, b) for a, others in NEIGHBOURS.items() for b in others if a not in NEIGHBOURS[b]] == []
    assert [code for code, others in NEIGHBOURS.items() if not others or code in others] == []
    assert {code for code in DEPARTMENTS if len(code) == 2} == set(NEIGHBOURS)
    assert NEIGHBOURS["75"] == ("92", "93", "94")


def test_the_map_has_every_departement_once_each_on_a_square_of_its_own() -> None:
    drawn = tiles({"35": 12, "29": 1, "75": 3})

    assert {tile.code for tile in drawn} == set(DEPARTMENTS)
    assert len(drawn) == len({(tile.x, tile.y) for tile in drawn}) == len(DEPARTMENTS)
    levels = {tile.code: tile.level for tile in drawn}
    assert [levels[code] for code in ("35", "75", "29", "01")] == [2, 1, 1, 0]


async def test_the_map_links_every_departement_and_says_its_count(client: Client) -> None:
    await counted(await make.mission(), await make.mission(place_kind="remote"))

    page = await client.get("/missions/carte")

    drawn = [e for e in page.main.iter() if e.tag.startswith(SVG)]
    words = [gate.text_of(e).replace("\u00a0", " ") for e in drawn if e.tag == f"{SVG}title"]
    assert len(words) == len(DEPARTMENTS)
    assert "Ille-et-Vilaine (35) : 1 mission ouverte" in words
    assert "Ain (01) : 0 mission ouverte" in words
    hrefs = {e.get("href") for e in drawn if e.tag == f"{SVG}a"}
    assert hrefs == {f"/missions/departement/{code}" for code in DEPARTMENTS}
    rows = [gate.text_of(row) for row in page.main.iter("tr")]
    assert "Ille-et-Vilaine (35)12" in rows
    assert "2 missions ouvertes, 4 places libres. 1 peut se faire à distance" in page.text
    assert {*PAGES[1:], "/missions?lieu=a-distance"} <= set(page.links)
    assert len(page.response.content) < 60_000


SHOWN: dict[str, Any] = {"activities": ["cooking"], "skills_needed": ["bike"], "skills_wished": []} | RENNES


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (
            {"activities": ["cooking", "garden"], "skills_needed": []} | RENNES,
            "Même activité : Cuisine · à moins de 1 km",
        ),
        (
            {"activities": ["garden"], "skills_wished": ["bike"]} | RENNES,
            "Compétence utile aussi : Mécanique vélo",
        ),
        ({"activities": ["cooking"], "place_kind": "remote"}, "Même activité : Cuisine"),
    ],
)
async def test_a_similar_mission_is_shown_with_why(client: Client, other: dict[str, Any], why: str) -> None:
    blank: dict[str, Any] = {"skills_needed": [], "skills_wished": []}
    mission, alike = await indexed(await make.mission(**SHOWN), await make.mission(**blank | other))

    page = await client.get(f"/missions/{mission}")

    assert f"/missions/{alike}" in page.links
    assert why in page.text.replace("\u00a0", " ")
    assert f"/missions/{mission}" not in page.links


@pytest.mark.parametrize(
    "other",
    [
        {"activities": ["garden"], "skills_needed": ["web"]} | RENNES,
        {"activities": ["cooking"]} | SAINT_MALO,
        {"activities": ["cooking"]} | MARSEILLE,
        {"activities": ["cooking"], "status": "paused"} | RENNES,
        {"activities": ["cooking"], "starts_at": make.after(hours=1)} | RENNES,
    ],
)
async def test_another_work_far_away_or_closed_is_not_similar(client: Client, other: dict[str, Any]) -> None:
    blank: dict[str, Any] = {"skills_needed": [], "skills_wished": []}
    mission, _ = await indexed(await make.mission(**SHOWN), await make.mission(**blank | other))

    assert "Des missions qui ressemblent" not in (await client.get(f"/missions/{mission}")).text


async def test_a_full_mission_is_not_similar_but_shows_three_that_are(client: Client) -> None:
    mission = await make.mission(places=1, **SHOWN)
    full = await make.mission(places=1, **SHOWN)
    for one in (mission, full):
        await make.application(one)
    best = await make.mission(**SHOWN | {"activities": ["cooking", "garden"]})
    lesser = [await make.mission(**SHOWN | {"skills_needed": []}) for _ in range(4)]
    (
        shown,
        *_,
    ) = await indexed(mission, best)

    page = await client.get(f"/missions/{shown}")

    assert missions_on_page(page) == [best.public_id, lesser[3].public_id, lesser[2].public_id]


def missions_on_page(page: Any) -> list[str]:
    """Those on cards: other links lead to pages under /missions too."""
    cards = [a for e in page.main.iter("article") for a in e.iter("a")]
    return [a.get("href").rsplit("/", 1)[1] for a in cards]
