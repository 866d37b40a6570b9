"""Hours given, added up by year and association, and how a code is written. No data is read here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from marketplace.web.ids import may_be_public_id

# Compte d'engagement citoyen: 200 hours in a year, 100 of them in one association (Code du travail, D5151-14)
CEC_MINUTES, CEC_MINUTES_IN_ONE = 200 * 60, 100 * 60
GROUP = 4  # characters of a code, as it is printed


@dataclass(frozen=True, slots=True)
class Given:
    """Time given once, as the association noted it."""

    application: str  # its public id
    title: str  # of the mission
    association: int
    association_id: str  # its public id
    association_name: str
    on: date  # the slot's day; of an undated one, the day it was noted
    is_dated: bool
    minutes: int

    @property
    def year(self) -> int:
        """The year it counts for."""
        return self.on.year


@dataclass(frozen=True, slots=True)
class ForOne:
    """What was given to one association in a year."""

    association: int
    association_id: str
    name: str
    times: Sequence[Given]

    @property
    def minutes(self) -> int:
        """All of it."""
        return sum(one.minutes for one in self.times)


@dataclass(frozen=True, slots=True)
class Year:
    """What was given in a year, the most helped association first."""

    year: int
    associations: Sequence[ForOne]

    @property
    def minutes(self) -> int:
        """All of it."""
        return sum(one.minutes for one in self.associations)

    @property
    def reaches_cec(self) -> bool:
        """Whether it is enough time for the CEC; the rest is not ours to know."""
        most = max((one.minutes for one in self.associations), default=0)
        return self.minutes >= CEC_MINUTES and most >= CEC_MINUTES_IN_ONE


def years(given: Iterable[Given]) -> list[Year]:
    """The same by year, the latest first, and by association; the order of each one's times is kept."""
    by_year: dict[int, dict[int, list[Given]]] = {}
    for one in given:
        by_year.setdefault(one.year, {}).setdefault(one.association, []).append(one)
    return [Year(year, _for_each(by_year[year])) for year in sorted(by_year, reverse=True)]


def for_one(given: Iterable[Given], year: int, association_id: str) -> ForOne | None:
    """What was given to this association in this year; None: nothing."""
    times = [one for one in given if one.year == year and one.association_id == association_id]
    return _for_each({times[0].association: times})[0] if times else None


def shown_code(code: str) -> str:
    """« ABCD-EFGH-JKMN »."""
    parts = [code[start : start + GROUP] for start in range(0, len(code), GROUP)]
    return "-".join(parts).upper()


def code_of(typed: str) -> str:
    """The code as it is stored, however it was typed; '' when it cannot be one."""
    code = "".join(character for character in typed.lower() if character.isalnum())
    return code if may_be_public_id(code) else ""


def _for_each(times: Mapping[int, Sequence[Given]]) -> list[ForOne]:
    found = [
        ForOne(association, of_it[0].association_id, of_it[0].association_name, of_it)
        for association, of_it in times.items()
    ]
    return sorted(found, key=lambda one: (-one.minutes, one.name))
