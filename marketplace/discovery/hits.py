"""Rows that answer a search, and what its order sorts them by."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from marketplace import db
from marketplace.discovery import nearness, statements
from marketplace.discovery.candidates import newest
from marketplace.discovery.normalise import Word, query_words
from marketplace.discovery.positions import Key, order_of
from marketplace.discovery.searches import Order, Search
from marketplace.discovery.sql import Sql, rows

MOST_READ = 10_000


@dataclass(frozen=True, slots=True)
class Hit:
    """A row that answers. In order, the `place` of hits goes up: by key, the newest first of those alike."""

    id: int
    mission: int
    tags: str
    title: str  # normalised
    chord2: float
    key: Key

    @property
    def place(self) -> tuple[Any, int]:
        """What to sort by."""
        return self.key, -self.id


def select(search: Search) -> Sql:
    """The columns of a hit, those that its order needs."""
    column = {"soonest": "r.starts_at,", "fewest": "r.places_left,"}.get(order_of(search), "")
    away = nearness.distance(statements.place_of(search), search.radius_km)
    return Sql(f"SELECT r.id, r.mission, r.tags, r.title_t, {column}") + away + "AS chord2"


async def all_hits(search: Search, now: datetime) -> list[Hit]:
    """Every row that answers, in order: for a search that is known to have few."""
    return await hits_of(search, (await newest(search, now, MOST_READ)).ids)


async def hits_of(search: Search, ids: Sequence[int]) -> list[Hit]:
    """These rows, in the order of the search."""
    if not ids:
        return []
    if db.is_postgres():
        among = Sql("CAST(string_to_array({}, ' ') AS INTEGER[])", (" ".join(map(str, ids)),))
        these = Sql("FROM mission_search r WHERE r.id = ANY(") + among + ")"
    else:
        these = Sql(
            "FROM mission_search r WHERE r.id IN (SELECT value FROM json_each({}))", (str(list(ids)),)
        )
    return _in_order(search, await rows(select(search) + these))


def _in_order(search: Search, found: Sequence[dict[str, Any]]) -> list[Hit]:
    words, order = query_words(search.words), order_of(search)
    return sorted((hit(row, order, words) for row in found), key=lambda one: one.place)


def hit(row: dict[str, Any], order: Order, words: Sequence[Word] = ()) -> Hit:
    """A row of `select`."""
    key: Key = 0
    match order:
        case "relevance":
            key = -_score(words, row["title_t"])
        case "soonest":
            key = row["starts_at"]
        case "fewest":
            key = row["places_left"]
        case "nearest":
            key = row["chord2"]
    return Hit(row["id"], row["mission"], row["tags"], row["title_t"], row["chord2"], key)


def in_title(word: Word, title: str) -> int:
    """How a normalised title has a word: 2 itself, 1 as the start of another, 0 not at all."""
    tokens = title.split()
    if not set(word.alternatives).isdisjoint(tokens):
        return 2
    return int(word.is_prefix and any(token.startswith(word.typed) for token in tokens))


def _score(words: Sequence[Word], title: str) -> int:
    return sum(in_title(word, title) for word in words)
