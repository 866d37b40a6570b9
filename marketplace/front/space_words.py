"""Dates as one's space says them: near ones by the name of their day."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from babel.dates import format_date
from markupsafe import Markup, escape

from marketplace.missions import words
from marketplace.missions.tables import Slot
from marketplace.text import _, language
from marketplace.web import dates
from marketplace.web.clock import paris_day
from marketplace.web.markdown import french

A_WEEK = timedelta(days=7)


def until(limit: datetime, now: datetime) -> str:
    """What follows « avant »: « demain à 8 h », « jeudi à 14 h », « le 9 mars 2027 à 10 h »."""
    return _("{day} à {hour}").format(day=_named(limit, now), hour=dates.hour(limit))


def latest(limit: datetime, now: datetime) -> str:
    """What follows « au plus tard »: the same; of a midnight, the day that it ends."""
    return _named(limit - timedelta(hours=1), now) if dates.is_midnight(limit) else until(limit, now)


def _named(limit: datetime, now: datetime) -> str:
    day, away = paris_day(limit), paris_day(limit) - paris_day(now)
    said = _near(away)
    if not said and timedelta(0) < away < A_WEEK:
        said = format_date(day, "EEEE", locale=language())
    return said or _("le {day}").format(day=dates.short_day(day))


def when(slot: Slot, now: datetime) -> str:
    """A dated slot's day and hours, to begin a sentence: « Demain, mercredi 3 mars 2027 de 16 h à 18 h »."""
    said = words.when(slot.starts_at, slot.ends_at)
    if near := _near(paris_day(slot.starts_at) - paris_day(now)):
        said = f"{near}, {said}"
    return said[:1].upper() + said[1:]


def _near(away: timedelta) -> str:
    return {0: _("aujourd’hui"), 1: _("demain")}.get(away.days, "")


def quoted(titles: Sequence[str]) -> Markup:
    """Missions that others wrote the titles of, in a row."""
    said = escape(_("«\u00a0{title}\u00a0»"))
    return Markup(", ").join(said.format(title=french(title)) for title in titles)
