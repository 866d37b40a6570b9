"""The link in a volunteer's mail that leads to withdrawing: signed, so that nothing need be stored."""

from itsdangerous import BadData, URLSafeSerializer

from marketplace import settings
from marketplace.errors import NotFound


def withdrawal_token(public_id: str) -> str:
    """What the link of this application carries."""
    return _signer().dumps(public_id)


def application_of(token: str) -> str:
    """The application's public id. A token that is not ours: NotFound."""
    try:
        return str(_signer().loads(token))
    except BadData:
        raise NotFound from None


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(settings.current().secret_key, salt="withdrawal")
