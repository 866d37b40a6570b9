"""Reading invitations."""

from dataclasses import dataclass
from datetime import datetime

from marketplace.accounts.policies import shown_name
from marketplace.accounts.tables import Account
from marketplace.associations import queries
from marketplace.associations.invitation_tables import Invitation
from marketplace.associations.lifecycle import Status
from marketplace.associations.member_errors import InvitationGone
from marketplace.associations.tables import Association
from marketplace.errors import NotFound
from marketplace.web.ids import fingerprint


@dataclass(frozen=True, slots=True)
class Invited:
    """An open invitation, to what, and who sent it ('' once their account is gone)."""

    invitation: Invitation
    association: Association
    inviter: str


async def open_invitations(association_id: int, now: datetime) -> list[Invitation]:
    """The invitations that may still be accepted, newest first."""
    return (
        await Invitation.objects()
        .where(
            (Invitation.association == association_id)
            & Invitation.accepted_at.is_null()
            & Invitation.ended_at.is_null()
            & (Invitation.expires_at > now)
        )
        .order_by(Invitation.id, ascending=False)
    )


async def open_invitation(association_id: int, public_id: str, now: datetime) -> Invitation:
    """One of them. NotFound: it is not (or no longer) open, or another association's."""
    for invitation in await open_invitations(association_id, now):
        if invitation.public_id == public_id:
            return invitation
    raise NotFound


async def invited_by_link(secret: str, now: datetime) -> Invited:
    """What a mailed link opens.

    Raises:
        InvitationGone: nothing, or nothing any more.
    """
    invitation = await Invitation.objects().get(Invitation.link_hash == fingerprint(secret))
    if invitation is None or invitation.accepted_at or invitation.ended_at or invitation.expires_at <= now:
        raise InvitationGone
    association = await queries.fresh(invitation.association)
    if association.status == Status.CLOSED:
        raise InvitationGone
    inviter = await Account.objects().get(Account.id == (invitation.invited_by or 0))
    name = shown_name(inviter.first_name, inviter.family_name) if inviter else ""
    return Invited(invitation, association, name)
