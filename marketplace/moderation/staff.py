"""Staff accounts: made by a command, opened by a password and a code together."""

import io
from dataclasses import dataclass
from datetime import datetime

import segno
from email_validator import EmailNotValidError, validate_email

from marketplace import db
from marketplace.accounts.policies import fold_email
from marketplace.lifecycle import By, note
from marketplace.moderation import passwords, totp
from marketplace.moderation.tables import Moderator, ModeratorSession, naive
from marketplace.web.typed import clean

MAX_USERNAME = 100
SECRET_OF_NOBODY = totp.new_secret()  # for an unknown name: the work done is the same


class BadModerator(ValueError):
    """A name or an address that cannot be taken; the message is for the shell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """What is said once, when a staff account is made: none of it can be read again."""

    username: str
    password: str | None  # None: the one that was given
    secret: str
    uri: str  # otpauth://…
    qr: str  # the same, to be scanned from the terminal


async def create_moderator(username: str, email: str, password: str | None, now: datetime) -> Enrolment:
    """Make a staff account. `email` is the holder's public address: they never decide about their own
    associations. Without a password, one is made.

    Raises:
        WeakPassword: too short or too plain.
        BadModerator: the name or the address is wrong, or taken.
    """
    username, email = username.strip().lower(), _address(email)
    if not username or len(username) > MAX_USERNAME or not username.isprintable():
        raise BadModerator(f"The user name must have 1 to {MAX_USERNAME} characters.")
    given = clean(password or "") or passwords.new_password()
    passwords.refuse_weak(given, username)
    hashed, secret = await passwords.hash_password(given), totp.new_secret()
    async with db.transaction():
        if await Moderator.exists().where((Moderator.username == username) | (Moderator.email == email)):
            raise BadModerator("This user name or this e-mail already has a staff account.")
        moderator = Moderator(
            username=username,
            email=email,
            password=hashed,
            active=True,
            admin=True,
            totp_secret=totp.seal(secret),
        )
        await moderator.save()
        await note("moderator", moderator.id, "", "active", By.MODERATOR, now)
    uri = totp.uri(secret, username)
    return Enrolment(
        username=username, password=None if password else given, secret=secret, uri=uri, qr=_drawn(uri)
    )


def instructions(enrolment: Enrolment) -> str:
    """What the shell shows, once, to whoever made the account."""
    password = enrolment.password or "the one you gave"
    return (
        f"{enrolment.qr}\nUser name: {enrolment.username}\nPassword: {password}\n"
        f"Second factor: scan the square above, or type {enrolment.secret} in an authenticator.\n"
        f"{enrolment.uri}\nNone of this can be shown again."
    )


async def sign_in(username: str, password: str, code: str, now: datetime) -> str | None:
    """A new session's token, or None whichever of the three is wrong: as long in every case."""
    moderator = await Moderator.objects().get(Moderator.username == username.strip().lower())
    hashed, sealed = (
        (moderator.password, moderator.totp_secret)
        if moderator
        else (passwords.NOBODY, totp.seal(SECRET_OF_NOBODY))
    )
    password_is_right = await passwords.is_password(hashed, password)
    secret = totp.unseal(sealed)
    step = totp.step_of(secret, code, now) if secret else None
    if moderator is None or not moderator.active or not password_is_right or step is None:
        return None
    async with db.transaction():
        if not await _spend(moderator.id, step, now):
            return None
        return await ModeratorSession.open_for(moderator.id, now)


async def moderator_of(token: str, now: datetime) -> Moderator | None:
    """Who holds this session's token, if it and the account still stand."""
    moderator_id = await ModeratorSession.holder(token, now) if token else None
    if moderator_id is None:
        return None
    return await Moderator.objects().get(
        (Moderator.id == moderator_id) & Moderator.active.eq(True) & Moderator.admin.eq(True)
    )


async def sign_out(token: str) -> None:
    """End this session."""
    await ModeratorSession.remove_session(token)


async def forget_old(now: datetime) -> None:
    """Remove the sessions that are over."""
    await ModeratorSession.delete().where(
        (ModeratorSession.expiry_date < naive(now)) | (ModeratorSession.max_expiry_date < naive(now))
    )


async def _spend(moderator_id: int, step: int, now: datetime) -> bool:
    """Take a code's step, once: neither it nor an earlier one opens anything again."""
    taken = (
        await Moderator.update({Moderator.totp_last_step: step, Moderator.last_login: naive(now)})
        .where((Moderator.id == moderator_id) & (Moderator.totp_last_step < step))
        .returning(Moderator.id)
    )
    return bool(taken)


def _address(email: str) -> str:
    try:
        return fold_email(validate_email(email, check_deliverability=False).normalized)
    except EmailNotValidError:
        raise BadModerator("The e-mail address is not complete.") from None


def _drawn(uri: str) -> str:
    out = io.StringIO()
    segno.make(uri, error="l").terminal(out=out, compact=True)
    return out.getvalue()
