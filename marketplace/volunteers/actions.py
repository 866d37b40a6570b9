"""Becoming a volunteer, saying one's age, and what one looks for."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from marketplace import db
from marketplace.accounts import actions as accounts
from marketplace.accounts.tables import Account
from marketplace.errors import NotFound
from marketplace.volunteers import queries
from marketplace.volunteers.policies import is_minor_on
from marketplace.volunteers.tables import BirthDate, Preferences, Volunteer
from marketplace.web.clock import paris_day


async def become_volunteer(account: Account, born_on: date | None, now: datetime) -> Volunteer:
    """The volunteer this account is, made if need be, with what is known of their age.

    An age already known is not changed by a later form. An adult's birth date is not kept.
    Called inside a transaction.
    """
    await db.lock_row(Account, account.id)  # always before the volunteer: confirming writes the account first
    await db.fetch(
        """INSERT INTO volunteer (account, created_at) VALUES ({}, {})
        ON CONFLICT (account) DO NOTHING RETURNING id""",
        account.id,
        now,
    )
    volunteer = await queries.volunteer_of(account.id)
    if volunteer is None:
        raise NotFound
    await db.lock_row(Volunteer, volunteer.id)
    said = await Account.select(Account.adult_attested_on).where(Account.id == account.id).first()
    account.adult_attested_on = said["adult_attested_on"] if said else None  # perhaps in another tab
    if account.adult_attested_on is None and await queries.birth_date(volunteer.id) is None:
        if is_minor_on(born_on, paris_day(now)):
            await BirthDate.insert(BirthDate(volunteer=volunteer.id, born_on=born_on))
        elif born_on is not None:
            await accounts.attest_adult(account, now)
    return volunteer


async def state_preferences(account: Account, columns: Mapping[str, Any], now: datetime) -> Preferences:
    """Keep what this account says it looks for, in place of what it said before.

    Whoever never offered time becomes a volunteer, whose age is not known yet: it is asked when they apply.
    """
    async with db.transaction():
        volunteer = await become_volunteer(account, None, now)  # its row is locked: one writer at a time
        row = await Preferences.objects().get(Preferences.volunteer == volunteer.id)
        row = row or Preferences(volunteer=volunteer.id)
        for name, value in {**columns, "updated_at": now}.items():
            setattr(row, name, value)
        await row.save()
    return row


async def forget_preferences(account: Account) -> None:
    """Erase what this account says it looks for; nothing else of it changes."""
    volunteer = await queries.volunteer_of(account.id)
    if volunteer is not None:
        await Preferences.delete().where(Preferences.volunteer == volunteer.id)
