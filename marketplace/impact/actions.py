"""The statistics job: counts everything, and replaces what was published by what may be."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from marketplace import db
from marketplace.impact import policies
from marketplace.impact.policies import Scope
from marketplace.impact.tables import Statistic, UsualAnswer
from marketplace.impact.tallies import Tallies, Tally, tally
from marketplace.jobs.rows import replace_all


async def compute(now: datetime) -> int:
    """Publish new figures, all of them or none; how many lines. What is hidden is written nowhere."""
    found = await tally(now)
    lines = [line for scope in Scope for line in _published(scope, found, now)]
    usual = [
        UsualAnswer(association=association, days=days, computed_at=now)
        for association, days in sorted(found.usual.items())
    ]
    async with db.transaction():
        await replace_all(lines, (Statistic.scope, Statistic.key), Statistic.computed_at, now)
        await replace_all(usual, (UsualAnswer.association,), UsualAnswer.computed_at, now)
    return len(lines)


def _published(scope: Scope, found: Tallies, now: datetime) -> Iterator[Statistic]:
    """A scope's lines, by key. One with no mission and nothing to tell of people is left out."""
    tallies = {key: one for (of, key), one in sorted(found.lines.items()) if of == scope}
    if scope == Scope.ALL and not tallies:
        tallies = {"": Tally()}
    kept_back = policies.hidden({key: one.applications for key, one in tallies.items()})
    for key, one in tallies.items():
        if one.missions or key not in kept_back or scope == Scope.ALL:
            people = {} if key in kept_back else _about_people(one)
            yield _line(scope, key, one, people, now)


def _about_people(one: Tally) -> dict[str, int | None]:
    return {
        "applications": policies.rounded(one.applications),
        "answered_tenths": policies.tenths(one.within_a_week, one.applications),
        "answer_days": policies.usual_days(one.answers),
    }


def _line(scope: Scope, key: str, one: Tally, people: Mapping[str, Any], now: datetime) -> Statistic:
    return Statistic(
        scope=scope,
        key=key,
        missions=one.missions,
        missions_open=one.missions_open,
        missions_minors=one.missions_minors,
        places=one.places,
        places_taken=one.places_taken,
        computed_at=now,
        **people,
    )
