"""When an association may say that it is away. Pure."""

from datetime import date, timedelta

from marketplace.associations.absence_errors import AbsencePast
from marketplace.associations.tables import Association
from marketplace.errors import Refusal

LONGEST_ABSENCE = timedelta(days=60)  # both days included


def is_away(association: Association, day: date) -> bool:
    """Whether it said that it would be away on this day."""
    since, until = association.absent_from, association.absent_until
    return since is not None and until is not None and since <= day <= until


def why_not_announce(association: Association, since: date, today: date) -> Refusal | None:
    """What stops this first day: an absence is announced, not found out afterwards."""
    goes_on = is_away(association, today) and since == association.absent_from
    return None if since >= today or goes_on else AbsencePast()
