"""The figures of one association or one mission, counted when they are looked at: indexes bound the work."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from marketplace import db
from marketplace.applications.lifecycle import LIVE, Status
from marketplace.impact.labels import GROUP_OF, Group
from marketplace.impact.policies import percent, usual_days
from marketplace.impact.waits import waits
from marketplace.lifecycle import in_sql

_EVER = datetime(1970, 1, 1, tzinfo=UTC)
_OF_ASSOCIATION = "SELECT m.id FROM mission m WHERE m.association = {}"
_OF_MISSION = "SELECT m.id FROM mission m WHERE m.id = {}"
# What ended before the association could see it is not there: a number would tell of a guardian's no.
_BY_STATUS = f"""SELECT p.status, count(*) AS applications
    FROM mission m JOIN slot s ON s.mission = m.id JOIN application p ON p.slot = s.id
    WHERE m.id IN ({{missions}}) AND (p.status IN {in_sql(LIVE)} OR EXISTS (SELECT 1 FROM journal j
        WHERE j.subject = 'application' AND j.row_id = p.id AND j.target IN ('pending', 'accepted')))
    GROUP BY p.status"""  # noqa: S608 - our own constants
_PLACES = """SELECT count(DISTINCT m.id) AS missions, COALESCE(sum(s.places), 0) AS places,
        COALESCE(sum(s.places_taken), 0) AS taken
    FROM mission m JOIN slot s ON s.mission = m.id
    WHERE m.id IN ({missions}) AND m.published_at IS NOT NULL AND s.cancelled_at IS NULL"""


@dataclass(frozen=True, slots=True)
class Figures:
    """Places of the slots that are not cancelled, of missions ever online; applications; answers."""

    missions: int
    places: int
    places_taken: int
    groups: dict[Group, int]  # every group, in order
    answers: dict[int, int]  # how many answers took so many days
    unanswered: int

    @property
    def applications(self) -> int:
        """All that are counted."""
        return sum(self.groups.values())

    @property
    def fill_rate(self) -> int | None:
        """Of a hundred places, those taken; None without any place."""
        return percent(self.places_taken, self.places)

    @property
    def answer_days(self) -> int | None:
        """The median; None below five answers."""
        return usual_days(self.answers)


async def association_figures(association_id: int) -> Figures:
    """Of all the association's missions."""
    return await _figures(_OF_ASSOCIATION, association_id)


async def mission_figures(mission_id: int) -> Figures:
    """Of one mission."""
    return await _figures(_OF_MISSION, mission_id)


async def _figures(missions: str, key: int) -> Figures:
    (places,) = await db.fetch(_PLACES.format(missions=missions), key)
    waited = await _waited(missions, key)
    answers: Counter[int] = Counter()
    for row in waited:
        if row["answered"]:
            answers[int(row["days"])] += row["applications"]
    return Figures(
        missions=places["missions"],
        places=int(places["places"]),
        places_taken=int(places["taken"]),
        groups=await _groups(missions, key),
        answers=dict(answers),
        unanswered=sum(row["applications"] for row in waited if not row["answered"]),
    )


async def _groups(missions: str, key: int) -> dict[Group, int]:
    found = dict.fromkeys(Group, 0)
    for row in await db.fetch(_BY_STATUS.format(missions=missions), key):
        found[GROUP_OF[Status(row["status"])]] += row["applications"]
    return found


async def _waited(missions: str, key: int) -> list[dict[str, Any]]:
    return await db.fetch(
        f"""WITH {waits(missions)}
        SELECT days, answered, count(*) AS applications FROM waited GROUP BY days, answered""",  # noqa: S608
        key,
        _EVER,
    )
