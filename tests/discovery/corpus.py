"""Three hundred missions, the same in every run, in every state a search must tell apart."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from marketplace.associations.tables import Association
from marketplace.missions.tables import Mission, Slot
from marketplace.volunteers.tables import Volunteer
from tests import make

SIZE = 300
WORDS = tuple(
    re.split(
        r"\s+",
        """accueil accueillir bénévole bénévoles bénévolat école écoles régulier régulière œuvre cœur aide
        aider soutien écoute jardin jardiner maraude tri trier vêtement vêtements repas distribution
        français lecture lire mer mercredi forêt l’été d’hiver aujourd’hui aide-soignant porte-parole
        numérique santé prison détention familles visite sport vélo réparer atelier musique théâtre
        archives réseau dossier comptable""",
    )
)
# near and far, one commune twice, one overseas
PLACES = (
    (48.8566, 2.3522, "75"), (48.8566, 2.3522, "75"), (48.9362, 2.3574, "93"), (48.7904, 2.4556, "94"),
    (48.8049, 2.1204, "78"), (49.0340, 2.0770, "95"), (48.5396, 2.6552, "77"), (47.9029, 1.9093, "45"),
    (45.7640, 4.8357, "69"), (45.4397, 4.3872, "42"), (43.2965, 5.3698, "13"), (-20.8789, 55.4481, "974"),
)  # fmt: skip
AUDIENCES = ("seniors", "youth", "prison_leavers", "everyone")
SKILLS = ("office", "writing", "web", "accounting")
DOMAINS = ("solidarity", "education", "memory_citizenship")
ACTIVITIES = ("logistics", "welcome", "street_outreach")
RHYTHMS = ("few_hours", "few_hours_week", "")
DAY_PARTS = ("morning", "evening", "all_day")
STATUSES = ("published",) * 12 + ("paused", "suspended", "finished", "cancelled", "draft", "submitted")


@dataclass
class Corpus:
    """The missions in the order of their publication, and their associations."""

    missions: list[Mission]
    associations: list[Association]


async def build() -> Corpus:
    """Write it, as the factories do; nothing is indexed yet."""
    chance = Random(20)
    verified = [await make.association() for _ in range(8)]
    associations = [*verified, *[await make.association(status=s) for s in ("suspended", "closed", "draft")]]
    volunteer = await make.volunteer()
    corpus = Corpus([], associations)
    for number in range(SIZE):
        status = chance.choice(STATUSES)
        mission = await make.mission(
            association=chance.choice(associations), status=status, **_values(chance), **_place(chance)
        )
        await _slots(chance, mission, volunteer)
        if mission.published_at is not None:
            corpus.missions.append(mission)
        if number % 60 == 59:
            await _publish_late(mission, corpus)
    return corpus


async def _publish_late(mission: Mission, corpus: Corpus) -> None:
    """A draft older than others may be published after them."""
    drafts = await Mission.objects().where(Mission.status == "draft").order_by(Mission.id)
    for draft in drafts[:2]:
        await Mission.update({Mission.status: "published", Mission.published_at: make.NOW}).where(
            Mission.id == draft.id
        )
        corpus.missions.append(draft)


def _values(chance: Random) -> dict[str, Any]:
    def some(keys: tuple[str, ...], most: int) -> list[str]:
        return sorted(chance.sample(keys, chance.randint(0, most)))

    return {
        "title": " ".join(chance.sample(WORDS, 3)).capitalize(),
        "presentation": " ".join(chance.choices(WORDS, k=chance.choice((5, 12, 200)))),
        "tasks": [" ".join(chance.sample(WORDS, 2)) for _ in range(chance.randint(0, 2))],
        "audiences": some(AUDIENCES, 2),
        "skills_needed": some(SKILLS[:2], 1),
        "skills_wished": some(SKILLS[2:], 2),
        "domain": chance.choice(DOMAINS),
        "activities": some(ACTIVITIES, 2),
        "rhythm": chance.choice(RHYTHMS),
        "day_parts": some(DAY_PARTS, 2),
        "minors": chance.choice(("closed", "closed", "requested", "open")),
        "admission": chance.choice(("review", "instant")),
        "wheelchair": chance.random() < 0.3,
        "public_transport": chance.random() < 0.5,
        "starts_at": _start(chance),
        "places": chance.choice((1, 2, 3, 3, 10)),
    }


def _place(chance: Random) -> dict[str, Any]:
    kind = chance.choice(("on_site", "on_site", "on_site", "remote", "either"))
    latitude, longitude, department = chance.choice(PLACES)
    if kind == "remote" or chance.random() < 0.05:
        return {"place_kind": kind, "latitude": None, "longitude": None, "department": department}
    # most stand on their commune's centre, so that distances are alike
    near = 0.0 if chance.random() < 0.7 else chance.uniform(-0.2, 0.2)
    where = {"latitude": latitude + near, "longitude": longitude - near}
    return {"place_kind": kind, "department": department, **where}


def _start(chance: Random) -> datetime | None:
    if chance.random() < 0.4:
        return None
    hours = chance.choice((-30, 1, 2, 3, 30, 60, 60, 200, 500, 900))
    return make.NOW + timedelta(hours=hours)


async def _slots(chance: Random, mission: Mission, volunteer: Volunteer) -> None:
    (first,) = await Slot.objects().where(Slot.mission == mission.id)
    slots = [first]
    if first.starts_at and chance.random() < 0.3:
        wanted = {(_start(chance) or make.NOW): chance.choice((1, 2)) for _ in range(2)}
        wanted.pop(first.starts_at, None)  # two slots of a mission never start at once
        slots += [await make.slot(mission, places=n, starts_at=at) for at, n in wanted.items()]
    for slot in slots:
        if chance.random() < 0.25:
            await make.application(slot, volunteer)
        if chance.random() < 0.05:
            await Slot.update({Slot.cancelled_at: make.NOW}).where(Slot.id == slot.id)
