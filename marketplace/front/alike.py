"""The similar missions at the foot of a mission's page, each with why it is there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from marketplace.discovery.similar import Similar, similar
from marketplace.front.cards import Card, card
from marketplace.missions import words
from marketplace.missions.tables import Mission
from marketplace.text import _


@dataclass(frozen=True, slots=True)
class Alike:
    """The values of the macro `similar_missions`."""

    card: Card
    why: str


async def alike(mission: Mission, now: datetime) -> list[Alike]:
    """At most three missions like this one, that take people now."""
    return [Alike(card(one.card, now), " · ".join(_why(one))) for one in await similar(mission, now)]


def _why(one: Similar) -> Iterator[str]:
    if one.activities:
        same = " · ".join(words.activities(one.activities))
        yield _("Même activité\u00a0: {activities}").format(activities=same)
    elif one.skills:
        yield _("Compétence utile aussi\u00a0: {skills}").format(
            skills=" · ".join(words.skills(one.skills[:2]))
        )
    if one.km is not None:
        yield _("à moins de 1 km") if one.km < 1 else _("à {km} km").format(km=one.km)
