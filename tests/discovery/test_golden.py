"""Searches find what the reference finds, in the same order, on each engine, whole or streamed."""

from dataclasses import replace

import pytest

from marketplace.discovery import queries
from marketplace.discovery.queries import Results, search
from marketplace.discovery.searches import Search
from tests import make
from tests.discovery import golden, reference
from tests.discovery.conftest import Written

SEARCHES = golden.searches()
EVERYTHING = 1000
PAGE = 4


def ids(results: Results) -> list[str]:
    return [found.card.public_id for found in results.cards]


def expected(written: Written, asked: Search) -> list[str]:
    return [e.mission.public_id for e in reference.answers(written.entries, asked, make.NOW)]


@pytest.fixture
def streamed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is few: every search goes along an index."""
    monkeypatch.setattr(queries, "TOTAL_CAP", 0)


def test_there_are_two_hundred_and_they_find_something() -> None:
    assert len(SEARCHES) >= 200


@pytest.mark.parametrize("asked", SEARCHES, ids=range(len(SEARCHES)))
async def test_finds_the_same_in_the_same_order(written: Written, asked: Search) -> None:
    results = await search(asked, make.NOW, EVERYTHING)

    assert ids(results) == expected(written, asked)
    assert (results.total, results.total_is_capped) == (len(results.cards), False)
    assert {name: {key: n for key, n in values if n} for name, values in results.facets.items()} == (
        reference.facets(written.entries, asked, make.NOW)
    )
    assert not results.facets_approximate


@pytest.mark.parametrize("asked", SEARCHES, ids=range(len(SEARCHES)))
async def test_streams_the_same_in_the_same_order(written: Written, streamed: None, asked: Search) -> None:
    by_rank = asked.order == "relevance"

    results = await search(asked, make.NOW, EVERYTHING)

    assert ids(results) == expected(written, replace(asked, order="newest") if by_rank else asked)
    assert results.total_is_capped is bool(results.cards)


async def test_the_searches_tell_missions_apart(written: Written) -> None:
    sizes = [len(expected(written, asked)) for asked in SEARCHES]

    assert sum(size > PAGE for size in sizes) > 100
    assert len({tuple(expected(written, asked)) for asked in SEARCHES}) > 120


@pytest.mark.parametrize("asked", SEARCHES[::5], ids=range(0, len(SEARCHES), 5))
@pytest.mark.parametrize("cap", [1000, 0])
async def test_pages_follow_each_other_there_and_back(
    written: Written, monkeypatch: pytest.MonkeyPatch, asked: Search, cap: int
) -> None:
    monkeypatch.setattr(queries, "TOTAL_CAP", cap)
    whole = expected(
        written, replace(asked, order="newest") if cap == 0 and asked.order == "relevance" else asked
    )

    there = [await search(asked, make.NOW, PAGE)]
    while cursor := there[-1].next_cursor:
        there.append(await search(replace(asked, cursor=cursor), make.NOW, PAGE))
    back = there[-1:]
    while cursor := back[-1].previous_cursor:
        back.append(await search(replace(asked, cursor=cursor), make.NOW, PAGE))

    assert [one for page in there for one in ids(page)] == whole
    assert [ids(page) for page in reversed(back)] == [ids(page) for page in there]
    assert not there[0].previous_cursor
    assert [bool(page.next_cursor) for page in back] == [False] + [True] * (len(back) - 1)
