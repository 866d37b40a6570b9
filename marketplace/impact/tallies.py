"""Counting everything for the public figures, some missions at a time: memory and statements stay small."""

import json
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from marketplace import db
from marketplace.impact.policies import REMOTE, WEEK_DAYS, Scope, period, usual_days
from marketplace.impact.waits import waits
from marketplace.missions.policies import APPLY_BEFORE

CHUNK = 2000  # missions
_NEXT = """SELECT association, id FROM (SELECT m.association, m.id FROM mission m
    WHERE (m.association, m.id) > ({}, {}) ORDER BY m.association, m.id LIMIT {}) AS chunk
    ORDER BY association DESC, id DESC LIMIT 1"""
_MISSIONS = f"""SELECT m.id, m.association, m.status, m.minors, m.audiences,
        CASE WHEN m.place_kind = 'remote' THEN '{REMOTE}' ELSE m.department END AS place
    FROM mission m WHERE (m.association, m.id) > ({{}}, {{}}) AND (m.association, m.id) <= ({{}}, {{}})"""  # noqa: S608
# Statuses are looked at outside: inside, SQLite would read all that are published for each chunk.
_OFFERED = f"""WITH wanted AS MATERIALIZED ({_MISSIONS})
    SELECT w.id, w.place, w.audiences, w.minors, sum(s.places) AS places, sum(s.places_taken) AS taken
    FROM wanted w CROSS JOIN association a CROSS JOIN slot s
    WHERE w.status = 'published' AND a.id = w.association AND a.status = 'verified' AND s.mission = w.id
        AND s.cancelled_at IS NULL AND (s.starts_at IS NULL OR s.starts_at > {{}})
    GROUP BY w.id, w.place, w.audiences, w.minors"""  # noqa: S608 - our own constants
_WAITED = """WITH {waits} SELECT wanted.association, wanted.place, wanted.audiences, days, answered,
        CASE WHEN at < {{}} THEN 1 ELSE 0 END AS is_published, count(*) AS applications
    FROM waited JOIN wanted ON wanted.id = waited.mission
    GROUP BY wanted.association, wanted.place, wanted.audiences, days, answered, is_published"""

Bounds = tuple[int, int, int, int]


@dataclass(slots=True)
class Tally:
    """What was counted for a line: never shown as it is."""

    missions: int = 0
    missions_open: int = 0
    missions_minors: int = 0
    places: int = 0
    places_taken: int = 0
    answers: Counter[int] = field(default_factory=Counter)  # by days
    unanswered: int = 0

    @property
    def applications(self) -> int:
        """Answered, or left unanswered too long."""
        return self.answers.total() + self.unanswered

    @property
    def within_a_week(self) -> int:
        """Answered in time."""
        return sum(count for days, count in self.answers.items() if days <= WEEK_DAYS)


@dataclass(slots=True)
class Tallies:
    """Every line's tally, and each association's usual days to an answer."""

    lines: dict[tuple[Scope, str], Tally] = field(default_factory=lambda: defaultdict(Tally))
    usual: dict[int, int] = field(default_factory=dict)


async def tally(now: datetime) -> Tallies:
    """Count it all. Associations answer for the months that are published and the one under way."""
    found, (start, end) = Tallies(), period(now)
    waited = _WAITED.format(waits=waits(_MISSIONS))
    unfinished: dict[int, Counter[int]] = defaultdict(Counter)
    async for within in _chunks():
        for row in await db.fetch(_OFFERED, *within, now + APPLY_BEFORE):
            _add_offered(found, row)
        for row in await db.fetch(waited, *within, start, end):
            _add_waited(found, row)
            if row["answered"]:
                unfinished[row["association"]][int(row["days"])] += row["applications"]
        _finish(found, unfinished, before=within[2])
    _finish(found, unfinished)
    return found


async def _chunks() -> AsyncIterator[Bounds]:
    after = (0, 0)
    while last := await db.fetch(_NEXT, *after, CHUNK):
        until = (last[0]["association"], last[0]["id"])
        yield (*after, *until)
        after = until


def _add_offered(found: Tallies, row: dict[str, Any]) -> None:
    for line in _lines(found, row):
        line.missions += 1
        line.missions_open += row["taken"] < row["places"]
        line.missions_minors += row["minors"] == "open"
        line.places += int(row["places"])
        line.places_taken += int(row["taken"])


def _add_waited(found: Tallies, row: dict[str, Any]) -> None:
    if not row["is_published"]:
        return
    for line in _lines(found, row):
        if row["answered"]:
            line.answers[int(row["days"])] += row["applications"]
        else:
            line.unanswered += row["applications"]


def _lines(found: Tallies, row: dict[str, Any]) -> Iterator[Tally]:
    """Those a mission counts in: the whole, one place, each of its audiences."""
    audiences = row["audiences"]
    yield found.lines[Scope.ALL, ""]
    yield found.lines[Scope.DEPARTMENT, row["place"]]
    for audience in json.loads(audiences) if isinstance(audiences, str) else audiences:
        yield found.lines[Scope.AUDIENCE, audience]


def _finish(found: Tallies, unfinished: dict[int, Counter[int]], before: int | None = None) -> None:
    for association in [one for one in unfinished if before is None or one < before]:
        days = usual_days(unfinished.pop(association))
        if days is not None:
            found.usual[association] = days
