"""Reading saved searches, and the missions that are new to them."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from piccolo.columns.combination import And, Or

from marketplace import db
from marketplace.accounts.queries import account as account_by_id
from marketplace.accounts.queries import account_by_email
from marketplace.accounts.tables import Account
from marketplace.discovery import cards
from marketplace.discovery.saved_tables import SavedSearch
from marketplace.discovery.searches import Search
from marketplace.discovery.streams import Start, stream
from marketplace.errors import NotFound
from marketplace.missions.queries import MissionCard
from marketplace.volunteers.queries import is_known_minor
from marketplace.web.ids import fingerprint

UNCONFIRMED_LIFE = timedelta(days=7)
LISTED = 10  # missions in a mail
PAGE, MOST_PAGES = 50, 20  # looked through for one mail


@dataclass(frozen=True, slots=True)
class Matches:
    """The missions new to a search, newest first."""

    cards: list[MissionCard]  # LISTED at most
    more: bool


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who a saved search is mailed to."""

    email: str
    language: str


async def saved_by(account: Account) -> list[SavedSearch]:
    """What an account saved, and what its address confirmed without signing in; oldest first."""
    return await SavedSearch.objects().where(_of(account)).order_by(SavedSearch.id)


async def saved_search_of_account(account: Account, public_id: str) -> SavedSearch:
    """One of them. Somebody else's: NotFound."""
    row = await SavedSearch.objects().get(_of(account) & (SavedSearch.public_id == public_id))
    if row is None:
        raise NotFound
    return row


async def saved_search(public_id: str) -> SavedSearch | None:
    """The saved search of this public id, if it is still there."""
    return await SavedSearch.objects().get(SavedSearch.public_id == public_id)


async def waiting_for(secret: str, now: datetime) -> SavedSearch | None:
    """The one that the link of a mail would confirm."""
    return await SavedSearch.objects().get(
        (SavedSearch.link_hash == fingerprint(secret))
        & SavedSearch.confirmed_at.is_null()
        & (SavedSearch.created_at > now - UNCONFIRMED_LIFE)
    )


async def due(now: datetime, at_most: int) -> list[SavedSearch]:
    """Those whose turn has come, latest first served first."""
    return (
        await SavedSearch.objects()
        .where((SavedSearch.next_due_at <= now) & SavedSearch.paused_at.is_null())
        .order_by(SavedSearch.next_due_at, SavedSearch.id)
        .limit(at_most)
    )


async def recipient(saved: SavedSearch) -> Recipient | None:
    """Who gets its mails; None when it is a minor, or nobody any more."""
    by_account = saved.account is not None
    account = await (account_by_id(saved.account) if by_account else account_by_email(saved.email))
    if account and await is_known_minor(account.id):
        return None
    if by_account:
        return Recipient(account.email, account.language) if account else None
    return Recipient(saved.email, saved.language)


async def new_matches(search: Search, since: datetime, until: datetime, now: datetime) -> Matches:
    """The missions that answer a search and were published after `since`, `until` included."""
    found: list[MissionCard] = []
    start: Start | None = None
    search = replace(search, order="newest", cursor="")
    for _ in range(MOST_PAGES):
        hits = await stream(search, now, start, PAGE)
        listed = [one.card for one in await cards.found(search, hits, now)]
        published = await _published([card.public_id for card in listed])
        found += [card for card in listed if since < published.get(card.public_id, since) <= until]
        reached = any(at <= since for at in published.values())
        if reached or len(hits) < PAGE or len(found) > LISTED:
            break
        start = Start("next", hits[-1].key, hits[-1].id)
    return Matches(found[:LISTED], more=len(found) > LISTED)


async def _published(public_ids: Collection[str]) -> dict[str, datetime]:
    if not public_ids:
        return {}
    places = ", ".join(["{}"] * len(public_ids))
    rows = await db.fetch(
        f"""SELECT public_id, published_at FROM mission
        WHERE public_id IN ({places}) AND published_at IS NOT NULL""",  # noqa: S608 - only places for values
        *public_ids,
    )
    return {row["public_id"]: row["published_at"] for row in rows}


def _of(account: Account) -> And | Or:
    confirmed_by_address = (SavedSearch.email == account.email) & SavedSearch.confirmed_at.is_not_null()
    return (SavedSearch.account == account.id) | confirmed_by_address
