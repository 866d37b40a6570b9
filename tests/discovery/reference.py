"""What a search must answer, said again in the plainest way: every mission is looked at. Slow, and no SQL."""

import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, cached_property
from typing import Any
from zoneinfo import ZoneInfo

import Stemmer

from marketplace.associations.tables import Association
from marketplace.discovery.searches import Search
from marketplace.missions.tables import Mission, Slot
from marketplace.vocabulary.distance import distance_km
from marketplace.vocabulary.skills import SKILLS

STEM = Stemmer.Stemmer("french").stemWord
IGNORED = {
    *[
        "au",
        "aux",
        "avec",
        "ce",
        "dans",
        "de",
        "des",
        "du",
        "elle",
        "en",
        "et",
        "il",
        "je",
        "la",
        "le",
        "les",
        "pour",
        "par",
        "sur",
        "un",
        "une",
    ]
}
NO_DATE = datetime(9999, 12, 31, tzinfo=UTC)
LISTS = ("audiences", "skills", "domains", "activities", "rhythms", "day_parts", "departments", "place_kinds")
FLAGS = ("minors", "wheelchair", "public_transport", "instant")


@dataclass
class Entry:
    """A mission with all that a search looks at."""

    number: int  # its turn of publication
    mission: Mission
    association: Association
    slots: list[Slot]

    @cached_property
    def tokens(self) -> set[str]:
        """The words of its text, in every form they are known by."""
        m = self.mission
        skills = [SKILLS[key] for key in (*m.skills_needed, *m.skills_wished)]
        text = [m.title, *m.tasks, *skills, m.presentation[:1000]]
        return {token for part in text for word in plain_words(part) for token in stems(word)}

    @cached_property
    def values(self) -> dict[str, set[str]]:
        """Its values of each filter."""
        m = self.mission
        kinds = {"remote", "on_site"} if m.place_kind == "either" else {str(m.place_kind)}
        return {
            "audiences": set(m.audiences),
            "skills": {*m.skills_needed, *m.skills_wished},
            "domains": {m.domain},
            "activities": set(m.activities),
            "rhythms": {m.rhythm} - {""},
            "day_parts": set(m.day_parts),
            "departments": set() if m.place_kind == "remote" else {m.department},
            "place_kinds": kinds,
            "minors": {"yes"} if m.minors == "open" else set(),
            "wheelchair": {"yes"} if m.wheelchair else set(),
            "public_transport": {"yes"} if m.public_transport else set(),
            "instant": {"yes"} if m.admission == "instant" else set(),
        }


async def entries(published: list[Mission]) -> list[Entry]:
    """The missions as they stand now; `published` is in order of publication."""
    missions = {m.id: m for m in await Mission.objects()}
    associations = {a.id: a for a in await Association.objects()}
    slots = defaultdict(list)
    for slot in await Slot.objects():
        slots[slot.mission].append(slot)
    return [
        Entry(number, missions[m.id], associations[missions[m.id].association], slots[m.id])
        for number, m in enumerate(published)
    ]


def answers(everything: list[Entry], search: Search, now: datetime) -> list[Entry]:
    """The missions that answer, in order."""
    return sorted(
        (e for e in everything if is_listed(e, search, now)),
        key=lambda e: (sort_key(e, search, now), -e.number),
    )


def facets(everything: list[Entry], search: Search, now: datetime) -> dict[str, dict[str, int]]:
    """Counts of each value, its own filter put aside; a flag's never is."""
    found: dict[str, dict[str, int]] = {}
    whatever_values = [e for e in everything if is_open(e, search, now)]
    for name in (*LISTS, *FLAGS):
        without = name if name in LISTS else ""
        left = [e for e in whatever_values if is_chosen(e, search, without)]
        found[name] = dict(Counter(value for e in left for value in e.values[name]))
    return found


def is_listed(e: Entry, search: Search, now: datetime) -> bool:
    return is_open(e, search, now) and is_chosen(e, search)


def is_chosen(e: Entry, search: Search, without: str = "") -> bool:
    return has_values(e, search, without) and is_around(e, search, without)


def is_open(e: Entry, search: Search, now: datetime) -> bool:
    open_slots = [s for s in applicable(e, now) if search.with_full or s.places_taken < s.places]
    return (
        e.mission.status == "published"
        and e.association.status == "verified"
        and any(in_window(s, search) for s in open_slots)
        and has_words(e, search.words)
        and (not search.association or e.association.public_id == search.association)
    )


def applicable(e: Entry, now: datetime) -> list[Slot]:
    soon = now + timedelta(hours=2)
    return [s for s in e.slots if s.cancelled_at is None and (s.starts_at is None or s.starts_at > soon)]


def in_window(slot: Slot, search: Search) -> bool:
    if slot.starts_at is None:
        return True
    first = search.starts is None or slot.ends_at > midnight(search.starts)
    return first and (search.ends is None or slot.starts_at < midnight(search.ends + timedelta(days=1)))


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo("Europe/Paris"))


def has_values(e: Entry, search: Search, without: str) -> bool:
    values = e.values
    for name in LISTS:
        wanted = set(getattr(search, name))
        if wanted and name != without and not wanted & values[name]:
            return False
    return all(values[name] for name in FLAGS if getattr(search, name))


def is_around(e: Entry, search: Search, without: str) -> bool:
    if search.latitude is None or search.longitude is None:
        return True
    on_site_only = search.place_kinds == {"on_site"} and without != "place_kinds"
    return away(e, search) is not None or (not on_site_only and e.mission.place_kind in ("remote", "either"))


def away(e: Entry, search: Search) -> float | None:
    """Kilometres, None when it is not around the place."""
    m = e.mission
    if m.latitude is None or m.place_kind == "remote" or search.latitude is None or search.longitude is None:
        return None
    km = distance_km((search.latitude, search.longitude), (m.latitude, m.longitude))
    return round(km, 6) if km <= search.radius_km else None


def sort_key(e: Entry, search: Search, now: datetime) -> Any:
    match search.order:
        case "relevance":
            return -sum(score(e, word, last) for word, last in asked_words(search.words))
        case "nearest":
            km = away(e, search)
            return 1e9 if km is None else km
        case "soonest":
            slots = applicable(e, now)
            free = [s.starts_at for s in slots if s.places_taken < s.places and s.starts_at]
            return min(free or [s.starts_at for s in slots if s.starts_at] or [NO_DATE])
        case "fewest":
            return sum(s.places - s.places_taken for s in applicable(e, now)) or float("inf")
        case _:
            return 0


def has_words(e: Entry, typed: str) -> bool:
    return all(
        typed_stems(word) & e.tokens or (last and any(t.startswith(bare(word)) for t in e.tokens))
        for word, last in asked_words(typed)
    )


def score(e: Entry, word: str, last: bool) -> int:
    tokens = {token for one in plain_words(e.mission.title) for token in stems(one)}
    if typed_stems(word) & tokens:
        return 2
    return 1 if last and any(t.startswith(bare(word)) for t in tokens) else 0


def asked_words(typed: str) -> list[tuple[str, bool]]:
    words = plain_words(typed)[:8]
    return [(word, place == len(words) - 1) for place, word in enumerate(words)]


def plain_words(text: str) -> list[str]:
    return [w for w in re.split(r"\W+", text.lower()) if len(w) > 1 and w not in IGNORED]


@cache
def stems(word: str) -> set[str]:
    return {bare(STEM(word)), STEM(bare(word))}


def typed_stems(word: str) -> set[str]:
    """An accent left out of -ère is put back."""
    return stems(word) | stems(re.sub("ere(s?)$", r"ère\1", word))


@cache
def bare(word: str) -> str:
    word = word.replace("œ", "oe")
    return "".join(c for c in unicodedata.normalize("NFD", word) if unicodedata.category(c) != "Mn")
