"""Invented missions, with their slots and search rows: the same ones for the same seed."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, lru_cache
from itertools import accumulate
from typing import Any

from benchmarks.words import WORDS_OF_A_TEXT, indexed, language, sentence
from marketplace.discovery.actions import PRESENTATION_LENGTH
from marketplace.discovery.geography import point
from marketplace.discovery.normalise import index_text
from marketplace.discovery.tags import of_mission
from marketplace.vocabulary.activities import ACTIVITIES
from marketplace.vocabulary.audiences import AUDIENCES
from marketplace.vocabulary.communes import CommuneFacts, read_communes
from marketplace.vocabulary.day_parts import DAY_PARTS
from marketplace.vocabulary.domains import DOMAINS
from marketplace.vocabulary.rhythms import RHYTHMS
from marketplace.vocabulary.skills import SKILLS
from marketplace.web.ids import ALPHABET, PUBLIC_ID_LENGTH

Row = dict[str, Any]
BATCH = 2000
PER_ASSOCIATION = 50
PLACE_KINDS = ("on_site", "remote", "either")
STATUSES = ("published", "paused", "finished", "cancelled")


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of three tables."""

    missions: list[Row]
    slots: list[Row]
    entries: list[Row]  # of mission_search

    def tables(self) -> list[tuple[str, list[Row]]]:
        """What goes where, in an order that foreign keys allow."""
        return [("mission", self.missions), ("slot", self.slots), ("mission_search", self.entries)]


@lru_cache(maxsize=1000)
def public_id(kind: str, number: int) -> str:
    """The same for the same row, and in no order."""
    return "".join(random.Random(f"{kind} {number}").choices(ALPHABET, k=PUBLIC_ID_LENGTH))


def batch(first: int, count: int, seed: int, now: datetime) -> Batch:
    """Missions number `first` and the next ones; the greater the number, the later published."""
    rng = random.Random(f"{seed} {first}")
    rows = Batch([], [], [])
    for number in range(first, first + count):
        mission = _mission(rng, number, now)
        rows.missions.append(mission)
        rows.slots.extend(_slots(rng, mission, now))
        rows.entries.append(_entry(mission, now))
    return rows


@cache
def communes() -> tuple[list[CommuneFacts], list[float]]:
    """Those on the map, and their inhabitants added up."""
    known = [one for one in read_communes() if one.latitude is not None]
    return known, list(accumulate(float(one.population) for one in known))


def commune(rng: random.Random) -> CommuneFacts:
    """One of them; the more people live there, the oftener."""
    known, weights = communes()
    return rng.choices(known, cum_weights=weights)[0]


def _some(rng: random.Random, keys: Sequence[str], least: int, most: int) -> list[str]:
    return rng.sample(keys, rng.randint(least, most))


def _mission(rng: random.Random, number: int, now: datetime) -> Row:
    published = now - timedelta(minutes=10_000_000 - number)
    status = rng.choices(STATUSES, (92, 4, 3, 1))[0]
    words = language()
    return _place(rng) | {
        "id": number, "public_id": public_id("mission", number),
        "association": 1 + number // PER_ASSOCIATION, "status": status,
        "paused_because": "association" if status == "paused" else None,
        "domain": rng.choice(_keys("domains")), "activities": _some(rng, _keys("activities"), 1, 3),
        "title": sentence(words.text(rng, 6))[:120],
        "presentation": sentence(words.text(rng, WORDS_OF_A_TEXT)),
        "tasks": [sentence(words.text(rng, 6)) for _ in range(3)], "details": "",
        "audiences": _some(rng, _keys("audiences"), 1, 3), "skills_needed": _some(rng, _keys("skills"), 0, 2),
        "skills_wished": _some(rng, _keys("skills"), 0, 2), "training": "",
        "timing": "anytime" if rng.random() < 0.2 else "dated", "rhythm": rng.choice(_keys("rhythms")),
        "day_parts": _some(rng, _keys("day_parts"), 1, 2),
        "admission": "instant" if rng.random() < 0.1 else "review", "contact_level": "none",
        "minors": "open" if rng.random() < 0.1 else "closed", "two_adults": False, "prerequisites": [],
        "undertaking": "", "supervisor_name": "", "supervisor_role": "", "supervisor_phone": "",
        "wheelchair": rng.random() < 0.3, "public_transport": rng.random() < 0.4, "peers_welcome": False,
        "created_at": published, "updated_at": published, "submitted_at": published,
        "published_at": published,
    }  # fmt: skip


def _place(rng: random.Random) -> Row:
    kind, at = rng.choices(PLACE_KINDS, (80, 15, 5))[0], commune(rng)
    return {
        "place_kind": kind, "address": "", "commune_code": at.code, "commune_name": at.name,
        "postcode": (list(at.postcodes) or [""])[0], "department": at.department,
        "latitude": at.latitude, "longitude": at.longitude,
    }  # fmt: skip


def _slots(rng: random.Random, mission: Row, now: datetime) -> list[Row]:
    full = rng.random() < 0.1
    slots = []
    several = 1 if mission["timing"] == "anytime" else rng.randint(1, 3)
    for hours in rng.sample(range(-24 * 5, 24 * 120), several):
        starts = now + timedelta(hours=hours) if mission["timing"] == "dated" else None
        places = rng.randint(1, 20)
        slots.append({
            "mission": mission["id"], "starts_at": starts,
            "ends_at": starts + timedelta(hours=3) if starts else None, "places": places,
            "places_taken": places if full else rng.randint(0, places), "created_at": mission["created_at"],
        })  # fmt: skip
    return slots


def _entry(mission: Row, now: datetime) -> Row:
    """What discovery's `entry` says of it, from the words that are normalised already."""
    skills = [SKILLS[key] for key in (*mission["skills_needed"], *mission["skills_wished"])]
    body = " ".join(dict.fromkeys(" ".join((
        indexed(" ".join(mission["tasks"])), *map(_label_tokens, skills),
        indexed(mission["presentation"][:PRESENTATION_LENGTH]),
    )).split()))  # fmt: skip
    known = mission["place_kind"] != "remote"
    at = point(mission["latitude"], mission["longitude"]) if known else None
    return {
        "id": mission["id"], "mission": mission["id"], "edition": 1, "indexed_edition": 1,
        "title_t": indexed(mission["title"]), "body_t": body,
        "tags": of_mission(mission, public_id("association", mission["association"])), "counted_at": now,
        "place_kind": mission["place_kind"], "latitude": mission["latitude"] if known else None,
        "longitude": mission["longitude"] if known else None,
        "x": at.x if at else None, "y": at.y if at else None, "z": at.z if at else None,
    }  # fmt: skip


@cache
def _label_tokens(label: str) -> str:
    return index_text(label)


@cache
def _keys(name: str) -> list[str]:
    lists = {
        "domains": DOMAINS, "activities": ACTIVITIES, "audiences": AUDIENCES, "skills": SKILLS,
        "rhythms": RHYTHMS, "day_parts": DAY_PARTS,
    }  # fmt: skip
    return list(lists[name])
