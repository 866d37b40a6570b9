"""Reading missions for the members of their association, whatever their status."""

from collections.abc import Collection, Sequence
from datetime import datetime

from marketplace import db
from marketplace.associations import queries as associations
from marketplace.associations.lifecycle import Role
from marketplace.associations.tables import Association
from marketplace.errors import NotFound
from marketplace.missions import policies
from marketplace.missions.queries import ShownMission
from marketplace.missions.tables import Mission, Slot

LISTED = 20  # a page of an association's list


async def member_mission(
    account_id: int, public_id: str, roles: Collection[Role] = associations.MANAGERS
) -> Mission:
    """A mission of an association where this account has one of these roles.

    Raises:
        NotFound: there is none.
    """
    mission = await Mission.objects().get(Mission.public_id == public_id)
    if mission is None or await associations.role_in(account_id, mission.association) not in roles:
        raise NotFound
    return mission


async def own_missions(association: Association, after: str, now: datetime) -> list[ShownMission]:
    """An association's missions, newest first, after the one of this public id; one more than a page."""
    rows = await db.fetch(
        """SELECT m.id FROM mission m LEFT JOIN mission cursor ON cursor.public_id = {}
        WHERE m.association = {} AND (cursor.id IS NULL OR m.id < cursor.id)
            AND NOT (m.status = 'cancelled' AND m.published_at IS NULL)
        ORDER BY m.id DESC LIMIT {}""",
        after,
        association.id,
        LISTED + 1,
    )
    ids = [row["id"] for row in rows]
    if not ids:
        return []
    missions = await Mission.objects().where(Mission.id.is_in(ids)).order_by(Mission.id, ascending=False)
    slots = await Slot.objects().where(Slot.mission.is_in(ids)).order_by(Slot.starts_at, Slot.id)
    return [_own(mission, association, slots, now) for mission in missions]


def _own(mission: Mission, association: Association, slots: Sequence[Slot], now: datetime) -> ShownMission:
    its_slots = [slot for slot in slots if slot.mission == mission.id]
    shown = policies.shown(mission, association.status, its_slots, now)
    return ShownMission(mission, its_slots, shown, now)
