"""Words as the index knows them, and places compared without trigonometry."""

from random import Random

import pytest

from marketplace.discovery.geography import box, chord2, kilometres, point
from marketplace.discovery.normalise import fold, index_text, query_words
from marketplace.vocabulary.distance import distance_km


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("benevole", "des bénévoles"),
        ("BÉNÉVOLES", "un bénévole"),
        ("reguliere", "régulier"),
        ("régulières", "regulier"),
        ("coeur", "grand cœur"),
        ("œuvre", "oeuvres"),
        ("ecole", "l’école"),
        ("l'ecole", "école"),
        ("aide soignant", "aide-soignant"),
        ("aide-soignante", "aide soignant"),
        ("vete", "vêtements"),
        ("ne\u0301e", "née"),
    ],
)
def test_a_word_meets_its_other_forms(typed: str, text: str) -> None:
    tokens = index_text(text).split()

    assert all(
        set(word.alternatives) & set(tokens)
        or (word.is_prefix and any(token.startswith(word.typed) for token in tokens))
        for word in query_words(typed)
    )


@pytest.mark.parametrize("typed", ["", "   ", "de la", "l'", "!!! ???", "\x00", "a"])
def test_nothing_that_counts_is_no_word(typed: str) -> None:
    assert query_words(typed) == []


def test_eight_words_count_and_the_last_may_be_unfinished() -> None:
    words = query_words(" ".join(f"mot{n}" for n in range(20)))

    assert [word.typed for word in words] == [f"mot{n}" for n in range(8)]
    assert [word.is_prefix for word in words] == [False] * 7 + [True]


def test_each_token_is_indexed_once() -> None:
    assert index_text("jardin jardins JARDIN") == "jardin"


def test_folding_leaves_no_accent() -> None:
    assert fold("Éàçœæ İ ß ﬁ") == "eacoeae i ss fi"


def test_the_chord_orders_and_bounds_as_the_haversine_does() -> None:
    chance = Random(1)
    for _ in range(500):
        a, b = ((chance.uniform(-89, 89), chance.uniform(-180, 180)) for _ in range(2))
        p, q = point(*a), point(*b)
        chord = (p.x - q.x) ** 2 + (p.y - q.y) ** 2 + (p.z - q.z) ** 2

        assert kilometres(chord) == pytest.approx(distance_km(a, b), rel=1e-6)
        assert kilometres(chord2(distance_km(a, b))) == pytest.approx(distance_km(a, b), rel=1e-6)


def test_a_box_holds_all_that_is_near() -> None:
    chance = Random(2)
    for _ in range(300):
        centre = (chance.uniform(-90, 90), chance.uniform(-180, 180))
        around = box(*centre, km=200)
        for _ in range(20):
            lat = max(-90.0, min(90.0, centre[0] + chance.uniform(-2, 2)))
            lon = (centre[1] + chance.uniform(-6, 6) + 180) % 360 - 180
            if distance_km(centre, (lat, lon)) <= 200:
                east_west = lon >= around.west, lon <= around.east
                assert around.south <= lat <= around.north
                assert all(east_west) if around.west <= around.east else any(east_west)
