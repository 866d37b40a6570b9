"""Ages: computed on a day, from a birth date."""

from datetime import date

MINIMUM_AGE = 16
ADULT_AGE = 18


def age_on(born_on: date, day: date) -> int:
    """Full years on that day; somebody born on 29 February is a year older on 1 March."""
    had_birthday = (day.month, day.day) >= (born_on.month, born_on.day)
    return day.year - born_on.year - (not had_birthday)


def is_minor_on(born_on: date | None, day: date) -> bool:
    """Whether somebody is under 18 that day; no birth date is kept of an adult."""
    return born_on is not None and age_on(born_on, day) < ADULT_AGE
