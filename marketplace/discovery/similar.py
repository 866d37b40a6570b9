"""Missions like one: the same activity or skill, around it or from home, with a place to take."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from marketplace.discovery import cards, nearness
from marketplace.discovery.geography import NO_DISTANCE, is_on_earth, kilometres
from marketplace.discovery.hits import Hit
from marketplace.discovery.searches import Search
from marketplace.discovery.sql import Sql, rows
from marketplace.discovery.tags import LISTS, tag
from marketplace.missions.queries import MissionCard
from marketplace.missions.tables import Mission

NEAR_KM = 30
MOST_LOOKED_AT = 300  # around, and as many from home: a mission's page never waits for more
ACTIVITY, SKILL = 2, 1  # what each in common weighs


@dataclass(frozen=True, slots=True)
class Similar:
    """A mission like another, and what they have in common; `km` is None from home."""

    card: MissionCard
    activities: tuple[str, ...]
    skills: tuple[str, ...]
    km: int | None


async def similar(mission: Mission, now: datetime, limit: int = 3) -> list[Similar]:
    """The missions most like this one, most in common first, then the nearest, then the newest."""
    hits = [(alike, hit) for hit in await _candidates(mission, now) if (alike := _alike(mission, hit))]
    hits.sort(key=lambda pair: (-pair[0], pair[1].chord2, -pair[1].id))
    best = [hit for _, hit in hits[:limit]]
    found = await cards.found(Search(), best, now)
    return [_similar(one.card, hit, mission) for one, hit in zip(found, best, strict=True)]


async def _candidates(mission: Mission, now: datetime) -> list[Hit]:
    """Those from home; if it is somewhere, those around it too.."""
    open_now = Sql(
        "FROM mission_search r WHERE r.shown_until IS NOT NULL AND r.open_until > {} AND r.mission <> {}",
        (now, mission.id),
    )
    from_home = await rows(
        Sql("SELECT r.id, r.mission, r.tags, CAST({} AS DOUBLE PRECISION) AS chord2", (NO_DISTANCE,))
        + open_now
        + Sql(
            "AND r.latitude IS NULL AND r.place_kind = 'remote' ORDER BY r.id DESC LIMIT {}",
            (MOST_LOOKED_AT,),
        )
    )
    if mission.place_kind == "remote" or not is_on_earth(mission.latitude, mission.longitude):
        return [_hit(row) for row in from_home]
    here = (mission.latitude, mission.longitude)
    away = Sql("SELECT r.id, r.mission, r.tags,") + nearness.distance(here, NEAR_KM) + "AS chord2"
    near = Sql("AND") + nearness.within(here, NEAR_KM) + Sql("LIMIT {}", (MOST_LOOKED_AT,))
    return [_hit(row) for row in [*await rows(away + open_now + near), *from_home]]


def _hit(row: dict[str, Any]) -> Hit:
    return Hit(row["id"], row["mission"], row["tags"], "", row["chord2"], 0)


def _alike(mission: Mission, hit: Hit) -> int:
    """How much they have in common: 0 when nothing."""
    has = hit.tags.split()
    activities, skills = (_shared(name, mission, has) for name in ("activities", "skills"))
    return ACTIVITY * len(activities) + SKILL * len(skills)


def _shared(name: str, mission: Mission, tags: list[str]) -> tuple[str, ...]:
    wanted = mission.activities if name == "activities" else [*mission.skills_needed, *mission.skills_wished]
    return tuple(key for key in dict.fromkeys(wanted) if tag(LISTS[name], key) in tags)


def _similar(card: MissionCard, hit: Hit, mission: Mission) -> Similar:
    has = hit.tags.split()
    return Similar(
        card=card,
        activities=_shared("activities", mission, has),
        skills=_shared("skills", mission, has),
        km=round(kilometres(hit.chord2)) if hit.chord2 < NO_DISTANCE else None,
    )
