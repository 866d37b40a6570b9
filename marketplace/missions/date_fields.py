"""The fields of one date, or of a date that comes back: for a draft, and for a mission that is online."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Annotated

from pydantic import AfterValidator, Field, ValidationInfo

from marketplace.missions.checks import LONGEST_SLOT
from marketplace.missions.series import LONGEST_REPEATED, MOST_DATES, Hours, a_year_after, repeated
from marketplace.text import N_, _
from marketplace.web.clock import paris_day
from marketplace.web.forms import Form, some_of

WEEKDAYS: dict[str, str] = {
    "1": N_("Lundi"),
    "2": N_("Mardi"),
    "3": N_("Mercredi"),
    "4": N_("Jeudi"),
    "5": N_("Vendredi"),
    "6": N_("Samedi"),
    "7": N_("Dimanche"),
}


def _to_come(value: datetime | None, info: ValidationInfo) -> datetime | None:
    if value is not None and value <= info.context["now"]:  # type: ignore[index]
        raise ValueError(N_("Écrivez une date à venir."))
    return value


class DateFields(Form):
    """A start and an end; with days of the week and a last day, as many dates."""

    starts: Annotated[datetime | None, AfterValidator(_to_come)] = None
    ends: datetime | None = None
    weekdays: Annotated[list[str], some_of(WEEKDAYS)] = Field(default_factory=list)
    until: date | None = None

    @property
    def repeats(self) -> bool:
        """Whether it comes back."""
        return bool(self.weekdays or self.until)

    def hours(self) -> Sequence[Hours]:
        """The dates, in order; none when nothing is written."""
        if self.starts is None or self.ends is None:
            return ()
        if not self.repeats or self.until is None:
            return (Hours(self.starts, self.ends),)
        return repeated(self.starts, self.ends, {int(day) for day in self.weekdays}, self.until)

    def problems(self) -> Iterable[tuple[str, str]]:
        """The end comes after the start; a date that comes back says when and until when."""
        if (self.starts is None) != (self.ends is None):
            yield ("ends" if self.starts else "starts"), _("Écrivez le début et la fin.")
        elif self.starts and self.ends:
            yield from self._length_problems(self.starts, self.ends)
            if self.repeats:
                yield from self._series_problems(self.starts, self.ends)
        elif self.repeats:
            yield "starts", _("Écrivez le début et la fin de la première date.")

    def _length_problems(self, starts: datetime, ends: datetime) -> Iterator[tuple[str, str]]:
        if ends <= starts:
            yield "ends", _("La fin doit venir après le début.")
        elif ends - starts > LONGEST_SLOT:
            yield "ends", _("Un créneau dure 31 jours au plus.")
        elif self.repeats and ends - starts > LONGEST_REPEATED:
            yield "ends", _("Une date qui se répète dure un jour au plus.")

    def _series_problems(self, starts: datetime, ends: datetime) -> Iterator[tuple[str, str]]:
        first = paris_day(starts)
        if not self.weekdays:
            yield "weekdays", _("Cochez au moins un jour de la semaine.")
        elif self.until is None:
            yield "until", _("Écrivez le dernier jour.")
        elif self.until < first:
            yield "until", _("Le dernier jour ne peut pas venir avant le début.")
        elif self.until > a_year_after(first):
            yield "until", _("Choisissez un dernier jour au plus tard un an après le début.")
        else:
            yield from _count_problems(len(self.hours()))


def _count_problems(count: int) -> Iterator[tuple[str, str]]:
    if count == 0:
        yield "weekdays", _("Aucun des jours cochés ne tombe entre le début et le dernier jour.")
    elif count > MOST_DATES:
        said = _("Cela fait {count} dates, et {most} au plus sont possibles : avancez le dernier jour.")
        yield "until", said.format(count=count, most=MOST_DATES)
