"""The data file of communes: complete, small, and every commune in its place."""

import gzip

import pytest

from marketplace.vocabulary.communes import DATA_FILE, CommuneFacts, read_communes
from marketplace.vocabulary.departments import DEPARTMENTS
from marketplace.vocabulary.distance import distance_km

METROPOLE = (41.3, 51.2, -5.3, 9.7)  # south, north, west, east, in degrees
OVERSEAS = {  # the same for each, generously
    "971": (15.8, 16.6, -61.9, -61.0),
    "972": (14.3, 15.0, -61.3, -60.7),
    "973": (2.1, 5.9, -54.7, -51.5),
    "974": (-21.5, -20.8, 55.1, 55.9),
    "975": (46.7, 47.2, -56.5, -56.0),
    "976": (-13.1, -12.5, 44.9, 45.4),
    "977": (17.8, 18.0, -63.0, -62.7),
    "978": (18.0, 18.2, -63.2, -62.9),
    "986": (-14.5, -13.1, -178.3, -176.0),
    "987": (-28.0, -7.8, -155.0, -134.0),
    "988": (-23.0, -19.0, 163.0, 169.0),
}


@pytest.fixture(scope="module")
def communes() -> dict[str, CommuneFacts]:
    return {facts.code: facts for facts in read_communes()}


def point(facts: CommuneFacts) -> tuple[float, float]:
    assert facts.latitude is not None
    assert facts.longitude is not None
    return facts.latitude, facts.longitude


def in_its_place(facts: CommuneFacts) -> bool:
    latitude, longitude = point(facts)
    south, north, west, east = OVERSEAS.get(facts.department, METROPOLE)
    return south <= latitude <= north and west <= longitude <= east


def test_the_file_is_small_and_the_same_whenever_it_is_made() -> None:
    content = DATA_FILE.read_bytes()

    assert len(content) <= 1_500_000
    assert content[4:8] == bytes(4)  # no date in gzip's header
    codes = [line.split("\t")[0] for line in gzip.decompress(content).decode().splitlines()[1:]]
    assert codes == sorted(codes)


def test_every_commune_is_there_once_with_what_we_need(communes: dict[str, CommuneFacts]) -> None:
    assert len(communes) > 34_900
    assert len(communes) == len(read_communes())
    incomplete = [
        facts
        for facts in communes.values()
        if not (len(facts.code) == 5 and facts.name and facts.postcodes and facts.department in DEPARTMENTS)
    ]
    assert incomplete == []
    assert {facts.department for facts in communes.values()} == set(DEPARTMENTS)
    assert {len(postcode) for facts in communes.values() for postcode in facts.postcodes} == {5}


def test_every_commune_is_where_its_department_is(communes: dict[str, CommuneFacts]) -> None:
    assert [facts.label for facts in communes.values() if not in_its_place(facts)] == []


def test_two_in_five_communes_and_nine_in_ten_people_have_their_own_coordinates(
    communes: dict[str, CommuneFacts],
) -> None:
    exact = [facts for facts in communes.values() if not facts.approximate]

    assert len(exact) >= 14_500
    people = sum(facts.population for facts in communes.values())
    assert sum(facts.population for facts in exact) / people > 0.89


@pytest.mark.parametrize(
    ("one", "other", "kilometres"),
    [
        ("75056", "69123", 392),  # Paris, Lyon
        ("75056", "13055", 661),  # Paris, Marseille
        ("59350", "31555", 793),  # Lille, Toulouse
        ("93066", "97411", 9_370),  # the two Saint-Denis
    ],
)
def test_known_distances(one: str, other: str, kilometres: float, communes: dict[str, CommuneFacts]) -> None:
    assert distance_km(point(communes[one]), point(communes[other])) == pytest.approx(kilometres, rel=0.015)


def test_paris_has_the_postcodes_of_its_arrondissements(communes: dict[str, CommuneFacts]) -> None:
    expected = {f"750{number:02}" for number in range(1, 21)} | {"75116"}

    assert set(communes["75056"].postcodes) == expected


@pytest.mark.parametrize(
    ("homonym", "neighbour", "kilometres"),
    [
        ("09158", "09261", 25),  # Lasserre in Ariège, Saint-Girons; not the one near Toulouse
        ("14024", "14754", 15),  # Auberville in Calvados, Villers-sur-Mer; not the one across the Seine
        ("43096", "43040", 15),  # Fontannes, Brioude
        ("93066", "75056", 15),  # Saint-Denis, Paris
        ("62298", "59122", 20),  # Épinoy, Cambrai
    ],
)
def test_a_homonym_is_near_its_own_neighbour(
    homonym: str, neighbour: str, kilometres: float, communes: dict[str, CommuneFacts]
) -> None:
    assert distance_km(point(communes[homonym]), point(communes[neighbour])) < kilometres


def test_no_commune_stands_alone_far_from_its_department(communes: dict[str, CommuneFacts]) -> None:
    """A homonym taken for another commune would stand among another département's communes."""
    seats = {"64": "64445", "33": "33063", "29": "29232", "67": "67482", "06": "06088", "59": "59350"}
    lost = [
        facts.label
        for facts in communes.values()
        if facts.department in seats
        and distance_km(point(facts), point(communes[seats[facts.department]])) > 135
    ]

    assert lost == []
