"""A mission that comes back: its dates, at the same hours of the clock in Paris. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import ClassVar

from marketplace.missions.tables import Slot
from marketplace.web.clock import PARIS, paris_day, paris_instant

MOST_DATES = 200  # of one series, and to come in one mission
LONGEST_REPEATED = timedelta(days=1)  # a date that comes back ends the next day at the latest


@dataclass(frozen=True, slots=True)
class Hours:
    """From when to when, in UTC; both are None for « quand vous voulez »."""

    starts_at: datetime | None = None
    ends_at: datetime | None = None


UNDATED = (Hours(),)


@dataclass(frozen=True, slots=True)
class Series:
    """What a form says of these dates: the first, in Paris, and of several their days (1 is Monday)."""

    most: ClassVar[int] = MOST_DATES
    starts: datetime | None = None
    ends: datetime | None = None
    weekdays: Sequence[int] = ()
    until: date | None = None


def a_year_after(day: date) -> date:
    """The same day a year later; of 29 February, the 28th."""
    return day.replace(year=day.year + 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def repeated(starts_at: datetime, ends_at: datetime, weekdays: Collection[int], until: date) -> list[Hours]:
    """These hours on each of these days of the week (1 is Monday) from that day to the last one, included.

    The hours are those of the clock: 14 h stays 14 h when summer time begins. `ends_at` comes within a day
    after `starts_at`. Nothing when no such day lies between; the caller bounds `until`.
    """
    start, end = starts_at.astimezone(PARIS), ends_at.astimezone(PARIS)
    later = end.date() - start.date()
    found, day = [], start.date()
    while day <= until:
        if day.isoweekday() in weekdays:
            begins = paris_instant(day, start.hour, start.minute)
            ends = paris_instant(day + later, end.hour, end.minute)
            if ends <= begins:  # both within the hour that summer time skips
                ends = begins + (ends_at - starts_at)
            found.append(Hours(begins, ends))
        day += timedelta(days=1)
    return found


def series_of(slots: Sequence[Slot]) -> Series:
    """What to show in the form that made these slots, in order of their dates."""
    dated = [slot for slot in slots if slot.starts_at is not None]
    if not dated:
        return Series()
    first, days = dated[0], [paris_day(slot.starts_at) for slot in dated]
    starts, ends = first.starts_at.astimezone(PARIS), first.ends_at.astimezone(PARIS)
    if len(dated) == 1:
        return Series(starts, ends)
    return Series(starts, ends, sorted({day.isoweekday() for day in days}), days[-1])
