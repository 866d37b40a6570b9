"""What is made as the demonstration plays, and the instants at which it does."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from marketplace.accounts.tables import Account
from marketplace.applications.tables import Application
from marketplace.associations.tables import Association
from marketplace.missions.tables import Mission
from marketplace.moderation.tables import Moderator
from marketplace.web.clock import paris_day, paris_instant


@dataclass(slots=True)
class World:
    """The rows made so far, by the keys of the content; `today` is the instant the demonstration starts."""

    today: datetime
    accounts: dict[str, Account] = field(default_factory=dict)
    associations: dict[str, Association] = field(default_factory=dict)
    missions: dict[str, Mission] = field(default_factory=dict)
    applications: dict[tuple[str, str], Application] = field(default_factory=dict)  # (who, mission)
    moderators: list[Moderator] = field(default_factory=list)

    def at(self, days: int, hour: int, minute: int = 0) -> datetime:
        """This hour in Paris, so many days from today (before: negative)."""
        return paris_instant(paris_day(self.today) + timedelta(days=days), hour, minute)

    def days_to(self, weekday: int, days: int) -> int:
        """To the first such day of the week (Monday: 0), so many days from today or a little later."""
        return days + (weekday - (paris_day(self.today) + timedelta(days=days)).weekday()) % 7


class Step(NamedTuple):
    """Something that happens at an instant."""

    at: datetime
    act: Callable[[datetime], Awaitable[object]]


async def play(steps: Iterable[Step], today: datetime) -> None:
    """Live the steps in the order of their instants, none later than today."""
    for step in sorted(steps, key=lambda step: step.at):
        await step.act(min(step.at, today))
