"""E-mails about members. Subjects name neither the association nor a role."""

from collections.abc import Sequence
from datetime import datetime

from marketplace.accounts.policies import shown_name
from marketplace.accounts.tables import Account
from marketplace.associations import words
from marketplace.associations.invitation_tables import Invitation
from marketplace.associations.member_policies import ROLE_HINTS, ROLES
from marketplace.associations.member_queries import OWNERS, Member, members_of
from marketplace.associations.tables import Association
from marketplace.mail.outbox import post
from marketplace.text import _, language, speaking
from marketplace.web import urls


async def member_invited(
    invitation: Invitation, association: Association, inviter: Account, secret: str, now: datetime
) -> None:
    """The link by which an address joins. It says the same to known and to unknown addresses."""
    await post(
        "member_invited",
        to=invitation.email,
        lang=language(),
        now=now,
        link=urls.absolute("applications.arrive_to_join", secret=secret),
        association=association,
        words=words,
        inviter=shown_name(inviter.first_name, inviter.family_name),
        role=_(ROLES[invitation.role]),
        role_hint=_(ROLE_HINTS[invitation.role]),
        until=invitation.expires_at,
    )


async def member_joined(association: Association, member: Member, now: datetime) -> None:
    """To the owners: an invitation was accepted."""
    await _to_owners("member_joined", association, member, now)


async def member_left(association: Association, member: Member, now: datetime) -> None:
    """To the owners who remain: somebody left by themselves."""
    await _to_owners("member_left", association, member, now)


async def role_changed(association: Association, member: Member, now: datetime) -> None:
    """To the member: what they may do from now on."""
    account, role = member.account, member.membership.role
    with speaking(account.language):
        label, hint = _(ROLES[role]), _(ROLE_HINTS[role])
        link = urls.absolute("associations.show", association=association.public_id)
    await post(
        "role_changed",
        to=account.email,
        lang=account.language,
        now=now,
        link=link,
        name=association.name,
        role=label,
        role_hint=hint,
    )


async def member_removed(association: Association, member: Member, now: datetime) -> None:
    """To the member: an owner took them off the list."""
    account = member.account
    await post(
        "member_removed",
        to=account.email,
        lang=account.language,
        now=now,
        association=association,
        words=words,
    )


async def _to_owners(template: str, association: Association, about: Member, now: datetime) -> None:
    for owner in await _other_owners(association, about):
        with speaking(owner.language):
            link = urls.absolute("associations.members", association=association.public_id)
            role = _(ROLES[about.membership.role])
        await post(
            template,
            to=owner.email,
            lang=owner.language,
            now=now,
            link=link,
            name=association.name,
            member=about.name,
            email=about.account.email,
            role=role,
        )


async def _other_owners(association: Association, about: Member) -> Sequence[Account]:
    owners = await members_of(association.id, OWNERS)
    return [owner.account for owner in owners if owner.account.id != about.account.id]
