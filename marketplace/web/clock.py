"""What time it is: instants in UTC, days in Paris."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


def now() -> datetime:
    """This instant, in UTC. Endpoints and jobs read it once and hand it down."""
    return datetime.now(UTC)


def paris_day(instant: datetime) -> date:
    """The day it is in Paris at this instant."""
    return instant.astimezone(PARIS).date()


def paris_instant(day: date, hour: int, minute: int) -> datetime:
    """The UTC instant of a wall-clock time in Paris; of two (October), the first."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=PARIS).astimezone(UTC)
