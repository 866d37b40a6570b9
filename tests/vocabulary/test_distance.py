"""Distances on the globe."""

import pytest

from marketplace.vocabulary.distance import distance_km


def test_a_quarter_of_the_way_round() -> None:
    assert distance_km((0.0, 0.0), (90.0, 0.0)) == pytest.approx(10_007.56, abs=0.01)


def test_the_antipodes_and_the_same_place() -> None:
    assert distance_km((0.0, 0.0), (0.0, 180.0)) == pytest.approx(20_015.12, abs=0.01)
    assert distance_km((48.85, 2.35), (48.85, 2.35)) == 0.0


@pytest.mark.parametrize("nowhere", [(90.1, 0.0), (-91.0, 0.0), (0.0, 180.5), (float("nan"), 0.0)])
def test_what_is_not_on_earth_is_refused(nowhere: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="not on Earth"):
        distance_km((0.0, 0.0), nowhere)
