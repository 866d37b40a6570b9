"""Dates and hours in words, in Paris time and in the language being spoken."""

import re
from datetime import date, datetime, timedelta

from babel.dates import format_date, format_time

from marketplace.text import _, language
from marketplace.web.clock import PARIS, paris_day

NBSP = "\u00a0"


def day(value: date | datetime) -> str:
    """« mardi 3 juin 2025 »."""
    return _first(format_date(_date(value), "EEEE d MMMM y", locale=language()))


def short_day(value: date | datetime) -> str:
    """« 3 juin 2025 »."""
    return _first(format_date(_date(value), "d MMMM y", locale=language()))


def month(value: date | datetime) -> str:
    """« juin 2025 »."""
    return format_date(_date(value), "MMMM y", locale=language())


def hour(value: datetime) -> str:
    """« 14 h », « 16 h 30 »."""
    local = value.astimezone(PARIS)
    if language() != "fr":
        return format_time(local, "H:mm", locale=language())
    return f"{local.hour}{NBSP}h" + (f"{NBSP}{local.minute:02}" if local.minute else "")


def moment(value: datetime) -> str:
    """« mardi 3 juin 2025 à 14 h »."""
    return _("{day} à {hour}").format(day=day(value), hour=hour(value))


def latest(value: datetime) -> str:
    """A limit, after « au plus tard le »: « mardi 3 juin 2025 à 14 h », or the day that its midnight ends."""
    return day(value - timedelta(hours=1)) if is_midnight(value) else moment(value)


def is_midnight(value: datetime) -> bool:
    """Whether a limit is the end of a day in Paris."""
    local = value.astimezone(PARIS)
    return not (local.hour or local.minute)


def when(starts_at: datetime, ends_at: datetime) -> str:
    """« mardi 3 juin 2025 de 14 h à 16 h 30 », or from one day to another."""
    if paris_day(starts_at) == paris_day(ends_at):
        text = _("{day} de {start} à {end}")
        return text.format(day=day(starts_at), start=hour(starts_at), end=hour(ends_at))
    return _("du {start} au {end}").format(start=moment(starts_at), end=moment(ends_at))


def _first(words: str) -> str:
    """The first of a month is « 1er » in French."""
    return re.sub(r"\b1 (?=\D)", "1er ", words) if language() == "fr" else words


def _date(value: date | datetime) -> date:
    return paris_day(value) if isinstance(value, datetime) else value
