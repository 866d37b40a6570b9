"""A commune is found by what people type; the stored communes are those of the file."""

from dataclasses import replace

import pytest

from marketplace.vocabulary.actions import load_communes, store_communes
from marketplace.vocabulary.communes import CommuneFacts, read_communes
from marketplace.vocabulary.names import fold
from marketplace.vocabulary.queries import commune_by_code, find_communes
from marketplace.vocabulary.tables import Commune, CommunePostcode

FACTS = {facts.code: facts for facts in read_communes()}
SOME = (
    *("75056", "69123", "13055", "93066", "97411", "42218", "76351", "94038", "11254", "57521"),
    *("31555", "71343", "81202", "76575", "93039", "2A004", "98735"),
)


@pytest.fixture
async def some(database: None) -> list[CommuneFacts]:
    """A few communes whose names are hard to type; maybe all the others too."""
    chosen = [FACTS[code] for code in SOME]
    await store_communes(chosen)
    return chosen


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("75011", "75056"),
        (" 75011 ", "75056"),
        ("75011 Paris", "75056"),
        ("7511", "75056"),
        ("75", "75056"),
        ("Paris", "75056"),
        ("PARIS 11", "75056"),
        ("paris 11e", "75056"),
        ("Lyon 3ème arrondissement", "69123"),
        ("marsei", "13055"),
        ("st denis", "97411"),
        ("Saint-Denis (93)", "93066"),
        ("93200 St-Denis", "93066"),
        ("St Etienne", "42218"),
        ("saint-étienne", "42218"),
        ("havre", "76351"),
        ("L’Haÿ les roses", "94038"),
        ("l hay", "94038"),
        ("œting", "57521"),
        ("oeting", "57521"),
        ("Ajaccio (2a)", "2A004"),
        ("98714", "98735"),
    ],
)
async def test_the_commune_that_is_meant_comes_first(some: list[CommuneFacts], typed: str, code: str) -> None:
    found = await find_communes(typed)

    assert [row.code for row in found][:1] == [code]
    assert found[0].name == FACTS[code].name
    assert found[0].postcodes == FACTS[code].postcodes


async def test_the_name_itself_comes_before_longer_ones_however_populated(some: list[CommuneFacts]) -> None:
    names = [row.name for row in await find_communes("saint denis", limit=200)]

    longer = names.index("L'Île-Saint-Denis")
    assert names[:2] == ["Saint-Denis", "Saint-Denis"]
    assert "Saint-Denis" not in names[longer:]


async def test_never_more_than_asked(some: list[CommuneFacts]) -> None:
    assert len(await find_communes("saint", limit=2)) == 2


@pytest.mark.parametrize(
    "typed",
    ["", " ", "-", "%", "_", "%%%", "\x00", "'; --", "00000", "99", "\ud800", "٧٥٠١١", "x" * 5000, "🏠"],
)
async def test_what_means_no_commune_finds_none(some: list[CommuneFacts], typed: str) -> None:
    assert await find_communes(typed) == []


async def test_a_commune_by_its_code(some: list[CommuneFacts]) -> None:
    found = await commune_by_code("2A004")

    assert found is not None
    assert found.label == "Ajaccio (2A)"
    assert [await commune_by_code(code) for code in ("00000", "", "75056 ", "\x00", "7505６")] == [None] * 5


async def test_loading_twice_stores_the_same_rows_once(database: None) -> None:
    await load_communes()
    before = await Commune.select().order_by(Commune.id)

    assert await load_communes() == 0
    assert await Commune.select().order_by(Commune.id) == before
    assert {row["code"] for row in before} >= set(FACTS)
    paris = next(row for row in before if row["code"] == "75056")
    assert paris["search_name"] == "paris"
    assert await CommunePostcode.count() >= sum(len(facts.postcodes) for facts in FACTS.values())


async def test_what_changed_in_the_file_changes_in_place(some: list[CommuneFacts]) -> None:
    ajaccio = FACTS["2A004"]
    before = await commune_by_code(ajaccio.code)
    changed = replace(ajaccio, name="Aiacciu", population=1, postcodes=("20999",), latitude=None)

    assert await store_communes([changed]) == 1

    assert [row.code for row in await find_communes("20999")] == [ajaccio.code]
    assert ajaccio.code not in [row.code for row in await find_communes("20000", limit=200)]
    assert [row.name for row in await find_communes("aiacciu")] == ["Aiacciu"]
    assert await store_communes([ajaccio]) == 1  # and back, for the tests that share the database
    assert await commune_by_code(ajaccio.code) == before


def test_folding_says_what_is_stored() -> None:
    assert fold("L'Haÿ-les-Roses") == "l hay les roses"
    assert fold("Œting") == "oeting"
    assert {fold(facts.name).isascii() for facts in FACTS.values()} == {True}
