"""What `python -m marketplace check` proves of waiting lists, by looking at each of them again."""

from datetime import datetime

from marketplace.applications import facts, queries, waiting_queries
from marketplace.applications.policies import OFFER_BEFORE, is_bookable, why_not_offer
from marketplace.applications.tables import Application
from marketplace.associations import queries as associations
from marketplace.associations.tables import Association
from marketplace.missions.policies import is_public
from marketplace.missions.tables import Mission, Slot


async def passed_over(now: datetime) -> list[int]:
    """People who wait beside a free place that could be offered to them now (at most 20).

    Whoever became eligible without an event may be here until the sweeper has come by: a minute.
    """
    found: list[int] = []
    for mission_id in await waiting_queries.missions_waited_for(now + OFFER_BEFORE):
        for slot in await waiting_queries.free_slots_waited_for(mission_id):
            found += await eligible(slot, now)
    return found[:20]


async def eligible(slot: Slot, now: datetime) -> list[int]:
    """The applications on a slot's list that a place could be offered to now, oldest first."""
    mission = await Mission.objects().get(Mission.id == slot.mission)
    if mission is None or not is_bookable(slot, now):
        return []
    association = await associations.fresh(mission.association)
    if not is_public(mission, association.status):
        return []
    rows = await waiting_queries.waiting_of_slot(slot.id)
    return [row.id for row in rows if await _is_eligible(row, slot, mission, association, now)]


async def _is_eligible(
    row: Application, slot: Slot, mission: Mission, association: Association, now: datetime
) -> bool:
    found = await queries.about(row)
    volunteer = await queries.volunteer(row.volunteer)
    if found.account is None or volunteer is None:
        return False
    person = await facts.person(found.account, volunteer, slot, now)
    return why_not_offer(person, mission, association, slot, now) is None
