"""Whatever is typed finds something or nothing: never an error, on any engine."""

import asyncio
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marketplace.discovery import actions
from marketplace.discovery.queries import ORDERS, Search, search
from marketplace.discovery.suggestions import one_edit_apart
from tests import make

ANYTHING = st.text(max_size=60)
NASTY = (
    "\x00", "'", '"',
    "'; DROP TABLE mission; --", "a:*", "(((", "NEAR(a b)", "a AND", "title_t : a", "-a",
    "^a", "*", "{}", "{0}", "%s", "\\", "a & b | !c", "\ud800", "é" * 5000, "½ ² ﬁ", "İstanbul ß",
    "日本語 العربية", "_dom_solidarity", "a_b", "\u0300\u0300", "🙂", "x" * 3000,
)  # fmt: skip


async def test_nasty_texts_are_only_words(database: None) -> None:
    await make.mission(title="Lire des contes")
    await actions.sweep(make.NOW)
    for text in NASTY:
        results = await search(Search(words=text, association=text[:40], audiences=(text,)), make.NOW)
        assert results.total == 0
        results = await search(Search(words=text, order="relevance", cursor=text), make.NOW)
        assert results.total in (0, 1)


async def test_any_text_searches_and_any_text_is_indexed(database: None) -> None:
    mission = await make.mission(title="Lire des contes")
    await actions.sweep(make.NOW)
    loop = asyncio.get_running_loop()

    async def ask(words: str, key: str, cursor: str, order: int) -> None:
        asked = Search(words=words, skills=(key,), cursor=cursor, order=ORDERS[order])
        assert (await search(asked, make.NOW)).total == 0
        assert (await search(Search(words=words, cursor=cursor), make.NOW)).total in (0, 1)
        row = {"title": words, "presentation": key, "tasks": [cursor]} | plain
        entry = actions.entry(row)
        assert "\x00" not in entry["title_t"] + entry["body_t"]

    plain = {name: getattr(mission, name) for name in NAMES} | {"association": "abc"}

    @settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
    @given(ANYTHING, ANYTHING, ANYTHING, st.integers(0, len(ORDERS) - 1))
    def run(words: str, key: str, cursor: str, order: int) -> None:
        asyncio.run_coroutine_threadsafe(ask(words, key, cursor, order), loop).result(30)

    await asyncio.to_thread(run)


NAMES = (
    "skills_needed", "skills_wished", "audiences", "domain", "activities", "rhythm", "day_parts",
    "place_kind", "latitude", "longitude", "department", "minors", "wheelchair", "public_transport",
    "admission",
)  # fmt: skip


@pytest.mark.parametrize(
    "place",
    [
        (90.0, 0.0),
        (-90.0, 180.0),
        (0.0, 180.0),
        (0.0, -180.0),
        (91.0, 0.0),
        (float("nan"), 0.0),
        (48.0, 1e400),
    ],
)
async def test_any_place_and_date_is_understood(database: None, place: tuple[float, float]) -> None:
    await make.mission(place_kind="remote")
    await actions.sweep(make.NOW)
    for radius in (-5, 0, 30, 10**9):
        for order in ORDERS:
            asked = Search(
                latitude=place[0],
                longitude=place[1],
                radius_km=radius,
                order=order,
                starts=date.max,
                ends=date.min,
            )
            assert (await search(asked, make.NOW)).total == 1


async def test_a_cursor_of_another_search_or_of_nobody_shows_the_first_page(database: None) -> None:
    missions = [await make.mission() for _ in range(3)]
    first = await search(Search(order="newest"), make.NOW, 1)
    newest = [missions[2].public_id]
    for cursor in ("x", first.next_cursor[:-2], first.next_cursor + "x", ".", "W10.abc"):
        results = await search(Search(order="newest", cursor=cursor), make.NOW, 1)
        assert [one.card.public_id for one in results.cards] == newest
    other = await search(Search(order="fewest", cursor=first.next_cursor), make.NOW, 1)
    assert [one.card.public_id for one in other.cards] == newest
    assert not other.previous_cursor


@pytest.mark.parametrize(
    ("typed", "tried"),
    [
        ("benevolle", "bénévole"),
        ("bnévole", "bénévole"),
        ("ébnévole", "bénévole"),
        ("xbénévole", "bénévole"),
        ("lire avec un bénévople", "lire avec un bénévole"),
        ("bénévole", ""),
        ("abracadabra", ""),
        ("bénévole abracadabra", ""),
        ("zzz", ""),
    ],
)
async def test_a_letter_mistyped_is_suggested(database: None, typed: str, tried: str) -> None:
    await make.mission(title="Lire avec un bénévole")
    await actions.sweep(make.NOW)

    results = await search(Search(words=typed), make.NOW)

    assert results.suggestion == tried
    if tried:
        assert (await search(Search(words=results.suggestion), make.NOW)).total == 1


@pytest.mark.parametrize(
    ("typed", "word", "near"),
    [
        ("jardin", "jardin", False),
        ("jarden", "jardin", True),
        ("jardn", "jardin", True),
        ("jardiin", "jardin", True),
        ("jradin", "jardin", True),
        ("jardni", "jardin", True),
        ("jadrni", "jardin", False),
        ("jardi", "jardinx", False),
        ("", "a", True),
        ("ab", "ba", True),
        ("abc", "cba", False),
    ],
)
def test_one_edit(typed: str, word: str, near: bool) -> None:
    assert one_edit_apart(typed, word) is near
    assert one_edit_apart(word, typed) is near


async def test_every_result_says_why_it_is_there(database: None) -> None:
    await make.mission(title="Lire des contes", skills_wished=["web"], audiences=["seniors"])
    await actions.sweep(make.NOW)

    asked = Search(
        words="Conte gants",
        skills=("office", "web"),
        audiences=("seniors",),
        latitude=48.11,
        longitude=-1.68,
    )
    assert (await search(asked, make.NOW)).total == 0  # details are not searched
    results = await search(Search(words="conte vestiaire", **_without_words(asked)), make.NOW)

    assert [(why.kind, why.value) for why in results.cards[0].why] == [
        ("skill", "web"),
        ("audience", "seniors"),
        ("distance", "0"),
        ("words", "conte"),
    ]


def _without_words(asked: Search) -> dict[str, Any]:
    names = ("skills", "audiences", "latitude", "longitude")
    return {name: getattr(asked, name) for name in names}
