"""Staff passwords: argon2id, always computed in a thread and never many at once."""

import secrets

from anyio import CapacityLimiter, to_thread
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from marketplace.web.ids import ALPHABET

MIN_LENGTH, MAX_LENGTH = 12, 128
MIN_DIFFERENT = 5  # characters
PREFIX = "$argon2id$"

_hasher = PasswordHasher()
_few_at_once = CapacityLimiter(2)  # 64 MB each
# The hash of a password nobody knows: checked for an unknown name, so that it takes as long as a known one.
NOBODY = _hasher.hash(secrets.token_urlsafe(32))


class WeakPassword(ValueError):
    """The password would not protect a staff account; the message, for the shell, says why."""


def refuse_weak(password: str, username: str = "") -> None:
    """Let a password through only when it is long and varied enough.

    Raises:
        WeakPassword: it is not.
    """
    if not MIN_LENGTH <= len(password) <= MAX_LENGTH:
        raise WeakPassword(f"The password must have {MIN_LENGTH} to {MAX_LENGTH} characters.")
    if len(set(password)) < MIN_DIFFERENT:
        raise WeakPassword(f"The password must have at least {MIN_DIFFERENT} different characters.")
    if username and username.lower() in password.lower():
        raise WeakPassword("The password must not contain the user name.")


def new_password() -> str:
    """A fresh password of 99 bits, in groups that can be read aloud."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(5)) for _ in range(4))


def hash_now(password: str) -> str:
    """The hash, computed here: 50 ms of processor, for commands and for Piccolo's own calls."""
    return _hasher.hash(password)


async def hash_password(password: str) -> str:
    """The hash to store."""
    return await to_thread.run_sync(_hasher.hash, password, limiter=_few_at_once)


async def is_password(hashed: str, password: str) -> bool:
    """Whether the hash is this password's. Too long a password is no password."""
    return await to_thread.run_sync(_verify, hashed, password[: MAX_LENGTH + 1], limiter=_few_at_once)


def _verify(hashed: str, password: str) -> bool:
    try:
        return _hasher.verify(hashed, password)
    except (VerificationError, InvalidHashError):
        return False
