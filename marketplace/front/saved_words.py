"""A saved search as the search page understands it, and in words."""

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import parse_qsl, urlencode

from marketplace.associations.queries import public_association
from marketplace.discovery import saved_mailing
from marketplace.discovery.saved_mailing import Read
from marketplace.errors import NotFound
from marketplace.front.around import around
from marketplace.front.criteria import one, pairs, problems, understood, without
from marketplace.front.facets import active
from marketplace.front.wanted import to_search
from marketplace.text import _

LONGEST = 2000  # characters of a query; the database says so too


def query_of(sent: Iterable[tuple[str, str]]) -> str:
    """What is kept of a search: its filters, neither its page nor its order; '' for all missions."""
    return urlencode(pairs(without(understood(sent), "ordre", "suite")))


def query_again(query: str) -> str:
    """The same of a query that comes back in a form, whatever was made of it."""
    return query_of(parse_qsl(query))


async def read(query: str) -> Read | None:
    """A kept query, understood; None when its place, association or dates make no sense (any more)."""
    asked = understood(parse_qsl(query))
    place = await around(one(asked, "ou"))
    association = await _association_name(one(asked, "association"))
    if association is None or place.problem or list(problems(asked)) or len(query) > LONGEST:
        return None
    labels = [
        filter_.label for filter_ in active(asked, place.commune.name if place.commune else "", association)
    ]
    return Read(
        to_search(asked, place), ", ".join(label for label in labels if label) or _("toutes les missions")
    )


async def said_of(query: str) -> str:
    """A kept query in words; '' when it makes no sense (any more)."""
    understood = await read(query)
    return understood.said if understood else ""


async def send_due(now: datetime) -> int:
    """The job: mail what is new to the saved searches whose turn has come."""
    return await saved_mailing.send_due(read, now)


async def _association_name(public_id: str) -> str | None:
    """Its name, '' when none is asked for, None when it is no longer public."""
    try:
        return str((await public_association(public_id)).name) if public_id else ""
    except NotFound:
        return None
