"""The links in a volunteer's mails: signed, so that nothing need be stored."""

from datetime import datetime
from typing import Any

from itsdangerous import BadData, URLSafeSerializer

from marketplace import settings
from marketplace.applications.tables import Application
from marketplace.errors import NotFound


def withdrawal_token(public_id: str) -> str:
    """What the link to withdraw this application carries."""
    return _signer("withdrawal").dumps(public_id)


def application_of(token: str) -> str:
    """The application's public id. A token that is not ours: NotFound."""
    return str(_read("withdrawal", token))


def offer_token(application: Application) -> str:
    """What the link to answer this offer carries: it serves for this one, made at that instant."""
    return _signer("offer").dumps([application.public_id, application.status_at.isoformat()])


def offer_of(token: str) -> tuple[str, datetime]:
    """The application's public id, and when the place was offered. A token that is not ours: NotFound."""
    public_id, offered_at = _read("offer", token)
    return str(public_id), datetime.fromisoformat(offered_at)


def _read(salt: str, token: str) -> Any:
    try:
        return _signer(salt).loads(token)
    except BadData:
        raise NotFound from None


def _signer(salt: str) -> URLSafeSerializer:
    return URLSafeSerializer(settings.current().secret_key, salt=salt)
