"""What people type: cleaned, and dates put together from their parts."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime

from email_validator import EmailNotValidError, validate_email

from marketplace.text import N_
from marketplace.web.clock import paris_instant
from marketplace.web.form_messages import NOT_TICKED

UNREADABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # control characters
    "\ufdd0-\ufdef\ufffd-\uffff\ud800-\udfff"  # no characters, or broken encoding
    "\u202a-\u202e\u2066-\u2069]"  # marks that turn the reading order
)
HOUR = re.compile(r"(\d{1,2})\s*[:hH]\s*(\d{2})?")
NOT_A_DATE = "?"  # no date: the form says so


def clean(value: str) -> str:
    """The text with plain line ends, composed accents and no spaces around."""
    return unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n")).strip()


def unreadable(value: str) -> bool:
    """Whether it has control characters, broken encoding, or marks that turn the reading order."""
    return bool(UNREADABLE.search(value))


def shown_again(value: str) -> str:
    """The text for a page, where what is unreadable shows as �: HTML may not hold it."""
    return UNREADABLE.sub("\ufffd", value)


def day(name: str, data: Mapping[str, list[str]]) -> date | str | None:
    """The date of the three fields `name_day`, `name_month`, `name_year`; None when all are empty."""
    parts = [clean((data.get(f"{name}_{part}") or [""])[-1]) for part in ("day", "month", "year")]
    if not any(parts):
        return None
    if not all(part.isascii() and part.isdigit() and len(part) <= 4 for part in parts) or len(parts[2]) != 4:
        return NOT_A_DATE
    try:
        return date(int(parts[2]), int(parts[1]), int(parts[0]))
    except ValueError:
        return NOT_A_DATE


def instant(name: str, data: Mapping[str, list[str]]) -> datetime | str | None:
    """The UTC instant of a date and `name_time` (14:30 or 14h30, Paris); None when all are empty."""
    typed_day, hour = day(name, data), clean((data.get(f"{name}_time") or [""])[-1])
    if typed_day is None and not hour:
        return None
    match = HOUR.fullmatch(hour)
    if not isinstance(typed_day, date) or match is None or not 1971 <= typed_day.year <= 9000:
        return NOT_A_DATE
    hours, minutes = int(match[1]), int(match[2] or 0)
    return paris_instant(typed_day, hours, minutes) if hours < 24 and minutes < 60 else NOT_A_DATE


def email(value: str) -> str:
    """An address folded for comparison: lower case, composed accents.

    Raises:
        ValueError: it is no address.
    """
    try:
        if "=?" in value:  # an encoded word: what writes the message would read another address in it
            raise EmailNotValidError("an encoded word")
        return validate_email(value, check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        raise ValueError(N_("Écrivez une adresse e-mail complète, par exemple prenom@exemple.fr.")) from None


def must_be_ticked(value: object) -> bool:
    """A box that must be ticked.

    Raises:
        ValueError: it is not.
    """
    if not value:
        raise ValueError(NOT_TICKED)
    return True
