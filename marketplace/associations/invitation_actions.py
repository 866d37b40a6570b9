"""Inviting somebody by e-mail, sending it again, taking it back, and becoming a member by it."""

from datetime import datetime, timedelta

from piccolo.custom_types import Combinable

from marketplace import db
from marketplace.accounts.tables import Account
from marketplace.associations import invitation_queries, member_emails, member_queries, queries
from marketplace.associations.invitation_tables import Invitation
from marketplace.associations.lifecycle import Role
from marketplace.associations.member_errors import InvitationGone, TooManyMails
from marketplace.associations.member_policies import INVITATION_KEPT, INVITATION_LIFE, why_not_invite
from marketplace.associations.member_queries import OWNERS, Member, members_of
from marketplace.associations.tables import Association, Membership
from marketplace.lifecycle import By, note
from marketplace.web import limits
from marketplace.web.ids import fingerprint, new_secret

MAILS_PER_ADDRESS, MAILS_PER_SENDER, MAILS_WINDOW = 5, 40, timedelta(days=1)


async def invite(association: Association, inviter: Account, email: str, role: Role, now: datetime) -> None:
    """Mail an address the link by which it joins; what is done is the same whether it has an account or not.

    Raises:
        NotFound: the inviter is no owner.
        AlreadyMember, AlreadyInvited, TooManyInvitations, TooManyMails: what it says.
    """
    await _count_mail(association, inviter, email, now)
    async with db.transaction():
        row = await member_queries.locked(association.id, inviter.id, OWNERS)
        members = {member.account.email for member in await members_of(row.id)}
        invited = {one.email for one in await invitation_queries.open_invitations(row.id, now)}
        if refusal := why_not_invite(row, email, members, invited):
            raise refusal
        await _end((Invitation.expires_at <= now) & (Invitation.email == email), row.id, now)
        secret = new_secret()
        invitation = _invitation(row, inviter, email, role, secret, now)
        await invitation.save()
        await member_emails.member_invited(invitation, row, inviter, secret, now)


async def send_again(association: Association, inviter: Account, public_id: str, now: datetime) -> None:
    """Mail it again: the former link is dead, the new one lives as long as the first did.

    Raises:
        NotFound: it is not open, or the inviter is no owner.
        TooManyMails: its address got enough today.
    """
    invitation = await invitation_queries.open_invitation(association.id, public_id, now)
    await _count_mail(association, inviter, invitation.email, now)
    async with db.transaction():
        row = await member_queries.locked(association.id, inviter.id, OWNERS)
        invitation = await invitation_queries.open_invitation(row.id, public_id, now)
        secret = new_secret()
        invitation.link_hash, invitation.sent_at = fingerprint(secret), now
        invitation.expires_at, invitation.invited_by = now + INVITATION_LIFE, inviter.id
        await invitation.save()
        await member_emails.member_invited(invitation, row, inviter, secret, now)


async def cancel_invitation(association: Association, owner: Account, public_id: str, now: datetime) -> None:
    """Its link is dead from now on. NotFound: it is not open, or the account is no owner."""
    async with db.transaction():
        row = await member_queries.locked(association.id, owner.id, OWNERS)
        invitation = await invitation_queries.open_invitation(row.id, public_id, now)
        await _end(Invitation.id == invitation.id, row.id, now)


async def end_those_of(association: Association, inviter: Account, now: datetime) -> None:
    """End the open invitations of somebody who may invite no more: they could come back by one of them."""
    await _end(Invitation.invited_by == inviter.id, association.id, now)


async def become_member(invitation: Invitation, account: Account, now: datetime) -> None:
    """Use the invitation for this account, and tell the owners. A member already keeps their role.

    Called inside a transaction, the association being locked. InvitationGone: it was used or ended meanwhile.
    """
    is_open = Invitation.accepted_at.is_null() & Invitation.ended_at.is_null()
    used = (
        await Invitation.update({Invitation.accepted_at: now})
        .where((Invitation.id == invitation.id) & is_open & (Invitation.link_hash == invitation.link_hash))
        .returning(Invitation.id)
    )
    if not used:
        raise InvitationGone
    if await queries.role_in(account.id, invitation.association):
        return
    membership = Membership(
        account=account.id, association=invitation.association, role=invitation.role, created_at=now
    )
    await membership.save()
    await note("membership", membership.id, "", membership.role, By.ASSOCIATION, now, account.id)
    association = await queries.fresh(invitation.association)
    await member_emails.member_joined(association, Member(membership, account), now)


async def forget_old(now: datetime) -> None:
    """Remove the invitations that expired a month ago, whatever became of them."""
    await Invitation.delete().where(Invitation.expires_at <= now - INVITATION_KEPT)


async def _count_mail(association: Association, inviter: Account, email: str, now: datetime) -> None:
    """Before anything is looked at, so that a refusal is counted too."""
    by_sender = await limits.allow("invitation by", str(inviter.id), MAILS_PER_SENDER, MAILS_WINDOW, now)
    to_address = await limits.allow("invitation to", email, MAILS_PER_ADDRESS, MAILS_WINDOW, now)
    if not (by_sender and to_address):
        raise TooManyMails(association.public_id)


async def _end(which: Combinable, association_id: int, now: datetime) -> None:
    await Invitation.update({Invitation.ended_at: now}).where(
        which,
        Invitation.association == association_id,
        Invitation.accepted_at.is_null(),
        Invitation.ended_at.is_null(),
    )


def _invitation(
    association: Association, inviter: Account, email: str, role: Role, secret: str, now: datetime
) -> Invitation:
    return Invitation(
        association=association.id,
        email=email,
        role=role,
        link_hash=fingerprint(secret),
        invited_by=inviter.id,
        created_at=now,
        sent_at=now,
        expires_at=now + INVITATION_LIFE,
    )
