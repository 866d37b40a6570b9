"""Reading when somebody is already expected, and what of it a slot would overlap."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from marketplace import db
from marketplace.applications.lifecycle import HOLDS_PLACE
from marketplace.lifecycle import in_sql
from marketplace.missions.calendar import overlapping
from marketplace.missions.tables import Slot

MOST = 500  # of somebody's dates, read at once


@dataclass(frozen=True, slots=True)
class Planned:
    """A date of somebody's, accepted or kept for them."""

    public_id: str  # of the application
    status: str
    title: str  # of the mission
    association_name: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class _Wished:
    slot: int
    starts_at: datetime
    ends_at: datetime


async def planned(account_id: int, now: datetime) -> list[Planned]:
    """The dates of this account that are not over, in order: those where a place is held."""
    rows = await db.fetch(
        f"""SELECT p.public_id, p.status, m.title, a.name AS association_name, s.starts_at, s.ends_at
        FROM volunteer v JOIN application p ON p.volunteer = v.id JOIN slot s ON s.id = p.slot
        JOIN mission m ON m.id = s.mission JOIN association a ON a.id = m.association
        WHERE v.account = {{}} AND p.status IN {in_sql(HOLDS_PLACE)} AND s.ends_at > {{}}
        ORDER BY s.starts_at, p.id LIMIT {MOST}""",  # noqa: S608 - our own constants
        account_id,
        now,
    )
    return [Planned(**row) for row in rows]


async def own_overlaps(
    account_id: int, slots: Iterable[Slot], now: datetime
) -> Mapping[int, Sequence[Planned]]:
    """For each of these slots, by its number, the dates of this account that it overlaps."""
    wished = [_Wished(slot.id, slot.starts_at, slot.ends_at) for slot in slots if slot.starts_at]
    if not wished:
        return {}
    found: dict[int, list[Planned]] = {}
    both: list[_Wished | Planned] = [*await planned(account_id, now), *wished]
    for pair in overlapping(both):
        for one, other in (pair, pair[::-1]):
            if isinstance(one, _Wished) and isinstance(other, Planned):
                found.setdefault(one.slot, []).append(other)
    return found
