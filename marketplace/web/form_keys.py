"""The one-time key of each form: signed, and bound to the browser's session."""

import hmac
import secrets
from datetime import timedelta

from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.requests import Request

from marketplace import settings
from marketplace.web.ids import fingerprint

FORM_LIFE = timedelta(days=7)  # a page may stay open over a week-end
BOUND_COOKIES = ("session", "browser", "id")  # by which somebody is known; `link_…` cookies count too


def new_key(request: Request) -> str:
    """A fresh key for a form shown to this browser."""
    return _signer().dumps([secrets.token_urlsafe(12), _binding(request)])


def is_ours(key: str) -> bool:
    """Whether we made this key, less than FORM_LIFE ago."""
    return _read(key) is not None


def belongs(key: str, request: Request) -> bool:
    """Whether we made this key for this browser."""
    read = _read(key)
    return read is not None and hmac.compare_digest(read[1], _binding(request))


def _read(key: str) -> tuple[str, str] | None:
    try:
        nonce, binding = _signer().loads(key, max_age=int(FORM_LIFE.total_seconds()))
    except (BadSignature, ValueError, TypeError):
        return None
    return str(nonce), str(binding)


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(settings.current().secret_key, salt="form key")


def _binding(request: Request) -> str:
    known = [
        f"{name}={value}"
        for name, value in sorted(request.cookies.items())
        if name.removeprefix("__Host-") in BOUND_COOKIES or name.startswith("link_")
    ]
    return fingerprint(";".join(known))[:22]
