"""From a mission's row to the card that lists show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from marketplace.missions import words
from marketplace.missions.lifecycle import Minors
from marketplace.missions.queries import MissionCard
from marketplace.text import ngettext
from marketplace.web.urls import path_for

SOON = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Card:
    """The values of the macro `mission_card`."""

    href: str
    title: str
    association_name: str
    domain: str
    where: str
    when: str
    audiences: Sequence[str]
    taken: int
    places: int
    label: str  # minors, soon, full or '': one at most


def card(mission: MissionCard, now: datetime) -> Card:
    """A mission in the words of its card."""
    return Card(
        href=path_for("front.mission", mission=mission.public_id),
        title=mission.title,
        association_name=mission.association_name,
        domain=mission.domain,
        where=words.where(mission.place_kind, mission.commune_name, mission.department),
        when=_when(mission),
        audiences=words.audiences(mission.audiences),
        taken=mission.places_taken,
        places=mission.places,
        label=_label(mission, now),
    )


def _when(mission: MissionCard) -> str:
    if mission.starts_at:
        first, others = words.when(mission.starts_at, mission.ends_at), mission.other_dates
        more = ngettext("et %(num)s autre date", "et %(num)s autres dates", others) % {"num": others}
        return f"{first} {more}" if others else first
    return words.rhythm(mission.rhythm) or words.when(None, None)


def _label(mission: MissionCard, now: datetime) -> str:
    if mission.places_taken >= mission.places:
        return "full"
    if mission.minors == Minors.OPEN:
        return "minors"
    return "soon" if mission.starts_at and mission.starts_at < now + SOON else ""
