"""The codes of a moderator's authenticator: six digits every 30 seconds (RFC 6238), each good once."""

import base64
import hashlib
import hmac
import logging
from datetime import datetime

import pyotp
from cryptography.fernet import Fernet, InvalidToken

from marketplace import settings

logger = logging.getLogger(__name__)

STEP_SECONDS = 30
WINDOW = 1  # steps before and after: a telephone's clock may be half a minute off


def new_secret() -> str:
    """A fresh secret, as the authenticator wants it."""
    return pyotp.random_base32()


def seal(secret: str) -> str:
    """The secret as stored: a stolen database does not give codes away."""
    return _cipher().encrypt(secret.encode()).decode()


def unseal(sealed: str) -> str | None:
    """The secret again, or None when it was sealed with another key of the site."""
    try:
        return _cipher().decrypt(sealed.encode()).decode()
    except InvalidToken:
        logger.error("A moderator's TOTP secret was sealed with another MARKETPLACE_SECRET_KEY")
        return None


def uri(secret: str, username: str) -> str:
    """The otpauth address that enrols an authenticator."""
    return pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name=settings.current().site_name)


def code_at(secret: str, now: datetime) -> str:
    """The code an authenticator shows at this instant."""
    return pyotp.TOTP(secret).generate_otp(_step(now))


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """Which step this code belongs to, among those accepted now; None when it is none of them."""
    totp, found = pyotp.TOTP(secret), None
    for step in range(_step(now) - WINDOW, _step(now) + WINDOW + 1):
        if hmac.compare_digest(totp.generate_otp(step).encode(), code.encode()):
            found = step
    return found


def _step(now: datetime) -> int:
    return int(now.timestamp()) // STEP_SECONDS


def _cipher() -> Fernet:
    key = hmac.new(settings.current().secret_key.encode(), b"moderators' TOTP", hashlib.sha256).digest()
    return Fernet(base64.urlsafe_b64encode(key))
