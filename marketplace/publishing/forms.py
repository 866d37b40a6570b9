"""Forms about a mission that is online: its free words, its dates and places, giving it up."""

from collections.abc import Iterable
from typing import Annotated

from pydantic import BeforeValidator, Field, StringConstraints

from marketplace.missions.date_fields import DateFields
from marketplace.missions.form_fields import (
    DETAILS_AT_MOST,
    TRAINING_AT_MOST,
    Places,
    line,
    skill_problems,
)
from marketplace.text import _
from marketplace.vocabulary.rhythms import RHYTHMS
from marketplace.vocabulary.skills import SKILLS
from marketplace.web.forms import Form, one_of, some_of

MESSAGE_AT_MOST = 2_000


class FreeFieldsForm(Form):
    """What may change without asking a moderator again: nobody chose to come because of it."""

    details: Annotated[str, StringConstraints(max_length=DETAILS_AT_MOST)] = ""
    skills_wished: Annotated[list[str], some_of(SKILLS)] = Field(default_factory=list)
    skills_needed: Annotated[list[str], some_of(SKILLS)] = Field(default_factory=list)
    training: Annotated[str, line(TRAINING_AT_MOST)] = ""
    rhythm: Annotated[str, one_of(RHYTHMS, optional=True)] = ""

    def problems(self) -> Iterable[tuple[str, str]]:
        """Ten skills in all, each of one kind."""
        return skill_problems(self.skills_needed, self.skills_wished)


class PlacesForm(Form):
    """How many places."""

    places: Places


class AddDatesForm(DateFields):
    """More dates; each with as many places as the mission's others, unless it is said."""

    places: Annotated[Places | None, BeforeValidator(lambda typed: typed or None)] = None

    def problems(self) -> Iterable[tuple[str, str]]:
        """There is a date, and its parts fit."""
        if self.starts is None and self.ends is None and not self.repeats:
            yield "starts", _("Écrivez le jour et l’heure.")
        yield from super().problems()


class CancelForm(Form):
    """Words for the people who applied."""

    message: Annotated[str, StringConstraints(max_length=MESSAGE_AT_MOST)] = ""


class CancelDatesForm(CancelForm):
    """The same, for one date or with all that follow."""

    which: Annotated[str, one_of(("one", "following"))] = "one"
