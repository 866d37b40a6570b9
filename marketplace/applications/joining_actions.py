"""Becoming a member by an invitation: above associations, as members hold no application to their own."""

from dataclasses import dataclass
from datetime import datetime

from marketplace import db
from marketplace.accounts import actions as accounts
from marketplace.accounts import queries as account_queries
from marketplace.accounts.tables import Account
from marketplace.applications import joining_queries
from marketplace.applications.joining_errors import HasApplications
from marketplace.associations import invitation_actions, invitation_queries
from marketplace.associations.errors import AdultsOnly
from marketplace.associations.tables import Association
from marketplace.text import _, language
from marketplace.volunteers import queries as volunteers
from marketplace.volunteers.tables import Volunteer


@dataclass(frozen=True, slots=True)
class Joined:
    """Who joined what. `token` is a session's, '' where the account was there before: see `join`."""

    account: Account
    association: Association
    token: str


async def join(secret: str, device: str, now: datetime, names: tuple[str, str] = ("", "")) -> Joined:
    """Make the account of the invited address a member; they have just said they are an adult.

    `names` (first and family name) are for a new account, or one without any.
    The link lives for a fortnight, a sign-in ten minutes: it signs in to the account it makes, never to one
    that was there before.

    Raises:
        InvitationGone: the link is dead.
        AdultsOnly: the account is a minor's.
        HasApplications: they have current applications to the association's missions.
    """
    async with db.transaction():
        invited = await invitation_queries.invited_by_link(secret, now)
        await db.lock_row(Association, invited.association.id)
        invited = await invitation_queries.invited_by_link(secret, now)
        known = await account_queries.account_by_email(invited.invitation.email)
        account = await accounts.find_or_make(invited.invitation.email, *names, language(), now)
        await db.lock_row(Account, account.id)  # before the volunteer, as applying does
        await _check(account, invited.association, now)
        await accounts.attest_adult(account, now)
        await invitation_actions.become_member(invited.invitation, account, now)
        token = "" if known else await accounts.start_session(account, device, now)
        return Joined(account, invited.association, token)


async def _check(account: Account, association: Association, now: datetime) -> None:
    volunteer = await volunteers.volunteer_of(account.id)
    if volunteer is None:
        return
    await db.lock_row(Volunteer, volunteer.id)  # as applying does: either sees the other
    if await volunteers.birth_date(volunteer.id) is not None:
        raise AdultsOnly(
            _(
                "Tu as moins de 18 ans : les membres d’une association sont majeurs ici. "
                "Tu peux aider dans les missions ouvertes aux mineurs."
            )
        )
    if held := await joining_queries.current_in(association.id, volunteer.id, now):
        raise HasApplications(held)
