"""Where a mission happens, when, and for how many."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator, Field, ValidationInfo

from marketplace.missions.checks import LONGEST_SLOT
from marketplace.missions.form_fields import Places, StepForm, line, some_of
from marketplace.missions.lifecycle import Admission, PlaceKind, Timing
from marketplace.text import N_, _
from marketplace.vocabulary.day_parts import DAY_PARTS
from marketplace.vocabulary.rhythms import RHYTHMS
from marketplace.web.forms import one_of

ADDRESS_AT_MOST = 200


class PlaceForm(StepForm):
    """Where; the commune is a field of its own (vocabulary.commune_field)."""

    place_kind: Annotated[str, one_of(frozenset(PlaceKind), optional=True)] = ""
    address: Annotated[str, line(ADDRESS_AT_MOST)] = ""


def _to_come(value: datetime | None, info: ValidationInfo) -> datetime | None:
    if value is not None and value <= info.context["now"]:  # type: ignore[index]
        raise ValueError(N_("Écrivez une date à venir."))
    return value


class DatesForm(StepForm):
    """When. The dates only count for « à une date précise »."""

    timing: Annotated[str, one_of(frozenset(Timing), optional=True)] = ""
    starts: Annotated[datetime | None, AfterValidator(_to_come)] = None
    ends: datetime | None = None
    rhythm: Annotated[str, one_of(RHYTHMS, optional=True)] = ""
    day_parts: Annotated[list[str], some_of(DAY_PARTS)] = Field(default_factory=list)

    def problems(self) -> Iterable[tuple[str, str]]:
        """The end comes after the start, at most 31 days later."""
        if self.timing != Timing.DATED:
            return
        if (self.starts is None) != (self.ends is None):
            yield ("ends" if self.starts else "starts"), _("Écrivez le début et la fin.")
        elif self.starts and self.ends and self.ends <= self.starts:
            yield "ends", _("La fin doit venir après le début.")
        elif self.starts and self.ends and self.ends - self.starts > LONGEST_SLOT:
            yield "ends", _("Un créneau dure 31 jours au plus.")

    def columns(self) -> Mapping[str, Any]:
        """All but the dates."""
        return self.model_dump(include={"timing", "rhythm", "day_parts"})

    def slot_columns(self) -> Mapping[str, Any]:
        """The dates of the one slot."""
        dated = self.timing == Timing.DATED
        return {"starts_at": self.starts if dated else None, "ends_at": self.ends if dated else None}


class PlacesForm(StepForm):
    """How many places, and how people come in."""

    places: Places
    admission: Annotated[str, one_of(frozenset(Admission))] = Admission.REVIEW.value

    def columns(self) -> Mapping[str, Any]:
        """How people come in; nothing chosen means that the association answers."""
        return {"admission": self.admission or Admission.REVIEW.value}

    def slot_columns(self) -> Mapping[str, Any]:
        """The places of the one slot."""
        return {"places": self.places}
