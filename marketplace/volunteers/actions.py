"""Becoming a volunteer, and saying one's age. Both are called inside a transaction."""

from datetime import date, datetime

from marketplace import db
from marketplace.accounts import actions as accounts
from marketplace.accounts.tables import Account
from marketplace.errors import NotFound
from marketplace.volunteers import queries
from marketplace.volunteers.policies import is_minor_on
from marketplace.volunteers.tables import BirthDate, Volunteer
from marketplace.web.clock import paris_day


async def become_volunteer(account: Account, born_on: date | None, now: datetime) -> Volunteer:
    """The volunteer this account is, made if need be, with what is known of their age.

    An age already known is not changed by a later form. An adult's birth date is not kept.
    """
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
    if account.adult_attested_on is None and await queries.birth_date(volunteer.id) is None:
        if is_minor_on(born_on, paris_day(now)):
            await BirthDate.insert(BirthDate(volunteer=volunteer.id, born_on=born_on))
        elif born_on is not None:
            await accounts.attest_adult(account, now)
    return volunteer
