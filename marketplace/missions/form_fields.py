"""The kinds of fields a mission's pages are made of: all may be left empty until it is sent."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from marketplace.missions.series import Hours
from marketplace.text import N_, _
from marketplace.web.forms import Form, Says

DETAILS_AT_MOST = 5_000
TRAINING_AT_MOST = 500
SKILLS_AT_MOST = 10
MOST_PLACES = 500  # of one slot

Places = Annotated[int, Field(ge=1, le=MOST_PLACES), Says(N_("Écrivez un nombre de places, de 1 à 500."))]


class StepForm(Form):
    """One page of a draft: what it writes in the mission and in its slots."""

    def columns(self) -> Mapping[str, Any]:
        """The mission's columns."""
        return self.model_dump()

    def dates(self) -> Sequence[Hours] | None:
        """The slots, in place of those written before; None: this page says nothing of them."""
        return None

    def slot_places(self) -> int | None:
        """The places of each slot; None: this page says nothing of them."""
        return None


def line(at_most: int) -> AfterValidator:
    """A short text, put on one line."""

    def short(value: str) -> str:
        text = " ".join(value.split())
        if len(text) > at_most:
            raise PydanticCustomError("string_too_long", "too long", {"max_length": at_most})
        return text

    return AfterValidator(short)


def skill_problems(needed: list[str], wished: list[str]) -> Iterable[tuple[str, str]]:
    """What is wrong between the two lists of skills."""
    if set(needed) & set(wished):
        yield "skills_wished", _("Une compétence est soit souhaitée, soit nécessaire : choisissez.")
    if len(needed) + len(wished) > SKILLS_AT_MOST:
        yield "skills_wished", _("Choisissez dix compétences au plus, en tout.")
