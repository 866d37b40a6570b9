"""Which parts of the day the hours of dates fall in. Pure."""

from collections.abc import Iterable

from marketplace.missions.series import Hours
from marketplace.vocabulary.day_parts import DAY_PARTS
from marketplace.web.clock import PARIS

SPANS = (  # from which hour to which, in Paris
    ("night", 0, 6),
    ("morning", 6, 12),
    ("midday", 12, 14),
    ("afternoon", 14, 18),
    ("evening", 18, 22),
    ("night", 22, 24),
)
DAYTIME = frozenset({"morning", "midday", "afternoon"})
ENOUGH = 60  # minutes spent in a part; of a shorter date, half of it
WHOLE_DAY = 7 * 60  # minutes of daytime that are said in one word
DAY = 24 * 60


def with_hours(said: Iterable[str], dates: Iterable[Hours]) -> list[str]:
    """The parts of the day that were said, with those in which these dates take place."""
    clocks = {_clock(hours) for hours in dates}  # the dates of a series share one
    found = {*said, *(part for start, length in clocks for part in _parts(start, length))}
    return [part for part in DAY_PARTS if part in found]


def _clock(hours: Hours) -> tuple[int, int]:
    """From which minute of the day in Paris, for how many; no minute when there is no date."""
    if hours.starts_at is None or hours.ends_at is None:
        return 0, 0
    start = hours.starts_at.astimezone(PARIS)
    return 60 * start.hour + start.minute, int((hours.ends_at - hours.starts_at).total_seconds() // 60)


def _parts(start: int, length: int) -> set[str]:
    if length > DAY:
        return {"all_day"}
    spent = dict.fromkeys(DAY_PARTS, 0)
    for part, first, last in SPANS:
        for day in (0, DAY):  # it may end the next day
            spent[part] += max(0, min(start + length, day + 60 * last) - max(start, day + 60 * first))
    found = {part for part, minutes in spent.items() if minutes and minutes >= min(ENOUGH, length / 2)}
    whole = sum(spent[part] for part in DAYTIME) >= WHOLE_DAY
    return found - DAYTIME | {"all_day"} if whole else found
