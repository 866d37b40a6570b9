"""What an inbox says of a limit."""

from datetime import datetime, timedelta

from babel.dates import format_date

from marketplace.text import _, language
from marketplace.web import dates
from marketplace.web.clock import paris_day


def limit(until: datetime | None, now: datetime) -> str:
    """« répondre avant jeudi, 14 h »: a hour today and tomorrow, a day of the week, then a date."""
    if until is None:
        return ""
    if until <= now:
        return _("le délai est passé")
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
