"""While an association is suspended: its dates that come are given up; once it is lifted, limits move on."""

from collections.abc import Sequence
from datetime import datetime

from marketplace import db
from marketplace.applications import answers, waiting
from marketplace.applications.answers import Ending
from marketplace.applications.deadlines import cut
from marketplace.applications.lifecycle import Status
from marketplace.applications.tables import Application
from marketplace.associations import queries as associations
from marketplace.associations.lifecycle import Status as AssociationStatus
from marketplace.associations.tables import Association
from marketplace.consents import queries as consents
from marketplace.consents.tables import Consent
from marketplace.jobs.rows import one_by_one
from marketplace.lifecycle import By
from marketplace.missions.lifecycle import Status as MissionStatus
from marketplace.missions.places import fresh_slot, lock_mission
from marketplace.missions.policies import APPLY_BEFORE
from marketplace.missions.queries import slots_of
from marketplace.missions.tables import Mission, Slot

FROZEN = (Status.PENDING, Status.OFFERED, Status.AWAITING_CONSENT)


async def cancel_dates(now: datetime) -> int:
    """Give up the slots of suspended associations that start within APPLY_BEFORE; how many.

    Their people are told before they leave home. Late, it is as if it had been done at the start: nobody
    is left accepted for a date that was not allowed to be.
    """
    rows = await db.fetch(
        """SELECT s.id, s.mission FROM slot s JOIN mission m ON m.id = s.mission
        JOIN association a ON a.id = m.association
        WHERE a.status = 'suspended' AND m.status IN ('published', 'paused', 'suspended')
            AND s.cancelled_at IS NULL AND s.starts_at <= {} AND s.starts_at > (SELECT max(j.at)
                FROM journal j WHERE j.subject = 'association' AND j.row_id = a.id
                AND j.target = 'suspended')
        ORDER BY s.mission, s.starts_at""",
        now + APPLY_BEFORE,
    )
    return await one_by_one(rows, lambda row: _cancel(row["mission"], row["id"], now))


async def lift(association: Association, now: datetime) -> None:
    """Nobody loses time: every limit moves on by as long as it was frozen, and free places are offered.

    Called inside a transaction, once the association is verified again.
    """
    since = await _suspended_at(association.id, now)
    rows = await Mission.select(Mission.id).where(Mission.association == association.id).order_by(Mission.id)
    for mission_id in [row["id"] for row in rows]:
        mission = await lock_mission(mission_id)
        for slot in await slots_of(mission_id):
            await _move_limits(slot, since, now)
        await _move_question(mission, since, now)
        if mission.status == MissionStatus.PUBLISHED:
            await waiting.offer_places(mission_id, now)


async def _cancel(mission_id: int, slot_id: int, now: datetime) -> bool:
    async with db.transaction():
        mission = await lock_mission(mission_id)
        slot = await fresh_slot(slot_id)
        association = await associations.fresh(mission.association)
        if association.status != AssociationStatus.SUSPENDED or slot.cancelled_at is not None:
            return False
        at = min(now, slot.starts_at)
        await Slot.update({Slot.cancelled_at: at}).where(Slot.id == slot_id)
        await answers.end_slots(mission, [slot_id], Ending(By.MODERATOR), at)
        return True


async def _move_limits(slot: Slot, since: datetime, now: datetime) -> None:
    rows = await _frozen(slot.id)
    for row in rows:
        frozen = now - max(since, row.status_at)
        is_minor = row.is_minor and row.came_of_age_at is None
        last = cut(row.status, slot, is_minor=is_minor)
        moved = min(row.answer_by + frozen, last) if last else row.answer_by + frozen
        await Application.update({Application.answer_by: moved}).where(Application.id == row.id)
        if row.status == Status.AWAITING_CONSENT:
            await _move_link(row, moved)


async def _frozen(slot_id: int) -> Sequence[Application]:
    return await Application.objects().where(
        (Application.slot == slot_id)
        & Application.status.is_in([status.value for status in FROZEN])
        & Application.answer_by.is_not_null()
    )


async def _move_link(row: Application, limit: datetime) -> None:
    """The guardian's link lives as long as the application may wait for it."""
    consent = await consents.open_for(row.volunteer, row.slot)
    if consent is not None and consent.link_expires_at < limit:
        await Consent.update({Consent.link_expires_at: limit}).where(Consent.id == consent.id)


async def _move_question(mission: Mission, since: datetime, now: datetime) -> None:
    """« Toujours d’actualité » was not theirs to answer either."""
    if mission.stands_asked_at is not None:
        asked = mission.stands_asked_at + (now - max(since, mission.stands_asked_at))
        await Mission.update({Mission.stands_asked_at: asked}).where(Mission.id == mission.id)


async def _suspended_at(association_id: int, now: datetime) -> datetime:
    """When the last suspension began, as the journal tells; now, when it does not."""
    rows = await db.fetch(
        """SELECT at FROM journal WHERE subject = 'association' AND row_id = {} AND target = 'suspended'
        ORDER BY id DESC LIMIT 1""",
        association_id,
    )
    return rows[0]["at"] if rows else now
