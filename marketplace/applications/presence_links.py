"""Links in mails about a slot: signed, so that nothing need be stored. One kind opens nothing of another."""

from enum import StrEnum

from itsdangerous import BadData, URLSafeSerializer

from marketplace import settings
from marketplace.errors import NotFound


class Opens(StrEnum):
    """What a link is for."""

    PRESENCE = "presence"
    FEEDBACK = "feedback"


def token(opens: Opens, public_id: str) -> str:
    """What the link of this application carries."""
    return _signer(opens).dumps(public_id)


def application_of(opens: Opens, token: str) -> str:
    """The application's public id. A token that is not ours, or for something else: NotFound."""
    try:
        return str(_signer(opens).loads(token))
    except BadData:
        raise NotFound from None


def _signer(opens: Opens) -> URLSafeSerializer:
    return URLSafeSerializer(settings.current().secret_key, salt=opens.value)
