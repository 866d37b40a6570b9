"""Whatever way the index is read, the same missions are found: each way is forced on a small site."""

from collections.abc import Sequence
from types import MappingProxyType

import pytest

from marketplace import db
from marketplace.discovery import candidates, facets, matching, queries, starts, statements
from marketplace.discovery.queries import search
from marketplace.discovery.searches import Search
from marketplace.discovery.sql import Sql, rows
from tests import make
from tests.discovery import golden, reference
from tests.discovery.conftest import Written

SEARCHES = golden.searches()
EVERYTHING = 1000
ON_SITE = frozenset({"on_site"})


@pytest.fixture(params=["looked at", "in blocks", "the rest"])
def stretches(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stretches of a few missions each, all read in one way (PostgreSQL; SQLite reads in one go)."""
    most = {"looked at": (EVERYTHING, EVERYTHING), "in blocks": (0, EVERYTHING), "the rest": (0, 0)}
    looked_at, by_blocks = most[request.param]
    monkeypatch.setattr(candidates, "LOOKED_AT_FIRST", 16)
    monkeypatch.setattr(candidates, "LOOKED_AT_MOST", looked_at)
    monkeypatch.setattr(candidates, "FARTHEST", by_blocks)
    monkeypatch.setattr(candidates, "BY_BLOCKS_MOST", 50)


def expected(written: Written, asked: Search) -> list[int]:
    """The numbers of the missions that answer, the newest first."""
    found = (e for e in written.entries if reference.is_listed(e, asked, make.NOW))
    return sorted((e.number for e in found), reverse=True)


async def numbers(ids: Sequence[int]) -> list[int]:
    """Ids of search rows as numbers of publication."""
    known = [row["id"] for row in await db.fetch("SELECT id FROM mission_search ORDER BY id")]
    return [known.index(one) for one in ids]


@pytest.mark.parametrize("asked", SEARCHES[::2], ids=range(0, len(SEARCHES), 2))
async def test_stretch_by_stretch(written: Written, stretches: None, asked: Search) -> None:
    found = await candidates.newest(asked, make.NOW, EVERYTHING)

    assert await numbers(found.ids) == expected(written, asked)
    assert len([tag for tag in found.tags.split() if tag.startswith("_asso_")]) == len(found.ids)


@pytest.mark.parametrize("asked", SEARCHES[::3], ids=range(0, len(SEARCHES), 3))
async def test_looking_at_each_finds_what_the_index_finds(written: Written, asked: Search) -> None:
    looking = Sql("SELECT r.id") + statements.looking(asked, make.NOW) + "ORDER BY r.id DESC"

    assert await numbers([row["id"] for row in await rows(looking)]) == expected(written, asked)


@pytest.mark.parametrize("most", [0, EVERYTHING])
@pytest.mark.parametrize("asked", [one for one in SEARCHES if one.place_kinds == ON_SITE])
async def test_around_a_place_only(
    written: Written, monkeypatch: pytest.MonkeyPatch, asked: Search, most: int
) -> None:
    monkeypatch.setattr(candidates, "NEAR_MOST", most)

    found = await candidates.newest(asked, make.NOW, EVERYTHING)

    assert await numbers(found.ids) == expected(written, asked)


@pytest.mark.parametrize("wide", [1, EVERYTHING])
@pytest.mark.parametrize("most_tokens", [0, 40])
@pytest.mark.parametrize("typed", ["benev", "regul", "aide soig", "vete", "ecole fran", "zzzz", "accueilli"])
async def test_the_start_of_a_word(
    written: Written, monkeypatch: pytest.MonkeyPatch, typed: str, most_tokens: int, wide: int
) -> None:
    monkeypatch.setattr(starts, "MOST_TOKENS", most_tokens)
    monkeypatch.setattr(starts, "WIDE", wide * starts.LOOKED_AT)  # nothing is, or whatever is there
    monkeypatch.setattr(candidates, "LOOKED_AT_FIRST", 16)
    monkeypatch.setattr(candidates, "LOOKED_AT_MOST", 0)

    found = await candidates.newest(Search(words=typed), make.NOW, EVERYTHING)

    assert await numbers(found.ids) == expected(written, Search(words=typed))


@pytest.mark.parametrize("asked", SEARCHES[::7], ids=range(0, len(SEARCHES), 7))
async def test_no_more_than_asked_and_only_older_ones(
    written: Written, stretches: None, asked: Search
) -> None:
    whole = (await candidates.newest(asked, make.NOW, EVERYTHING)).ids
    middle = whole[len(whole) // 2] if whole else 100

    some = await candidates.newest(asked, make.NOW, 3, before=middle)

    assert some.ids == [one for one in whole if one < middle][:3]


async def test_the_starts_of_words_are_what_the_index_has_of_them(written: Written) -> None:
    known = await starts.starts(Search(words="benevo"))

    if db.is_postgres():
        assert known == starts.Starts(wide=frozenset({"benevo*"}))
    else:
        assert dict(known.tokens) == {"benevo*": ["benevol", "benevolat"]}


async def test_a_block_is_named_as_the_database_names_it(written: Written) -> None:
    if not db.is_postgres():
        assert matching.named(["a", "b*"], MappingProxyType({"b*": ["bc", "a"]})) == ["a", "bc"]
        return
    (row,) = await db.fetch("SELECT CAST(search_document({}, '', '', '') AS TEXT) AS doc", 3 * matching.BLOCK)
    block = row["doc"].strip("'")
    after = 3 * matching.BLOCK - 1
    assert block in matching.indexed_in_blocks("i.doc", [], after, after + 2).args[0]


async def test_facets_put_aside_are_said_to_be_of_the_newest(
    written: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(facets, "SAMPLE", 5)
    asked = Search(audiences=("seniors",))

    results = await search(asked, make.NOW)

    assert not results.total_is_capped
    assert results.facets_approximate
    assert sum(n for _, n in results.facets["domains"]) == results.total
    assert sum(n for _, n in results.facets["audiences"]) <= 5 * 2


async def test_totals_are_exact_below_the_cap(written: Written, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Search(words="aide")
    whole = len(expected(written, asked))
    for cap, said in ((whole, (whole, False)), (whole - 1, (whole - 1, True))):
        monkeypatch.setattr(queries, "TOTAL_CAP", cap)
        results = await search(asked, make.NOW, 2)
        assert (results.total, results.total_is_capped) == said
