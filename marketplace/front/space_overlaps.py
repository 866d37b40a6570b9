"""Which of one's dates share some hours. No data is read here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from marketplace.applications.lifecycle import HOLDS_PLACE
from marketplace.applications.queries import Candidacy
from marketplace.missions.calendar import overlapping


def overlaps(found: Sequence[Candidacy]) -> dict[int, list[str]]:
    """For each application that holds a place, the titles of those that hold one at the same hours."""
    held = [_Held(one) for one in found if one.application.status in HOLDS_PLACE]
    titles: dict[int, list[str]] = {}
    for pair in overlapping(held):
        for one, other in (pair, pair[::-1]):
            titles.setdefault(one.found.application.id, []).append(other.found.mission.title)
    return titles


@dataclass(frozen=True, slots=True)
class _Held:
    found: Candidacy

    @property
    def starts_at(self) -> datetime | None:
        return self.found.slot.starts_at

    @property
    def ends_at(self) -> datetime | None:
        return self.found.slot.ends_at
