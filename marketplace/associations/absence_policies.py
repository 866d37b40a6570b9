"""When an association may say that it is away. Pure."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from marketplace.associations.absence_errors import AbsencePast
from marketplace.associations.tables import Association
from marketplace.errors import Refusal
from marketplace.web.clock import paris_instant

LONGEST_ABSENCE = timedelta(days=60)  # both days included


def is_away(association: Association, day: date) -> bool:
    """Whether it said that it would be away on this day."""
    since, until = association.absent_from, association.absent_until
    return since is not None and until is not None and since <= day <= until


def why_not_announce(association: Association, since: date, today: date) -> Refusal | None:
    """What stops this first day: an absence is announced, not found out afterwards."""
    goes_on = is_away(association, today) and since == association.absent_from
    return None if since >= today or goes_on else AbsencePast()


def days_ahead(since: date, until: date, today: date) -> list[date]:
    """The days of an absence that have not begun: those that were announced in time."""
    first = max(since, today + timedelta(days=1))
    return [first + timedelta(days=number) for number in range((until - first).days + 1)]


def time_there(start: datetime, end: datetime, absent: Iterable[date]) -> timedelta:
    """How long of this time was not on one of these days."""
    there = end - start
    for day in absent:
        begins, ends = paris_instant(day, 0, 0), paris_instant(day + timedelta(days=1), 0, 0)
        there -= max(min(end, ends) - max(start, begins), timedelta(0))
    return there
