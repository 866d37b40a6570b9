"""Deciding: the act, its record and its e-mails stand or fall together."""

from datetime import datetime

from marketplace import db
from marketplace.associations import actions as associations
from marketplace.associations import queries as association_queries
from marketplace.associations.tables import Association
from marketplace.discovery import actions as discovery
from marketplace.lifecycle import OutOfDate
from marketplace.missions.places import lock_mission, lock_missions_of
from marketplace.missions.tables import Mission
from marketplace.moderation import queries
from marketplace.moderation.errors import NotReady, OwnAssociation
from marketplace.moderation.lifecycle import Act
from marketplace.moderation.policies import NEEDS_REASON, acts_on_association, acts_on_mission, why_not
from marketplace.moderation.tables import Decision, DecisionNote, Moderator
from marketplace.publishing import actions as publishing
from marketplace.publishing import suspension
from marketplace.publishing.errors import Incomplete
from marketplace.vocabulary.reasons import MODERATION_REASONS


async def decide_association(
    moderator: Moderator, association: Association, act: Act, reason: str, note: str, now: datetime
) -> Decision:
    """Verify, return, suspend, lift (managers are told) or note. `reason` is a key, kept when it is a no.

    Raises:
        OutOfDate: the file is not where this act applies (any more).
        OwnAssociation: the moderator belongs to it.
    """
    async with db.transaction():
        await db.lock_row(Association, association.id)
        row = await association_queries.fresh(association.id)
        if act not in acts_on_association(row.status, await queries.is_silent(row.id)):
            raise OutOfDate
        await _refuse_own(moderator, row.id)
        decision = Decision(
            moderator=moderator.id, act=act, association=row.id, reason=_kept(act, reason), created_at=now
        )
        await _record(decision, note)
        if act in (Act.SUSPEND_ASSOCIATION, Act.LIFT_ASSOCIATION):
            await lock_missions_of(row.id)  # before their search rows, which follow the association's status
        await _do_to_association(row, act, moderator.id, now, _label(act, reason), note)
    association.status = row.status
    return decision


async def decide_mission(
    moderator: Moderator, mission: Mission, act: Act, reason: str, note: str, now: datetime
) -> Decision:
    """Publish, return, open or close to minors; managers are told. `reason` is a key, kept when it is a no.

    Raises:
        OutOfDate: the file is not where this act applies (any more).
        OwnAssociation: the moderator belongs to its association.
        NeedsTwoModerators, NotReady, MinorsStayOut: what the mission answered forbids it.
    """
    async with db.transaction():
        row = await lock_mission(mission.id)
        association = await association_queries.fresh(row.association)
        if act not in acts_on_mission(row, association.status):
            raise OutOfDate
        await _refuse_own(moderator, association.id)
        if refusal := why_not(act, row):
            raise refusal
        decision = Decision(
            moderator=moderator.id, act=act, mission=row.id, reason=_kept(act, reason), created_at=now
        )
        await _record(decision, note)
        await _do_to_mission(row, act, moderator.id, now, _label(act, reason), note)
        row = await lock_mission(row.id)
    await discovery.index(row.id, now)  # found at the next request
    mission.status, mission.minors = row.status, row.minors
    return decision


async def _refuse_own(moderator: Moderator, association_id: int) -> None:
    if await queries.belongs(moderator.email, association_id):
        raise OwnAssociation


async def _record(decision: Decision, note: str) -> None:
    await decision.save()
    if note:
        await DecisionNote.insert(DecisionNote(decision=decision.id, note=note))


async def _do_to_association(
    row: Association, act: Act, actor: int, now: datetime, reason: str, note: str
) -> None:
    match act:
        case Act.VERIFY_ASSOCIATION:
            await associations.verify(row, actor, now)
        case Act.RETURN_ASSOCIATION:
            await associations.send_back(row, actor, now, reason, note)
        case Act.SUSPEND_ASSOCIATION:
            await associations.suspend(row, actor, now, reason, note)
        case Act.LIFT_ASSOCIATION:
            await associations.lift(row, actor, now)
            await suspension.lift(row, now)
        case Act.NOTE_SILENCE:
            pass  # the record is the act: the file leaves the pile until it is silent again
        case _:
            raise OutOfDate


async def _do_to_mission(row: Mission, act: Act, actor: int, now: datetime, reason: str, note: str) -> None:
    match act:
        case Act.PUBLISH_MISSION:
            await _publish(row, actor, now)
        case Act.RETURN_MISSION:
            await publishing.send_back(row, actor, now, reason, note)
        case Act.OPEN_TO_MINORS:
            await publishing.open_to_minors(row, actor, now)
        case Act.CLOSE_TO_MINORS:
            await publishing.close_to_minors(row, actor, now)
        case _:
            raise OutOfDate


async def _publish(row: Mission, actor: int, now: datetime) -> None:
    try:
        await publishing.publish(row, actor, now)
    except Incomplete as error:  # its links are the association's
        raise NotReady(error.message) from None


def _kept(act: Act, reason: str) -> str:
    return reason if act in NEEDS_REASON else ""


def _label(act: Act, reason: str) -> str:
    return MODERATION_REASONS.get(_kept(act, reason), "")
