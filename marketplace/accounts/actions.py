"""Signing in and out, and one's name and address."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from marketplace import db
from marketplace.accounts import emails, queries
from marketplace.accounts.errors import DeadLink, EmailTaken, NotHere
from marketplace.accounts.lifecycle import Purpose
from marketplace.accounts.policies import CODE_ATTEMPTS
from marketplace.accounts.tables import Account, Session, SignIn
from marketplace.errors import NotFound
from marketplace.text import language
from marketplace.web.clock import paris_day
from marketplace.web.ids import fingerprint, new_secret
from marketplace.web.limits import keyed

LINK_LIFE = timedelta(minutes=10)
SESSION_LIFE = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A fresh session: its token goes in a cookie and nowhere else; '' of whoever was signed in already."""

    account: Account
    token: str
    next_path: str


async def ask_sign_in(email: str, browser: str, next_path: str, now: datetime) -> None:
    """Mail a link and a code to an address, known or not: the work done is the same."""
    async with db.transaction():
        secret, code = await _new_request(Purpose.SIGN_IN, email, None, browser, next_path, now)
        await emails.sign_in(email, secret, code, language(), now)


async def ask_email_change(account: Account, email: str, browser: str, now: datetime) -> None:
    """Mail a link and a code to the new address, and a word to the old one. Taken addresses look the same."""
    async with db.transaction():
        secret, code = await _new_request(Purpose.CHANGE_EMAIL, email, account.id, browser, "", now)
        await emails.confirm_new_email(email, secret, code, account.language, now)
        await emails.email_change_asked(account.email, account.language, now)


async def use_link(secret: str, device: str, now: datetime, viewer: int | None = None) -> SignedIn:
    """Sign in by the mailed link, or change the address of the account that looks (`viewer`).

    Raises:
        DeadLink: used, replaced, expired or unknown.
        NotHere: a change of address, opened by somebody else than who asked for it.
        EmailTaken: the new address got an account meanwhile.
    """
    async with db.transaction():
        request = await SignIn.objects().get(SignIn.link_hash == fingerprint(secret))
        return await _use(request, device, now, viewer)


async def use_code(
    browser: str, code: str, device: str, now: datetime, viewer: int | None = None
) -> SignedIn | None:
    """The same by the code, in the browser that asked; None when the code is wrong.

    Raises:
        DeadLink: too many tries, or no sign-in under way in this browser.
    """
    async with db.transaction():
        request = await queries.open_request(browser, now)
        if request is None or not await _try_code(request):
            raise DeadLink
        if not hmac.compare_digest(request.code_hash, _code_hash(browser, code)):
            return None
        return await _use(request, device, now, viewer)


async def start_session(account: Account, device: str, now: datetime) -> str:
    """A new session's token. Called inside a transaction."""
    token = new_secret()
    await Session.insert(
        Session(
            account=account.id,
            token_hash=fingerprint(token),
            device=device[:120],
            created_at=now,
            seen_at=now,
            expires_at=now + SESSION_LIFE,
        )
    )
    return token


async def end_session(account_id: int, session_id: int) -> None:
    """Sign a browser out."""
    await Session.delete().where((Session.id == session_id) & (Session.account == account_id))


async def find_or_make(email: str, first_name: str, family_name: str, lang: str, now: datetime) -> Account:
    """The account of a confirmed address; a new one takes these names. Called inside a transaction."""
    await db.fetch(
        """INSERT INTO account (email, first_name, family_name, language, created_at, seen_at)
        VALUES ({}, {}, {}, {}, {}, {}) ON CONFLICT (email) DO NOTHING RETURNING id""",
        email, first_name, family_name, lang, now, now,
    )  # fmt: skip
    account = await queries.account_by_email(email)
    if account is None:
        raise NotFound
    if not account.first_name and first_name:
        await rename(account, first_name, family_name)
    return account


async def rename(account: Account, first_name: str, family_name: str) -> None:
    """Change the names an account goes by."""
    account.first_name, account.family_name = first_name, family_name
    await account.save([Account.first_name, Account.family_name])


async def choose_language(account: Account, lang: str) -> None:
    """The language of this account's e-mails: one of text.LANGUAGES."""
    account.language = lang
    await account.save([Account.language])


async def attest_adult(account: Account, now: datetime) -> None:
    """Note that the holder says they are an adult; no birth date is kept."""
    if account.adult_attested_on is None:
        account.adult_attested_on = paris_day(now)
        await account.save([Account.adult_attested_on])


async def forget_old(now: datetime) -> None:
    """Remove sessions and sign-ins that are over."""
    await Session.delete().where(Session.expires_at < now)
    await SignIn.delete().where(SignIn.expires_at < now - timedelta(days=1))


async def _new_request(
    purpose: Purpose, email: str, account: int | None, browser: str, next_path: str, now: datetime
) -> tuple[str, str]:
    secret, code = new_secret(), f"{secrets.randbelow(1_000_000):06}"
    await SignIn.insert(
        SignIn(
            purpose=purpose,
            email=email,
            account=account,
            link_hash=fingerprint(secret),
            code_hash=_code_hash(browser, code),
            browser_hash=fingerprint(browser),
            next_path=next_path,
            created_at=now,
            expires_at=now + LINK_LIFE,
        )
    )
    return secret, code


def _code_hash(browser: str, code: str) -> str:
    return keyed(f"{browser} {code}")


async def _try_code(request: SignIn) -> bool:
    """Count a try before looking at the code: those made at the same time count too."""
    counted = (
        await SignIn.update({SignIn.attempts: SignIn.attempts + 1})
        .where((SignIn.id == request.id) & (SignIn.attempts < CODE_ATTEMPTS))
        .returning(SignIn.id)
    )
    return bool(counted)


async def _use(request: SignIn | None, device: str, now: datetime, viewer: int | None) -> SignedIn:
    if request is None or request.used_at is not None or request.expires_at <= now:
        raise DeadLink
    if request.purpose == Purpose.CHANGE_EMAIL and request.account != viewer:
        raise NotHere  # the new address may be a stranger's: it alone opens nothing
    used = (
        await SignIn.update({SignIn.used_at: now})
        .where((SignIn.id == request.id) & SignIn.used_at.is_null())
        .returning(SignIn.id)
    )
    if not used:
        raise DeadLink
    if request.purpose == Purpose.CHANGE_EMAIL:
        return SignedIn(await _change_email(request, now), "", request.next_path)
    account = await find_or_make(request.email, "", "", language(), now)
    return SignedIn(account, await start_session(account, device, now), request.next_path)


async def _change_email(request: SignIn, now: datetime) -> Account:
    account = await queries.account(request.account)
    if account is None:
        raise DeadLink
    if await queries.account_by_email(request.email):
        raise EmailTaken
    old, account.email = account.email, request.email
    await account.save([Account.email])
    for address in (old, account.email):
        await emails.email_changed(address, account.language, now)
    return account
