"""What an inbox says of a limit."""

from datetime import datetime, timedelta

from babel.dates import format_date

from marketplace.text import _, language
from marketplace.web import dates
from marketplace.web.clock import paris_day

URGENT = timedelta(days=2)


def is_urgent(until: datetime | None, now: datetime) -> bool:
    """Whether a limit is near enough to be marked."""
    return until is not None and until - now <= URGENT


def whole_limit(until: datetime | None, now: datetime) -> str:
    """What follows « À répondre »: the limit in full."""
    if until is None:
        return ""
    if until <= now:
        return _("le délai est passé")
    return _("au plus tard le {day}").format(day=dates.latest(until))


def limit(until: datetime | None, now: datetime) -> str:
    """« répondre avant jeudi, 14 h »: a day of the week, then a date; of a midnight, the day that it ends."""
    if until is None:
        return ""
    if until <= now:
        return _("le délai est passé")
    if dates.is_midnight(until):
        return _("répondre {day} au plus tard").format(day=_day(until - timedelta(hours=1), now))
    day, hour = paris_day(until), dates.hour(until)
    away = day - paris_day(now)
    if not away:
        return _("répondre aujourd’hui avant {hour}").format(hour=hour)
    if away == timedelta(days=1):
        return _("répondre avant demain, {hour}").format(hour=hour)
    if away < timedelta(days=7):
        weekday = format_date(day, "EEEE", locale=language())
        return _("répondre avant {weekday}, {hour}").format(weekday=weekday, hour=hour)
    return _("répondre avant le {day}").format(day=dates.short_day(day))


def _day(last: datetime, now: datetime) -> str:
    away = (paris_day(last) - paris_day(now)).days
    if away < 2:
        return _("demain") if away else _("aujourd’hui")
    if away < 7:
        return str(format_date(paris_day(last), "EEEE", locale=language()))
    return _("le {day}").format(day=dates.short_day(last))
