"""Two hundred and more searches, the same in every run: each order with each filter, and many mixtures."""

from datetime import timedelta
from random import Random
from typing import Any

from marketplace.discovery.searches import ORDERS, Search
from tests import make
from tests.discovery import corpus

PARIS = {"latitude": 48.8566, "longitude": 2.3522}
TODAY = make.NOW.date()
WORDS = (
    "benevole", "bénévoles", "REGULIERES", "coeur", "oeuvre", "aide soignant", "aide-soignant", "l'ecole",
    "mer", "mercr", "jardin repas", "vetement tri", "ete", "aujourd'hui lecture", "prison detention",
    "absent", "bureautique", "la de", "!!!", "theatr", "AND", "NOT aide", "aide OR (", "\"cœur",
)  # fmt: skip
FILTERS: tuple[dict[str, Any], ...] = (
    {},
    {"audiences": ("seniors",)},
    {"audiences": ("seniors", "youth")},
    {"skills": ("web",)},
    {"skills": ("office", "accounting"), "domains": ("education",)},
    {"domains": ("memory_citizenship",)},
    {"activities": ("street_outreach", "welcome")},
    {"rhythms": ("few_hours",)},
    {"rhythms": ("few_hours_week",), "day_parts": ("evening",)},
    {"departments": ("75", "974")},
    {"minors": True},
    {"wheelchair": True, "public_transport": True},
    {"instant": True},
    {"with_full": True},
    {"place_kinds": frozenset({"remote"})},
    {"place_kinds": frozenset({"on_site"})},
    {"place_kinds": frozenset({"on_site", "remote"})},
    {**PARIS},
    {**PARIS, "radius_km": 5},
    {**PARIS, "radius_km": 150, "place_kinds": frozenset({"on_site"})},
    {**PARIS, "radius_km": 60, "place_kinds": frozenset({"remote"})},
    {"latitude": -20.88, "longitude": 55.45, "radius_km": 200},
    {"starts": TODAY},
    {"ends": TODAY + timedelta(days=3)},
    {"starts": TODAY + timedelta(days=2), "ends": TODAY + timedelta(days=12)},
    {"starts": TODAY + timedelta(days=2), "ends": TODAY + timedelta(days=12), "with_full": True, **PARIS},
    {"audiences": ("no such key", "'; --")},
)


def searches() -> list[Search]:
    """All of them."""
    plain = [Search(order=order, **filters) for order in ORDERS for filters in FILTERS]
    with_words = [Search(words=words, order=order) for words in WORDS for order in ("relevance", "newest")]
    return plain + with_words + _mixed(80)


def _mixed(count: int) -> list[Search]:
    chance = Random(7)
    found = []
    for _ in range(count):
        filters: dict[str, Any] = {}
        for some in chance.sample(FILTERS, 2):
            filters |= some
        words = chance.choice(("", "", chance.choice(WORDS), chance.choice(corpus.WORDS)))
        found.append(Search(words=words, order=chance.choice(ORDERS), **filters))
    return found
