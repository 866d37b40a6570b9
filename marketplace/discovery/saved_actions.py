"""Saving a search, with an account or by a mailed link; pausing, resuming, deleting and leaving it."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from marketplace import db
from marketplace.accounts.actions import attest_adult
from marketplace.accounts.errors import DeadLink
from marketplace.accounts.queries import account_by_email
from marketplace.accounts.tables import Account
from marketplace.discovery import saved_emails, saved_queries
from marketplace.discovery.saved_errors import AdultsOnly, TooMany
from marketplace.discovery.saved_policies import CONSENT_VERSION, first_due, free_number
from marketplace.discovery.saved_tables import SavedSearch
from marketplace.lifecycle import OutOfDate
from marketplace.volunteers.queries import is_known_minor
from marketplace.web.ids import fingerprint, new_public_id, new_secret


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody agreed to receive."""

    query: str
    frequency: str
    language: str


async def save(account: Account, wanted: Wanted, now: datetime) -> None:
    """Mail an adult (they just said so, or had) the new missions of a search; saved twice, it is one.

    Raises:
        AdultsOnly: the account is a minor's.
        TooMany: it has ten already.
    """
    async with db.transaction():
        await _own(account)
        await attest_adult(account, now)
        await _start(_row(wanted, now, account=account.id), await saved_queries.saved_by(account), now)


async def ask(email: str, wanted: Wanted, said: str, now: datetime) -> None:
    """Mail an address, known or not, the link that confirms it; until then nothing else is sent."""
    secret = new_secret()
    async with db.transaction():
        await SavedSearch.insert(_row(wanted, now, email=email, link_hash=fingerprint(secret)))
        await saved_emails.confirm_saved_search(email, wanted.language, said, secret, now)


async def confirm(secret: str, now: datetime) -> None:
    """Start what an address asked for, by its mailed link; an account's address gives it to the account.

    Raises:
        DeadLink: used, too old, or unknown.
        AdultsOnly, TooMany: as for `save`.
        OutOfDate: the same address confirmed something else at this very instant.
    """
    try:
        async with db.transaction():
            row = await saved_queries.waiting_for(secret, now)
            if row is None:
                raise DeadLink
            await _confirm(row, now)
    except Exception as error:
        if db.violated(error):
            raise OutOfDate from error
        raise


async def pause(saved: SavedSearch, now: datetime) -> None:
    """Send nothing until it is resumed."""
    await SavedSearch.update({SavedSearch.paused_at: now}).where(
        (SavedSearch.id == saved.id) & SavedSearch.paused_at.is_null()
    )


async def resume(saved: SavedSearch, now: datetime) -> None:
    """Send again what is published from now on."""
    await SavedSearch.update(_from(saved.frequency, now)).where(
        (SavedSearch.id == saved.id) & SavedSearch.paused_at.is_not_null()
    )


async def delete(saved: SavedSearch) -> None:
    """Forget it."""
    await SavedSearch.delete().where(SavedSearch.id == saved.id)


async def leave(public_id: str, now: datetime) -> None:
    """Stop the mails, from the mails: an account's search is paused, an address is forgotten with its own."""
    saved = await saved_queries.saved_search(public_id)
    if saved:
        await (pause(saved, now) if saved.account else delete(saved))


async def forget_unconfirmed(now: datetime) -> None:
    """Remove what was never confirmed."""
    await SavedSearch.delete().where(
        SavedSearch.confirmed_at.is_null() & (SavedSearch.created_at < now - saved_queries.UNCONFIRMED_LIFE)
    )


async def _own(account: Account) -> None:
    """Nobody else saves for this account until we commit."""
    await db.lock_row(Account, account.id)
    if await is_known_minor(account.id):
        raise AdultsOnly


async def _confirm(row: SavedSearch, now: datetime) -> None:
    account = await account_by_email(row.email)
    if account:
        await _own(account)
        others = await saved_queries.saved_by(account)
        row.account, row.email = account.id, None
    else:
        others = await SavedSearch.objects().where(
            (SavedSearch.email == row.email) & SavedSearch.confirmed_at.is_not_null()
        )
    still_waiting = (
        await SavedSearch.delete()
        .where((SavedSearch.id == row.id) & SavedSearch.confirmed_at.is_null())
        .returning(SavedSearch.id)
    )
    if not still_waiting:
        raise DeadLink
    await _start(row, others, now)


async def _start(row: SavedSearch, others: list[SavedSearch], now: datetime) -> None:
    """Begin to mail it, or change the one of the same search. Called inside a transaction."""
    same = next((other for other in others if other.query == row.query), None)
    agreed: dict[Any, Any] = {
        SavedSearch.consent_version: row.consent_version,
        SavedSearch.consented_at: row.consented_at,
        SavedSearch.frequency: row.frequency,
        SavedSearch.language: row.language,
    }
    if same:
        turn = _from(row.frequency, now)
        if same.paused_at is None:  # what it has not mailed yet stays to be mailed
            del turn[SavedSearch.seen_until]
        await SavedSearch.update(agreed | turn).where(SavedSearch.id == same.id)
        return
    number = free_number([other.number for other in others])
    if number is None:
        raise TooMany
    started = SavedSearch(
        public_id=row.public_id, account=row.account, email=row.email, query=row.query,
        created_at=row.created_at, confirmed_at=now, number=number,
    )  # fmt: skip
    for column, value in (agreed | _from(row.frequency, now)).items():
        setattr(started, column._meta.name, value)
    await SavedSearch.insert(started)


def _from(frequency: str, now: datetime) -> dict[Any, Any]:
    """What a search has when it starts, or starts again."""
    return {
        SavedSearch.paused_at: None,
        SavedSearch.seen_until: now,
        SavedSearch.next_due_at: first_due(frequency, now, secrets.randbelow(1000) / 1000),
    }


def _row(wanted: Wanted, now: datetime, **whose: Any) -> SavedSearch:
    return SavedSearch(
        public_id=new_public_id(),
        query=wanted.query,
        frequency=wanted.frequency,
        language=wanted.language,
        consent_version=CONSENT_VERSION,
        consented_at=now,
        created_at=now,
        **whose,
    )
