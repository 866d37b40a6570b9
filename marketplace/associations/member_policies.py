"""Rules about members and invitations that need neither data nor clock."""

from collections.abc import Collection, Sequence
from datetime import timedelta

from marketplace.associations.lifecycle import Role, Status
from marketplace.associations.member_errors import (
    AlreadyInvited,
    AlreadyMember,
    LastOwner,
    TooManyInvitations,
)
from marketplace.associations.tables import Association, Membership
from marketplace.errors import Refusal
from marketplace.text import N_

INVITATION_LIFE = timedelta(days=14)
INVITATION_KEPT = timedelta(days=30)  # after it expired
MOST_OPEN = 30  # invitations of one association

ROLES: dict[str, str] = {
    Role.OWNER: N_("Responsable"),
    Role.MANAGER: N_("Gestionnaire"),
    Role.READER: N_("Lecture seule"),
}
ROLE_HINTS: dict[str, str] = {
    Role.OWNER: N_("Peut tout faire, et choisit les membres."),
    Role.MANAGER: N_("Écrit les missions et répond aux candidatures."),
    Role.READER: N_("Voit les missions et les chiffres, pas les candidatures."),
}


def why_not_invite(
    association: Association, email: str, members: Collection[str], invited: Collection[str]
) -> Refusal | None:
    """What stops an invitation; `members` and `invited` are the addresses of each."""
    if email in members:
        return AlreadyMember(association.public_id)
    if email in invited:
        return AlreadyInvited(association.public_id)
    return TooManyInvitations(association.public_id) if len(invited) >= MOST_OPEN else None


def why_not_lose(
    association: Association, members: Sequence[Membership], leaving: Membership
) -> Refusal | None:
    """What stops this member from leaving, or from being an owner no longer."""
    if association.status == Status.CLOSED or leaving.role != Role.OWNER:
        return None
    others = [row for row in members if row.role == Role.OWNER and row.id != leaving.id]
    return None if others else LastOwner(association.public_id)
