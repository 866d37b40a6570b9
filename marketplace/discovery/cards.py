"""From the rows a search found to what a list shows, and why each is there."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from marketplace import db
from marketplace.discovery.geography import NO_DISTANCE, kilometres
from marketplace.discovery.hits import Hit, in_title
from marketplace.discovery.normalise import query_words
from marketplace.discovery.searches import Found, Search, Why
from marketplace.discovery.tags import LISTS, tag
from marketplace.missions.policies import first_date, is_applicable
from marketplace.missions.queries import MissionCard
from marketplace.missions.tables import Slot


async def found(search: Search, hits: Sequence[Hit], now: datetime) -> list[Found]:
    """The cards of these hits, in their order."""
    if not hits:
        return []
    ids = [hit.mission for hit in hits]
    marks = ", ".join(["{}"] * len(ids))
    rows = await db.fetch(
        f"""SELECT m.id, m.public_id, m.title, a.name AS association_name, m.domain, m.audiences,
            m.place_kind, m.commune_name, m.department, m.rhythm, m.minors
        FROM mission m JOIN association a ON a.id = m.association WHERE m.id IN ({marks})""",  # noqa: S608 - only braces
        *ids,
    )
    by_id = {row.pop("id"): row for row in rows}
    slots = defaultdict(list)
    for slot in await Slot.objects().where(Slot.mission.is_in(ids)).order_by(Slot.starts_at, Slot.id):
        if is_applicable(slot, now):
            slots[slot.mission].append(slot)
    return [
        Found(_card(by_id[hit.mission], slots[hit.mission]), why(search, hit))
        for hit in hits
        if hit.mission in by_id
    ]


def why(search: Search, hit: Hit) -> tuple[Why, ...]:
    """What of the search this hit answers to, for people to read."""
    tags = set(hit.tags.split())
    reasons = [Why("skill", key) for key in search.skills if tag(LISTS["skills"], key) in tags]
    reasons += [Why("audience", key) for key in search.audiences if tag(LISTS["audiences"], key) in tags]
    if hit.chord2 < NO_DISTANCE:
        reasons.append(Why("distance", str(round(kilometres(hit.chord2)))))
    if words := query_words(search.words):
        told = [word.shown for word in words if in_title(word, hit.title)] or [word.shown for word in words]
        reasons += [Why("words", shown) for shown in dict.fromkeys(told)]
    return tuple(reasons)


def _card(row: dict[str, Any], slots: Sequence[Slot]) -> MissionCard:
    first, other_dates = first_date(slots)
    return MissionCard(
        **row,
        starts_at=first.starts_at if first else None,
        ends_at=first.ends_at if first else None,
        other_dates=other_dates,
        places=sum(slot.places for slot in slots),
        places_taken=sum(slot.places_taken for slot in slots),
    )
