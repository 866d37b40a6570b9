"""Applications as entries of a calendar, in the words of their volunteer."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from marketplace.applications.lifecycle import Status
from marketplace.applications.queries import Candidacy
from marketplace.missions import calendar
from marketplace.missions.calendar import Entry, Method
from marketplace.missions.lifecycle import PlaceKind
from marketplace.text import speaking
from marketplace.web import urls


def accepted(found: Sequence[Candidacy], now: datetime) -> str:
    """The calendar of the mail that says yes; '' when none of the slots has a date."""
    return _message(found, Method.PUBLISH, now)


def ended(found: Sequence[Candidacy], now: datetime) -> str:
    """What removes the slots that were accepted from a calendar; '' when there is nothing to remove."""
    accepted = [one for one in found if one.application.accepted_at is not None]
    return _message(accepted, Method.CANCEL, now) if accepted else ""


def feed(found: Sequence[Candidacy], language: str, now: datetime) -> str:
    """A volunteer's accepted slots, to subscribe to."""
    with speaking(language):
        return calendar.feed(_entries(found), now)


def _message(found: Sequence[Candidacy], method: Method, now: datetime) -> str:
    if found[0].account is None:
        return ""
    with speaking(found[0].account.language):
        return calendar.message(_entries(found), method, now)


def _entries(found: Iterable[Candidacy]) -> list[Entry]:
    return [
        Entry(
            name=one.application.public_id,
            starts_at=one.slot.starts_at,
            ends_at=one.slot.ends_at,
            where=_where(one),
            link=urls.absolute("applications.show", application=one.application.public_id),
            edition=_edition(one),
        )
        for one in found
        if one.slot.starts_at and one.slot.ends_at
    ]


def _where(found: Candidacy) -> str:
    """The exact address, for somebody accepted; without its street where that would name the association."""
    mission = found.mission
    if mission.place_kind == PlaceKind.REMOTE or found.application.status != Status.ACCEPTED:
        return ""
    names_it = found.association.name.casefold() in mission.address.casefold()
    town = f"{mission.postcode} {mission.commune_name}"
    return town if names_it else f"{mission.address}, {town}"


def _edition(found: Candidacy) -> int:
    """Seconds from the application to its last move; an ending comes after the yes of the same second."""
    application = found.application
    seconds = int((application.status_at - application.created_at).total_seconds())
    return max(0, seconds) + (application.status != Status.ACCEPTED)
