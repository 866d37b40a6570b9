"""What may be published, and how: small numbers hidden, counts of people rounded. Places are not people."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

from marketplace.web.clock import paris_day, paris_instant

SMALLEST = 5  # fewer people than this are never told
ROUND_TO = 5
SHARE_FROM = 20  # applications that a share needs
MONTHS = 12
WEEK_DAYS = 7


class Scope(StrEnum):
    """What the public figures are told by: one at a time, never crossed."""

    ALL = "all"
    DEPARTMENT = "department"  # where the mission is done; REMOTE for those done from home alone
    AUDIENCE = "audience"


REMOTE = "remote"


def period(now: datetime) -> tuple[datetime, datetime]:
    """The twelve whole months before this one, in Paris: [start, end).

    Figures about people change once a month, by many people at a time: from one day to the next, a
    difference would be one person.
    """
    today = paris_day(now)
    start, end = date(today.year - MONTHS // 12, today.month, 1), date(today.year, today.month, 1)
    return paris_instant(start, 0, 0), paris_instant(end, 0, 0)


def hidden(counts: Mapping[str, int]) -> set[str]:
    """The keys whose counts of people may not be told, those counts and their sum being guessed together.

    All below SMALLEST; then the next smallest ones, until what is hidden is at least two people's lines
    that add up to SMALLEST: who subtracts all that is shown from the total learns no line.
    """
    by_size = sorted((count, key) for key, count in counts.items())
    kept_back = {key for count, key in by_size if count < SMALLEST}
    held = [count for count, _ in by_size if 0 < count < SMALLEST]
    if not held:
        return kept_back
    for count, key in by_size:
        if len(held) >= 2 and sum(held) >= SMALLEST:
            break
        if key not in kept_back:
            kept_back.add(key)
            held.append(count)
    return kept_back


def rounded(people: int) -> int:
    """To the nearest multiple of ROUND_TO."""
    return (people + ROUND_TO // 2) // ROUND_TO * ROUND_TO


def tenths(part: int, whole: int) -> int | None:
    """How many of ten; None below SHARE_FROM, where a tenth would be one person."""
    return round(10 * part / whole) if whole >= SHARE_FROM else None


def percent(part: int, whole: int) -> int | None:
    """Of a hundred, for what is not people; None of nothing."""
    return round(100 * part / whole) if whole else None


def usual_days(answers: Mapping[int, int]) -> int | None:
    """The median of days to an answer, from how many answers took each; None below SMALLEST answers."""
    total, below = sum(answers.values()), 0
    if total < SMALLEST:
        return None
    for days in sorted(answers):
        below += answers[days]
        if 2 * below >= total:
            return days
    return None
