"""No small number of people can be read or worked out: of any table, by any difference."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.impact.policies import SMALLEST, hidden, rounded, tenths, usual_days

Table = Mapping[str, int]
Line = int | None  # None: hidden
Publication = tuple[Line, ...]  # the total, then each line

TABLES = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=2), st.integers(0, 40), max_size=8)
# up to 12: what is told as 10 is 8 to 12
EVERY_TABLE = [dict(zip("abcd", counts, strict=True)) for counts in product(range(13), repeat=4)]


def published(counts: Table) -> Publication:
    """As the page shows it."""
    return _publication(counts, hidden(counts), rounded)


def small_ones_hidden_alone(counts: Table) -> Publication:
    return _publication(counts, {key for key, count in counts.items() if count < SMALLEST}, int)


def hidden_but_not_rounded(counts: Table) -> Publication:
    return _publication(counts, hidden(counts), int)


def _publication(counts: Table, kept_back: set[str], told: Callable[[int], int]) -> Publication:
    total = sum(counts.values())
    lines = (None if key in kept_back else told(count) for key, count in counts.items())
    return (told(total) if total >= SMALLEST else None, *lines)


def given_away(publish: Callable[[Table], Publication]) -> list[Table]:
    """The tables with a small line that has one possible value, for who knows how figures are published.

    Every table of four lines is published: those that look the same are what such a person thinks possible.
    """
    alike: dict[Publication, list[Table]] = defaultdict(list)
    for table in EVERY_TABLE:
        alike[publish(table)].append(table)
    return [
        table
        for tables in alike.values()
        for key in "abcd"
        if len({one[key] for one in tables}) == 1
        for table in tables
        if 0 < table[key] < SMALLEST
    ]


def test_nothing_published_leaves_a_small_line_one_possible_value() -> None:
    assert given_away(published) == []


def test_hiding_only_the_small_lines_would_give_them_away() -> None:
    assert {"a": 3, "b": 8, "c": 7, "d": 9} in given_away(small_ones_hidden_alone)


def test_without_rounding_some_would_still_be_given_away() -> None:
    found = given_away(hidden_but_not_rounded)

    assert {"a": 7, "b": 4, "c": 4, "d": 4} in found
    assert {"a": 3, "b": 8, "c": 7, "d": 9} not in found


@given(TABLES)
def test_small_lines_are_hidden_and_never_alone(counts: dict[str, int]) -> None:
    kept_back = hidden(counts)
    people = [counts[key] for key in kept_back if counts[key]]

    assert {key for key, count in counts.items() if count < SMALLEST} <= kept_back
    if any(count < SMALLEST for count in people) and sum(counts.values()) >= SMALLEST:
        assert len(people) >= 2
        assert sum(people) >= SMALLEST


@given(TABLES)
def test_nothing_is_hidden_without_a_reason(counts: dict[str, int]) -> None:
    if all(count == 0 or count >= SMALLEST for count in counts.values()):
        assert hidden(counts) == {key for key, count in counts.items() if not count}


def test_the_next_smallest_line_hides_with_a_lonely_one() -> None:
    assert hidden({"a": 2, "b": 30, "c": 9, "d": 12}) == {"a", "c"}
    assert hidden({"a": 4, "b": 4, "c": 9}) == {"a", "b"}
    assert hidden({"a": 1, "b": 1, "c": 9}) == {"a", "b", "c"}


@pytest.mark.parametrize(("people", "told"), [(5, 5), (7, 5), (8, 10), (12, 10), (13, 15), (1002, 1000)])
def test_people_are_rounded_to_five(people: int, told: int) -> None:
    assert rounded(people) == told


def test_a_share_never_tells_how_many_did_not() -> None:
    """The count to five near and the share to a tenth leave several numbers of late answers possible."""
    told: dict[tuple[int, int], set[int]] = {}
    for whole in range(5, 60):
        for late in range(whole + 1):
            share = tenths(whole - late, whole)
            if share is not None:
                told.setdefault((rounded(whole), share), set()).add(late)

    assert min(len(possible) for possible in told.values()) >= 2
    assert {tenths(part, 19) for part in range(20)} == {None}


@pytest.mark.parametrize(
    ("answers", "days"),
    [
        ({}, None),
        ({1: 4}, None),
        ({1: 5}, 1),
        ({1: 2, 3: 1, 9: 2}, 3),
        ({1: 3, 8: 3}, 1),
        ({2: 1, 7: 1_000_000}, 7),
    ],
)
def test_the_median_is_told_from_five_answers(answers: dict[int, int], days: int | None) -> None:
    assert usual_days(answers) == days
