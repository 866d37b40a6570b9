"""Changing what a member may do, and taking one off the list."""

from datetime import datetime

from marketplace import db
from marketplace.accounts.tables import Account
from marketplace.associations import invitation_actions, member_emails, member_queries
from marketplace.associations.lifecycle import Role
from marketplace.associations.member_errors import LastOwner
from marketplace.associations.member_policies import why_not_lose
from marketplace.associations.member_queries import OWNERS, Member
from marketplace.associations.tables import Association, Membership
from marketplace.errors import Refusal
from marketplace.lifecycle import By, note


async def change_role(
    association: Association, owner: Account, public_id: str, role: Role, now: datetime
) -> None:
    """Give a member, perhaps oneself, another role, and tell them.

    Raises:
        NotFound: there is no such member, or the account is no owner.
        LastOwner: nobody would be responsible any more.
    """
    async with db.transaction():
        row = await member_queries.locked(association.id, owner.id, OWNERS)
        member = await member_queries.member_named(row.id, public_id)
        before = member.membership.role
        if before == role:
            return
        if role != Role.OWNER:
            await _check_owner_stays(row, member)
            await invitation_actions.end_those_of(row, member.account, now)
        await _write(row, Membership.update({Membership.role: role}), member)
        member.membership.role = role
        await note("membership", member.membership.id, before, role, By.ASSOCIATION, now, owner.id)
        await member_emails.role_changed(row, member, now)


async def remove(association: Association, actor: Account, member: Member, now: datetime) -> None:
    """Take a member off the list and tell them, or the owners when they go by themselves.

    Called inside a transaction, the association being locked; their missions are handed over by the caller.
    LastOwner: nobody would be responsible any more.
    """
    await _check_owner_stays(association, member)
    await invitation_actions.end_those_of(association, member.account, now)
    await _write(association, Membership.delete(), member)
    before = member.membership.role
    await note("membership", member.membership.id, before, "", By.ASSOCIATION, now, actor.id)
    if actor.id == member.account.id:
        await member_emails.member_left(association, member, now)
    else:
        await member_emails.member_removed(association, member, now)


async def why_not_leave(association: Association, leaving: Member) -> Refusal | None:
    """What stops this member from leaving, or from being an owner no longer, as things stand now."""
    members = [one.membership for one in await member_queries.members_of(association.id)]
    return why_not_lose(association, members, leaving.membership)


async def _check_owner_stays(association: Association, leaving: Member) -> None:
    if refusal := await why_not_leave(association, leaving):
        raise refusal


async def _write(association: Association, statement: object, member: Member) -> None:
    """Run it for this membership; what the database refuses becomes the rule's own answer."""
    try:
        await statement.where(Membership.id == member.membership.id)  # type: ignore[attr-defined]
    except Exception as error:
        if "membership_keeps_owner" in (db.violated(error) or ""):  # a writer that did not lock
            raise LastOwner(association.public_id) from error
        raise
