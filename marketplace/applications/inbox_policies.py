"""The inbox's order, groups and limits in days: pure."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum

from marketplace.applications.lifecycle import Status
from marketplace.applications.tables import Application
from marketplace.web.ids import may_be_public_id

WAITING_SINCE = (1, 3, 6)  # days
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_CLOSED = frozenset({Status.DECLINED, Status.WITHDRAWN, Status.LAPSED})
_LONGEST = 16  # digits: microseconds up to the year 2286


class Group(Enum):
    """What a list holds: applications to answer, those answered, or both. Values are those of addresses."""

    TO_ANSWER = "a-repondre"
    ACCEPTED = "acceptees"
    CLOSED = "closes"
    ALL = "toutes"

    @property
    def asks(self) -> frozenset[str]:
        """The statuses in it that await an answer."""
        return frozenset({Status.PENDING}) if self in (Group.TO_ANSWER, Group.ALL) else frozenset()

    @property
    def answered(self) -> frozenset[str]:
        """The others in it. Waiting people, and those who await a guardian, are in none."""
        accepted = {Status.ACCEPTED} if self in (Group.ACCEPTED, Group.ALL) else set()
        return frozenset(accepted | (_CLOSED if self in (Group.CLOSED, Group.ALL) else set()))


@dataclass(frozen=True, slots=True)
class Place:
    """Where an application stands in the list: it holds even once that one is answered, or gone."""

    awaits: bool
    at: datetime
    public_id: str

    @property
    def key(self) -> tuple[datetime, str]:
        """What its part of the list is sorted by."""
        return self.at, self.public_id

    def __str__(self) -> str:
        """As an address writes it."""
        micros = (self.at - _EPOCH) // timedelta(microseconds=1)
        return f"{'r' if self.awaits else 'v'}{micros}-{self.public_id}"


def place_of(application: Application) -> Place:
    """The place of an application."""
    awaits = application.status == Status.PENDING
    at = (application.answer_by or application.status_at) if awaits else application.created_at
    return Place(awaits, at, application.public_id)


def read_place(typed: str) -> Place | None:
    """The place an address names, or None."""
    kind, micros, public_id = typed[:1], *typed[1:].partition("-")[::2]
    digits = micros.isascii() and micros.isdigit() and len(micros) <= _LONGEST
    if kind not in ("r", "v") or not digits or not may_be_public_id(public_id):
        return None
    return Place(kind == "r", _EPOCH + timedelta(microseconds=int(micros)), public_id)
