"""Rules about saved searches that need neither data nor clock."""

from collections.abc import Collection
from datetime import datetime, timedelta

from marketplace.discovery.saved_tables import Frequency
from marketplace.text import N_
from marketplace.web.clock import PARIS, paris_day, paris_instant

MOST = 10  # per account or address; the database says so too
CONSENT_VERSION = "1"  # of the sentence below: raise it when the sentence changes, keep the old ones here
CONSENTS = {
    "1": N_(
        "J’accepte de recevoir par e-mail les nouvelles missions de cette recherche. "
        "Je peux arrêter en un clic."
    )
}
PERIOD_DAYS = {Frequency.DAILY: 1, Frequency.WEEKLY: 7}
FIRST_HOUR, HOURS = 6, 3  # in Paris: mails leave over the early morning rather than all at once


def free_number(taken: Collection[int]) -> int | None:
    """The lowest free number of an account or address; None when it has as many as it may."""
    return next((number for number in range(1, MOST + 1) if number not in taken), None)


def first_due(frequency: str, now: datetime, share: float) -> datetime:
    """When the first mail may leave; `share`, 0 to 1, is where in the early morning it stands."""
    day = paris_day(now) + timedelta(days=PERIOD_DAYS[Frequency(frequency)])
    minutes = int(share * (HOURS * 60 - 1))
    return paris_instant(day, FIRST_HOUR + minutes // 60, minutes % 60)


def next_due(frequency: str, due: datetime, now: datetime) -> datetime:
    """The first turn after now, at the same hour in Paris (and on the same day of the week)."""
    period, wall = PERIOD_DAYS[Frequency(frequency)], due.astimezone(PARIS)
    turns = max(1, (paris_day(now) - wall.date()).days // period)
    while (turn := _turn(wall, turns * period)) <= now:
        turns += 1
    return turn


def _turn(wall: datetime, days: int) -> datetime:
    return paris_instant(wall.date() + timedelta(days=days), wall.hour, wall.minute)
