"""Reading a private calendar by its link."""

from datetime import datetime, timedelta

from marketplace import db
from marketplace.accounts.queries import account
from marketplace.accounts.tables import Account
from marketplace.applications.queries import Candidacy, about_all
from marketplace.applications.tables import Application
from marketplace.errors import NotFound
from marketplace.exchange.calendar_tables import CalendarFeed
from marketplace.web.ids import fingerprint

KEPT = timedelta(days=30)  # what is over stays in the calendar for a while
MOST = 500


async def link_made_at(account_id: int) -> datetime | None:
    """Since when this account has a private link; None without one."""
    row = await CalendarFeed.objects().get(CalendarFeed.account == account_id)
    return row.created_at if row else None


async def follower(secret: str) -> Account:
    """Whose calendar this secret opens.

    Raises:
        NotFound: nobody's, or nobody's any more.
    """
    row = await CalendarFeed.objects().get(CalendarFeed.secret_hash == fingerprint(secret))
    found = await account(row.account) if row else None
    if found is None:
        raise NotFound
    return found


async def accepted_dates(account_id: int, now: datetime) -> list[Candidacy]:
    """The accepted applications of this account whose slot has a date, to come or lately over, in order."""
    rows = await db.fetch(
        f"""SELECT p.id FROM volunteer v JOIN application p ON p.volunteer = v.id
        JOIN slot s ON s.id = p.slot
        WHERE v.account = {{}} AND p.status = 'accepted' AND s.ends_at > {{}}
        ORDER BY s.starts_at, p.id LIMIT {MOST}""",  # noqa: S608 - our own constant
        account_id,
        now - KEPT,
    )
    ids = [row["id"] for row in rows]
    found = await Application.objects().where(Application.id.is_in(ids)) if ids else []
    by_id = {row.id: row for row in found}
    return await about_all([by_id[id_] for id_ in ids if id_ in by_id])
