"""The link of every such mail that stops them: signed, so that it works for ever, and nothing is stored."""

from itsdangerous import BadData, URLSafeSerializer

from marketplace import settings
from marketplace.errors import NotFound


def stop_token(public_id: str) -> str:
    """What the link of this saved search carries."""
    return _signer().dumps(public_id)


def saved_search_of(token: str) -> str:
    """The saved search's public id. A token that is not ours: NotFound."""
    try:
        return str(_signer().loads(token))
    except BadData:
        raise NotFound from None


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(settings.current().secret_key, salt="saved search")
