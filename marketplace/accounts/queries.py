"""Reading accounts and sessions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from marketplace import db
from marketplace.accounts.tables import Account, Session, SignIn
from marketplace.web.ids import fingerprint

SEEN_EVERY = timedelta(hours=1)  # a session's last use is noted this often, not at each page


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks at a page."""

    account_id: int
    session_id: int
    first_name: str
    family_name: str
    email: str
    language: str
    is_adult: bool  # attested
    has_associations: bool = False


async def viewer(token: str, now: datetime) -> Viewer | None:
    """Who holds this session's token, if it still stands."""
    rows = await db.fetch(
        """SELECT a.id, s.id AS session_id, a.first_name, a.family_name, a.email, a.language,
            a.adult_attested_on, s.seen_at,
            EXISTS (SELECT 1 FROM membership m WHERE m.account = a.id) AS has_associations
        FROM session s JOIN account a ON a.id = s.account WHERE s.token_hash = {} AND s.expires_at > {}""",
        fingerprint(token),
        now,
    )
    if not rows:
        return None
    row = rows[0]
    if row["seen_at"] < now - SEEN_EVERY:
        await Session.update({Session.seen_at: now}).where(Session.id == row["session_id"])
        await Account.update({Account.seen_at: now}).where(Account.id == row["id"])
    return Viewer(
        account_id=row["id"],
        session_id=row["session_id"],
        first_name=row["first_name"],
        family_name=row["family_name"],
        email=row["email"],
        language=row["language"],
        is_adult=row["adult_attested_on"] is not None,
        has_associations=bool(row["has_associations"]),
    )


async def account(account_id: int) -> Account | None:
    """The account of this id."""
    return await Account.objects().get(Account.id == account_id)


async def account_by_email(email: str) -> Account | None:
    """The account of this folded address."""
    return await Account.objects().get(Account.email == email)


async def sessions(account_id: int, now: datetime) -> Sequence[Session]:
    """Where this account is signed in, last used first."""
    return (
        await Session.objects()
        .where((Session.account == account_id) & (Session.expires_at > now))
        .order_by(Session.seen_at, ascending=False)
    )


async def open_request(browser: str, now: datetime) -> SignIn | None:
    """The newest sign-in under way in this browser."""
    return (
        await SignIn.objects()
        .where(
            (SignIn.browser_hash == fingerprint(browser))
            & SignIn.used_at.is_null()
            & (SignIn.expires_at > now)
        )
        .order_by(SignIn.id, ascending=False)
        .first()
    )


def session_name(session: Session) -> str:
    """A name for a session in URLs: neither its key nor its token."""
    return fingerprint(f"session {session.token_hash}")[:16]
