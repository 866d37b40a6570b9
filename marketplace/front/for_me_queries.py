"""The missions somebody may really apply to now: the best candidates, through the very rule of applying."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from marketplace import db
from marketplace.accounts.tables import Account
from marketplace.applications import facts
from marketplace.applications.errors import AlreadyApplied, TooManyPlaces, TooManyRequests
from marketplace.applications.policies import Person, why_not_apply
from marketplace.applications.queries import CURRENT, OF_VOLUNTEER
from marketplace.associations.tables import Association
from marketplace.discovery.for_me import ranked
from marketplace.discovery.hits import Hit
from marketplace.errors import Refusal
from marketplace.missions.policies import is_applicable
from marketplace.missions.tables import Mission, Slot
from marketplace.volunteers import queries as volunteers
from marketplace.volunteers.policies import is_minor_on
from marketplace.volunteers.tables import Preferences, Volunteer
from marketplace.web.clock import paris_day

AT_ONCE = 24  # candidates looked at together
LIMITS = (TooManyPlaces, TooManyRequests)  # of the person: they hold whatever the mission


@dataclass(frozen=True, slots=True)
class Suited:
    """The missions, best first; `limit`: what stops this person from applying to any."""

    hits: Sequence[Hit]
    limit: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mission with the slots one may still apply for."""

    mission: Mission
    association: Association
    slots: Sequence[Slot]


async def suited(account: Account, said: Preferences | None, now: datetime, limit: int) -> Suited:
    """At most `limit` missions this account may apply to, by what it says it looks for."""
    volunteer = await volunteers.volunteer_of(account.id)
    born_on = await volunteers.birth_date(volunteer.id) if volunteer else None
    found: list[Hit] = []
    candidates = await ranked(said, now, minors=is_minor_on(born_on, paris_day(now)))
    for start in range(0, len(candidates), AT_ONCE):
        hits = candidates[start : start + AT_ONCE]
        refusals = await why_not([hit.mission for hit in hits], account, volunteer, now)
        found += [hit for hit in hits if hit.mission in refusals and refusals[hit.mission] is None]
        if not found and (over := next((r for r in refusals.values() if isinstance(r, LIMITS)), None)):
            return Suited((), over)
        if len(found) >= limit:
            break
    return Suited(found[:limit])


async def why_not(
    mission_ids: Sequence[int], account: Account, volunteer: Volunteer | None, now: datetime
) -> dict[int, Refusal | None]:
    """What stops this account from applying to each of these missions; None: a slot takes it now.

    A mission without a slot to apply for is left out.
    """
    candidates = await _candidates(mission_ids, now)
    if not candidates:
        return {}
    slots = [slot for one in candidates for slot in one.slots]
    people = await facts.people(account, volunteer, slots, now)
    current = await _current(volunteer, now) if volunteer else set()
    return {
        one.mission.id: AlreadyApplied() if one.mission.id in current else _why_not(people, one, now)
        for one in candidates
    }


def _why_not(people: Mapping[int, Person], candidate: Candidate, now: datetime) -> Refusal | None:
    refusals: list[Refusal] = []
    for slot in candidate.slots:
        refusal = why_not_apply(people[slot.id], candidate.mission, candidate.association, slot, now)
        if refusal is None:
            return None
        refusals.append(refusal)
    return next((one for one in refusals if isinstance(one, LIMITS)), refusals[0])


async def _candidates(mission_ids: Sequence[int], now: datetime) -> list[Candidate]:
    """The missions of these ids that have an applicable slot, as they stand in their own tables."""
    missions = await Mission.objects().where(Mission.id.is_in(list(mission_ids)))
    by_mission: dict[int, list[Slot]] = defaultdict(list)
    for slot in await Slot.objects().where(Slot.mission.is_in(list(mission_ids))).order_by(Slot.id):
        if is_applicable(slot, now):
            by_mission[slot.mission].append(slot)
    rows = await Association.objects().where(
        Association.id.is_in([mission.association for mission in missions] or [0])
    )
    publishers = {row.id: row for row in rows}
    return [
        Candidate(mission, publishers[mission.association], by_mission[mission.id])
        for mission in missions
        if by_mission[mission.id]
    ]


async def _current(volunteer: Volunteer, now: datetime) -> set[int]:
    """The missions where they have a current application."""
    rows = await db.fetch(
        f"SELECT DISTINCT s.mission {OF_VOLUNTEER} AND {CURRENT}",
        volunteer.id,
        now,
    )
    return {row["mission"] for row in rows}
