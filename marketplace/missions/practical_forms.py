"""Where a mission happens, when, and for how many."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any

from pydantic import Field

from marketplace.missions.date_fields import DateFields
from marketplace.missions.form_fields import Places, StepForm, line
from marketplace.missions.lifecycle import Admission, PlaceKind, Timing
from marketplace.missions.series import UNDATED, Hours
from marketplace.vocabulary.day_parts import DAY_PARTS
from marketplace.vocabulary.rhythms import RHYTHMS
from marketplace.web.forms import one_of, some_of

ADDRESS_AT_MOST = 200


class PlaceForm(StepForm):
    """Where; the commune is a field of its own (vocabulary.commune_field)."""

    place_kind: Annotated[str, one_of(frozenset(PlaceKind), optional=True)] = ""
    address: Annotated[str, line(ADDRESS_AT_MOST)] = ""


class DatesForm(StepForm, DateFields):
    """When. The dates only count for « à une date précise »."""

    timing: Annotated[str, one_of(frozenset(Timing), optional=True)] = ""
    rhythm: Annotated[str, one_of(RHYTHMS, optional=True)] = ""
    day_parts: Annotated[list[str], some_of(DAY_PARTS)] = Field(default_factory=list)

    def problems(self) -> Iterable[tuple[str, str]]:
        """What is wrong between the dates, when they count."""
        return super().problems() if self.timing == Timing.DATED else ()

    def columns(self) -> Mapping[str, Any]:
        """All but the dates."""
        return self.model_dump(include={"timing", "rhythm", "day_parts"})

    def dates(self) -> Sequence[Hours]:
        """The dates written; until there is one, and for « quand vous voulez », one slot without dates."""
        return (self.hours() if self.timing == Timing.DATED else ()) or UNDATED


class PlacesForm(StepForm):
    """How many places, and how people come in."""

    places: Places
    admission: Annotated[str, one_of(frozenset(Admission))] = Admission.REVIEW.value

    def columns(self) -> Mapping[str, Any]:
        """How people come in; nothing chosen means that the association answers."""
        return {"admission": self.admission or Admission.REVIEW.value}

    def slot_places(self) -> int:
        """The same number at each date."""
        return self.places
