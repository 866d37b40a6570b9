"""Leaving an association, one's missions handed over; and naming who answers for a mission."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from marketplace import db
from marketplace.accounts.tables import Account
from marketplace.associations import member_actions, member_queries
from marketplace.associations import queries as associations
from marketplace.associations.lifecycle import Role
from marketplace.associations.member_queries import Member
from marketplace.associations.tables import Association
from marketplace.errors import NotFound
from marketplace.lifecycle import OutOfDate
from marketplace.missions import hand_over_emails, hand_over_queries
from marketplace.missions.tables import Mission


async def depart(
    association: Association,
    actor: Account,
    public_id: str,
    successors: Mapping[str, str],
    hand_over_note: str,
    now: datetime,
) -> None:
    """Take a member off the list: oneself, or anybody for an owner. They see nothing of it any more.

    `successors` names the member who takes over each mission they answer for, by public ids; the note, if
    there is one, is kept on each of these missions.

    Raises:
        NotFound: there is no such member, or it is not the actor's to say.
        LastOwner: nobody would be responsible any more.
        OutOfDate: they answer for other missions than the page said, or a successor may not.
    """
    async with db.transaction():
        row = await member_queries.locked(association.id, actor.id, associations.EVERYONE)
        member = await member_queries.member_named(row.id, public_id)
        await _check_may_remove(row, actor, member)
        await _hand_over(row, actor, member, successors, hand_over_note, now)
        await member_actions.remove(row, actor, member, now)


async def choose_referent(
    mission: Mission, actor: Account, public_id: str, hand_over_note: str, now: datetime
) -> None:
    """Name the owner or manager who answers for a mission, and keep a note for those who come after.

    Raises:
        NotFound: the actor is no owner or manager.
        OutOfDate: whoever is named is none (any more).
    """
    async with db.transaction():
        row = await member_queries.locked(mission.association, actor.id, associations.MANAGERS)
        chosen = (await _may_answer(row)).get(public_id)
        if chosen is None:
            raise OutOfDate
        before = await hand_over_queries.referent_of(mission)
        await _name(mission, chosen, {Mission.hand_over_note: hand_over_note})
        told_already = before is not None and before.account.id == chosen.account.id
        if not told_already and chosen.account.id != actor.id:
            await hand_over_emails.missions_handed_over(row, chosen, [mission], hand_over_note, now)


async def _check_may_remove(association: Association, actor: Account, member: Member) -> None:
    if actor.id != member.account.id and await associations.role_in(actor.id, association.id) != Role.OWNER:
        raise NotFound


async def _hand_over(
    association: Association,
    actor: Account,
    leaving: Member,
    successors: Mapping[str, str],
    hand_over_note: str,
    now: datetime,
) -> None:
    candidates = await _may_answer(association)
    candidates.pop(leaving.membership.public_id, None)
    taken: dict[str, list[Mission]] = defaultdict(list)
    note: dict[Any, Any] = {Mission.hand_over_note: hand_over_note} if hand_over_note else {}
    for mission in await hand_over_queries.answered_by(association.id, leaving.account.id):
        successor = candidates.get(successors.get(mission.public_id, ""))
        if successor is None:
            raise OutOfDate
        await _name(mission, successor, note)
        taken[successor.membership.public_id].append(mission)
    for public_id, missions in taken.items():
        if candidates[public_id].account.id != actor.id:
            await hand_over_emails.missions_handed_over(
                association, candidates[public_id], missions, hand_over_note, now
            )


async def _may_answer(association: Association) -> dict[str, Member]:
    found = await hand_over_queries.may_answer(association.id)
    return {member.membership.public_id: member for member in found}


async def _name(mission: Mission, member: Member, columns: Mapping[Any, Any]) -> None:
    await Mission.update({Mission.referent: member.account.id, **columns}).where(Mission.id == mission.id)
