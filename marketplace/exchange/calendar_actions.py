"""Making and ending the private link of a calendar."""

from datetime import datetime

from marketplace import db
from marketplace.exchange.calendar_tables import CalendarFeed
from marketplace.web.ids import fingerprint, new_secret


async def make_link(account_id: int, now: datetime) -> str:
    """A new secret, the only one that opens this account's calendar from now on. It is told once."""
    secret = new_secret()
    await db.fetch(
        """INSERT INTO calendar_feed (account, secret_hash, created_at) VALUES ({}, {}, {})
        ON CONFLICT (account) DO UPDATE
            SET secret_hash = excluded.secret_hash, created_at = excluded.created_at
        RETURNING id""",
        account_id,
        fingerprint(secret),
        now,
    )
    return secret


async def end_link(account_id: int) -> None:
    """The link opens nothing any more."""
    await CalendarFeed.delete().where(CalendarFeed.account == account_id)
