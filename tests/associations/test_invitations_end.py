"""Whoever may invite no more leaves no open invitation behind: they could come back by one."""

import pytest

from marketplace.accounts.tables import Account
from marketplace.associations import invitation_actions, member_actions
from marketplace.associations.invitation_tables import Invitation
from marketplace.associations.lifecycle import Role
from marketplace.associations.tables import Association, Membership
from marketplace.missions import hand_over_actions
from tests import make

pytestmark = pytest.mark.usefixtures("database", "site")


async def owners() -> tuple[Association, Account, Account, str]:
    """An association, its first owner, a second one who invites, and the second one's name as a member."""
    first, second = await make.account(), await make.account()
    association = await make.association(owner=first)
    member = await make.member(association, second, role=Role.OWNER)
    await invitation_actions.invite(association, second, "autre@example.org", Role.OWNER, make.NOW)
    await invitation_actions.invite(association, first, "une@example.org", Role.OWNER, make.NOW)
    return association, first, second, member.public_id


async def still_open() -> list[str]:
    return [row.email for row in await Invitation.objects().where(Invitation.ended_at.is_null())]


async def test_of_somebody_who_is_removed() -> None:
    association, first, _, name = await owners()

    await hand_over_actions.depart(association, first, name, {}, "", make.NOW)

    assert await still_open() == ["une@example.org"]
    assert await Membership.count() == 1


async def test_of_somebody_who_is_an_owner_no_more() -> None:
    association, first, _, name = await owners()

    await member_actions.change_role(association, first, name, Role.MANAGER, make.NOW)

    assert await still_open() == ["une@example.org"]


async def test_not_of_somebody_who_stays_an_owner() -> None:
    association, first, _, name = await owners()

    await member_actions.change_role(association, first, name, Role.OWNER, make.NOW)

    assert len(await still_open()) == 2
