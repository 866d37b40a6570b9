"""The link by which members say that a mission still stands: signed, so that nothing need be stored."""

from itsdangerous import BadData, URLSafeSerializer

from marketplace import settings
from marketplace.errors import NotFound


def standing_token(public_id: str) -> str:
    """What the link of this mission carries."""
    return _signer().dumps(public_id)


def mission_of(token: str) -> str:
    """The mission's public id. A token that is not ours: NotFound."""
    try:
        return str(_signer().loads(token))
    except BadData:
        raise NotFound from None


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(settings.current().secret_key, salt="mission stands")
