"""One person in two tabs: an adult in one and a minor in the other is not stored, whatever the order."""

import asyncio
from datetime import date

import pytest

from marketplace import check
from marketplace.accounts.tables import Account
from marketplace.applications import actions
from marketplace.applications.actions import Choices
from marketplace.associations import actions as associations
from marketplace.associations.queries import is_minor
from marketplace.associations.tables import Membership
from marketplace.consents.actions import GuardianAddress
from marketplace.missions.tables import Slot
from tests import make

pytestmark = pytest.mark.usefixtures("database", "site")


async def slot() -> Slot:
    return await make.only_slot(await make.mission(minors="open", starts_at=make.after(days=20)))


async def twice(account: Account) -> list[Account]:
    """As two requests read it."""
    rows = [await Account.objects().get(Account.id == account.id) for _ in range(2)]
    return [row for row in rows if row is not None]


async def test_two_birth_dates_at_once() -> None:
    for number in range(4):
        one, other = await twice(await make.account(adult_attested_on=None))
        guardian = GuardianAddress(f"parent{number}@example.org", "parent")
        await asyncio.gather(
            actions.apply(one, date(1990, 1, 1), [await slot()], Choices(), make.NOW),
            actions.apply(other, make.born(16), [await slot()], Choices(guardian=guardian), make.NOW),
            return_exceptions=True,
        )

    assert await check.broken(make.NOW) == {}


async def test_a_birth_date_while_an_association_is_made() -> None:
    for number in range(4):
        one, other = await twice(await make.account(adult_attested_on=None))
        guardian = GuardianAddress(f"parent{number}@example.org", "parent")
        await asyncio.gather(
            actions.apply(one, make.born(16), [await slot()], Choices(guardian=guardian), make.NOW),
            associations.create(other, {"name": "Le Banc"}, make.NOW),
            return_exceptions=True,
        )
        belongs = await Membership.exists().where(Membership.account == one.id)
        assert not (belongs and await is_minor(one.id))

    assert await check.broken(make.NOW) == {}
