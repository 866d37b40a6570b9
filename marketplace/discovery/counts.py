"""How many missions are open, by département, domain and audience: counted behind, read by pages."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from marketplace import db
from marketplace.discovery.count_tables import OpenCount
from marketplace.jobs.rows import replace_all
from marketplace.missions.policies import APPLY_BEFORE

# `one` lists each open mission with its free places; the rest is four ways to add them up.
_STATEMENT = """WITH one AS MATERIALIZED (
        SELECT m.id, m.place_kind, m.department, m.domain, m.audiences,
            sum(s.places - s.places_taken) AS places
        FROM mission m JOIN association a ON a.id = m.association AND a.status = 'verified'
        JOIN slot s ON s.mission = m.id
        WHERE m.status = 'published' AND s.cancelled_at IS NULL AND s.places_taken < s.places
            AND (s.starts_at IS NULL OR s.starts_at > {{}})
        GROUP BY m.id, m.place_kind, m.department, m.domain, m.audiences)
    SELECT 'all' AS kind, '' AS key, count(*) AS missions, COALESCE(sum(places), 0) AS places FROM one
    UNION ALL SELECT 'remote', '', count(*), COALESCE(sum(places), 0) FROM one WHERE place_kind <> 'on_site'
    UNION ALL SELECT 'department', department, count(*), sum(places) FROM one
        WHERE place_kind <> 'remote' AND department <> '' GROUP BY department
    UNION ALL SELECT 'domain', domain, count(*), sum(places) FROM one GROUP BY domain
    UNION ALL SELECT 'audience', {audience}, count(*), sum(places) FROM one, {each} GROUP BY {audience}"""
_SQLITE = {"audience": "each.value", "each": "json_each(one.audiences) AS each"}
_POSTGRES = {"audience": "each.value", "each": "unnest(one.audiences) AS each (value)"}


class Kind(StrEnum):
    """What missions are counted by."""

    ALL = "all"
    REMOTE = "remote"  # from home, those that may also be done on site among them
    DEPARTMENT = "department"  # on site, those that may also be done from home among them
    DOMAIN = "domain"
    AUDIENCE = "audience"


@dataclass(frozen=True, slots=True)
class Count:
    """Open missions, and their free places."""

    missions: int = 0
    places: int = 0


@dataclass(frozen=True, slots=True)
class Counts:
    """The counts of a kind, by key, and when they were made: None before the first time."""

    counted_at: datetime | None = None
    by_key: dict[str, Count] = field(default_factory=dict)

    def of(self, key: str) -> Count:
        """What was counted for a key; nothing open: 0."""
        return self.by_key.get(key, Count())


async def recount(now: datetime) -> int:
    """Count everything that is open at this instant; how many counts were written."""
    rows = await db.fetch(
        _STATEMENT.format(**(_POSTGRES if db.is_postgres() else _SQLITE)), now + APPLY_BEFORE
    )
    made = [
        OpenCount(
            kind=row["kind"],
            key=row["key"],
            missions=int(row["missions"]),
            places=int(row["places"]),
            counted_at=now,
        )
        for row in sorted(rows, key=lambda row: (row["kind"], row["key"]))
    ]
    async with db.transaction():
        await replace_all(made, (OpenCount.kind, OpenCount.key), OpenCount.counted_at, now)
    return len(made)


async def counts(kind: Kind) -> Counts:
    """What was counted last."""
    rows = await OpenCount.select().where(OpenCount.kind.is_in([kind, Kind.ALL]))
    if not rows:
        return Counts()
    by_key = {row["key"]: Count(row["missions"], row["places"]) for row in rows if row["kind"] == kind}
    return Counts(rows[0]["counted_at"], by_key)
