"""Names for rows that people may see, and secrets for links: the integer key never leaves the database."""

import hashlib
import secrets

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # no 0/o, 1/i/l: people read these aloud
PUBLIC_ID_LENGTH = 12  # 31^12: about 59 bits, not to be guessed


def new_public_id() -> str:
    """A fresh random public id."""
    return "".join(secrets.choice(ALPHABET) for _ in range(PUBLIC_ID_LENGTH))


def new_secret() -> str:
    """A fresh 32-byte secret for a link or a cookie, URL-safe."""
    return secrets.token_urlsafe(32)


def fingerprint(secret: str) -> str:
    """What is stored in place of a secret of 128 bits or more: its SHA-256, in hexadecimal."""
    return hashlib.sha256(secret.encode()).hexdigest()


def may_be_public_id(text: str) -> bool:
    """Whether what a cookie or a query string holds has the shape of a public id.

    PostgreSQL would break on a zero byte, say; `routing` has looked at what a path holds.
    """
    return len(text) == PUBLIC_ID_LENGTH and set(text) <= set(ALPHABET)
