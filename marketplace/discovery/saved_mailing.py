"""The job that mails the new missions of saved searches."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from marketplace import db
from marketplace.discovery import saved_emails, saved_queries
from marketplace.discovery.saved_policies import next_due
from marketplace.discovery.saved_tables import SavedSearch
from marketplace.discovery.searches import Search
from marketplace.jobs.rows import one_by_one
from marketplace.text import speaking

BATCH = 100
SETTLED = timedelta(minutes=10)  # what was published since may not be in the index yet: next time


@dataclass(frozen=True, slots=True)
class Read:
    """A saved query understood: what to search for, and how to say it in the language being spoken."""

    search: Search
    said: str


Reader = Callable[[str], Awaitable[Read | None]]


async def send_due(read: Reader, now: datetime) -> int:
    """Mail each search whose turn has come; how many mails were written. Nothing new, no mail.

    `read` understands a query as the search page does, None when it no longer can. Several processes may run
    this at once: a turn belongs to whoever moves its due date. One that fails comes back at its next turn,
    with the missions of both.

    Raises:
        Exception: the first failure, once all the others were mailed.
    """

    async def mail(saved: SavedSearch) -> bool:
        return await _claim(saved, now) and await _mail(saved, read, now)

    return await one_by_one(await saved_queries.due(now, BATCH), mail)


async def _claim(saved: SavedSearch, now: datetime) -> bool:
    claimed = (
        await SavedSearch.update({SavedSearch.next_due_at: next_due(saved.frequency, saved.next_due_at, now)})
        .where(
            (SavedSearch.id == saved.id)
            & (SavedSearch.next_due_at == saved.next_due_at)
            & SavedSearch.paused_at.is_null()
        )
        .returning(SavedSearch.id)
    )
    return bool(claimed)


async def _mail(saved: SavedSearch, read: Reader, now: datetime) -> bool:
    to, until = await saved_queries.recipient(saved), now - SETTLED
    if to is None:
        return False
    with speaking(to.language):
        understood = await read(saved.query)
    if understood is None or until <= saved.seen_until:
        return False
    matches = await saved_queries.new_matches(understood.search, saved.seen_until, until, now)
    async with db.transaction():
        seen = (
            await SavedSearch.update({SavedSearch.seen_until: until})
            .where(
                (SavedSearch.id == saved.id)
                & (SavedSearch.seen_until == saved.seen_until)
                & SavedSearch.paused_at.is_null()
            )
            .returning(SavedSearch.id)
        )
        if seen and matches.cards:
            await saved_emails.saved_search_matches(to, saved, understood.said, matches, now)
    return bool(seen and matches.cards)
