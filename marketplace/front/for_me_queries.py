"""The missions somebody may really apply to now: the best candidates, through the very rule of applying."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from marketplace import db
from marketplace.accounts.tables import Account
from marketplace.applications import facts
from marketplace.applications.errors import AlreadyApplied, SlotFull, TooManyPlaces, TooManyRequests
from marketplace.applications.lifecycle import LIVE, Status
from marketplace.applications.policies import Person, is_current, why_not_apply
from marketplace.applications.tables import Application
from marketplace.associations.tables import Association, Membership
from marketplace.consents.lifecycle import Status as Consent_
from marketplace.consents.tables import Consent
from marketplace.discovery.for_me import ranked
from marketplace.discovery.hits import Hit
from marketplace.errors import Refusal
from marketplace.missions.policies import is_applicable, is_full
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
    association_status: str
    slots: Sequence[Slot]


@dataclass(frozen=True, slots=True)
class History:
    """What somebody has to do with some missions: ids of theirs, and last dates by mission."""

    anywhere: Person  # what is true whatever the mission
    associations: frozenset[int]  # those they belong to
    live_slots: frozenset[int]
    current_missions: frozenset[int]  # with a live application whose slot has not ended
    declined: Mapping[int, datetime]
    guardian_refused: Mapping[int, datetime]

    def person(self, mission: Mission, slot: Slot) -> Person:
        """The person as the rule of applying sees them, before this slot."""
        return replace(
            self.anywhere,
            is_member=mission.association in self.associations,
            has_live=slot.id in self.live_slots,
            declined_at=self.declined.get(mission.id),
            guardian_refused_at=self.guardian_refused.get(mission.id),
        )


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
    history = await history_of(account, volunteer, candidates, now)
    return {one.mission.id: _why_not(history, one, now) for one in candidates}


def _why_not(history: History, candidate: Candidate, now: datetime) -> Refusal | None:
    mission = candidate.mission
    if mission.id in history.current_missions:
        return AlreadyApplied()
    refusals: list[Refusal] = []
    for slot in candidate.slots:
        person = history.person(mission, slot)
        refusal = why_not_apply(person, mission, candidate.association_status, slot, now)
        if refusal is None and not is_full(slot):  # a full slot may take people on its waiting list
            return None
        refusals.append(refusal or SlotFull())
    return next((one for one in refusals if isinstance(one, LIMITS)), refusals[0])


async def _candidates(mission_ids: Sequence[int], now: datetime) -> list[Candidate]:
    """The missions of these ids that have an applicable slot, as they stand in their own tables."""
    missions = await Mission.objects().where(Mission.id.is_in(list(mission_ids)))
    by_mission: dict[int, list[Slot]] = defaultdict(list)
    for slot in await Slot.objects().where(Slot.mission.is_in(list(mission_ids))).order_by(Slot.id):
        if is_applicable(slot, now):
            by_mission[slot.mission].append(slot)
    rows = await Association.select(Association.id, Association.status).where(
        Association.id.is_in([mission.association for mission in missions] or [0])
    )
    statuses = {row["id"]: row["status"] for row in rows}
    return [
        Candidate(mission, statuses[mission.association], by_mission[mission.id])
        for mission in missions
        if by_mission[mission.id]
    ]


async def history_of(
    account: Account, volunteer: Volunteer | None, candidates: Sequence[Candidate], now: datetime
) -> History:
    """In a few queries, what `applications.facts` says of each slot."""
    anywhere = await facts.person(account, volunteer, candidates[0].slots[0], now)
    memberships = await Membership.select(Membership.association).where(Membership.account == account.id)
    by_id = {one.mission.id: one.mission for one in candidates}
    applied = await _applied(volunteer, list(by_id)) if volunteer else []
    live = [(one, slot) for one, slot in applied if one.status in LIVE]
    return History(
        anywhere,
        associations=frozenset(row["association"] for row in memberships),
        live_slots=frozenset(slot.id for _, slot in live),
        current_missions=frozenset(
            slot.mission for one, slot in live if is_current(one, slot, by_id[slot.mission], now)
        ),
        declined={slot.mission: one.status_at for one, slot in applied if one.status == Status.DECLINED},
        guardian_refused=await _refused(volunteer, list(by_id)) if volunteer else {},
    )


async def _refused(volunteer: Volunteer, mission_ids: Sequence[int]) -> dict[int, datetime]:
    """When a guardian last refused each of these missions for this minor, or took their yes back."""
    rows = (
        await Consent.objects()
        .where(
            (Consent.volunteer == volunteer.id)
            & Consent.mission.is_in(list(mission_ids))
            & Consent.status.is_in([Consent_.REFUSED, Consent_.WITHDRAWN])
        )
        .order_by(Consent.decided_at)
    )
    return {row.mission: row.decided_at for row in rows}


async def _applied(volunteer: Volunteer, mission_ids: Sequence[int]) -> list[tuple[Application, Slot]]:
    """This volunteer's applications to these missions, with their slots, by the date of their status."""
    marks = ", ".join(["{}"] * len(mission_ids))
    rows = await db.fetch(
        f"""SELECT a.id, s.id AS slot FROM application a JOIN slot s ON s.id = a.slot
        WHERE a.volunteer = {{}} AND s.mission IN ({marks})""",  # noqa: S608 - only braces
        volunteer.id,
        *mission_ids,
    )
    if not rows:
        return []
    slots = {s.id: s for s in await Slot.objects().where(Slot.id.is_in([row["slot"] for row in rows]))}
    ids = [row["id"] for row in rows]
    found = await Application.objects().where(Application.id.is_in(ids)).order_by(Application.status_at)
    return [(one, slots[one.slot]) for one in found]
