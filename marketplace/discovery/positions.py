"""Where a page starts: a key of its order and a row, signed into a cursor that shows neither."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from itsdangerous import BadSignature, URLSafeSerializer

from marketplace import settings
from marketplace.discovery.searches import Order, Search
from marketplace.discovery.statements import place_of

Direction = Literal["next", "previous"]
Key = int | float | datetime  # sorted by it, then newest first


@dataclass(frozen=True, slots=True)
class Position:
    """Between two rows: after this key and search row, or before them."""

    direction: Direction
    key: Key
    public_id: str  # of the mission


def order_of(search: Search) -> Order:
    """The order that will be: newest first where what another needs is not given."""
    if search.order == "nearest" and place_of(search) is None:
        return "newest"
    return search.order if search.order != "relevance" or search.words.strip() else "newest"


def write(search: Search, position: Position) -> str:
    """The cursor of a position. It names the mission by its public id, which is no secret."""
    key = position.key.isoformat() if isinstance(position.key, datetime) else position.key
    return str(_serializer().dumps([_of(search), position.direction, key, position.public_id]))


def read(search: Search) -> Position | None:
    """The position a search starts from; None: the first page, also for a cursor of another search."""
    if not search.cursor:
        return None
    try:
        of, direction, key, public_id = _serializer().loads(search.cursor)
    except (BadSignature, ValueError):
        return None
    if of != _of(search):
        return None
    return Position(direction, _key(key), public_id)


def _key(value: Any) -> Key:
    return datetime.fromisoformat(value) if isinstance(value, str) else value


def _of(search: Search) -> str:
    """What makes keys comparable: the order, and what it is counted from."""
    about = f"{order_of(search)}|{search.words}|{place_of(search)}"
    return hashlib.sha256(about.encode("utf-8", "replace")).hexdigest()[:8]


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(settings.current().secret_key, salt="a position in a search")
