"""Reading what the invited page asks, and the applications that stop somebody from becoming a member."""

from datetime import datetime

from marketplace import db
from marketplace.accounts.queries import account_by_email
from marketplace.applications.queries import CURRENT, OF_VOLUNTEER


async def is_nameless(email: str) -> bool:
    """Whether this address has no account, or one that goes by no name yet."""
    account = await account_by_email(email)
    return account is None or not account.first_name


async def current_in(association_id: int, volunteer_id: int, now: datetime) -> int:
    """How many current applications this volunteer has to the missions of an association."""
    rows = await db.fetch(
        f"SELECT count(*) AS held {OF_VOLUNTEER} AND m.association = {{}} AND {CURRENT}",
        volunteer_id,
        association_id,
        now,
    )
    return int(rows[0]["held"])
