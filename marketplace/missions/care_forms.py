"""How close a mission is to the people helped, what it asks before starting, and how people are received."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, Field, StringConstraints, ValidationInfo

from marketplace.associations.policies import tidy_phone
from marketplace.missions.checks import CHILDREN_IN_CARE, HONORABILITY_REFUSED, barred_by
from marketplace.missions.form_fields import StepForm, line
from marketplace.missions.lifecycle import ContactLevel, Minors
from marketplace.missions.undertaking import DEFAULT_UNDERTAKING, UNDERTAKING_AT_MOST
from marketplace.text import _
from marketplace.vocabulary.exposures import EXPOSURES
from marketplace.vocabulary.prerequisites import HONORABILITY, PREREQUISITES
from marketplace.web.forms import one_of, some_of

NAME_AT_MOST, PHONE_AT_MOST = 120, 20
MOST_PREREQUISITES = 5

Answer = Annotated[str, one_of(("yes", "no"), optional=True)]


class FrameForm(StepForm):
    """The contact, the exposures one by one (a field each, named after its key), and minors."""

    contact_level: Annotated[str, one_of(frozenset(ContactLevel), optional=True)] = ""
    closed_setting: Answer = ""
    one_to_one: Answer = ""
    violence: Answer = ""
    addictions: Answer = ""
    street_night: Answer = ""
    home_visit: Answer = ""
    transport: Answer = ""
    overnight: Answer = ""
    listening: Answer = ""
    files: Answer = ""
    valuables: Answer = ""
    restorative: Answer = ""
    hazards: Answer = ""
    children_in_care: Answer = ""
    two_adults: bool = False
    minors: bool = False  # asked for

    @property
    def exposures(self) -> list[str] | None:
        """The exposures answered yes; None when no question is answered yet."""
        answers = {key: getattr(self, key) for key in EXPOSURES}
        return [key for key, said in answers.items() if said == "yes"] if any(answers.values()) else None

    def problems(self) -> Iterable[tuple[str, str]]:
        """All the questions or none; minors only where nothing closes the mission to them."""
        unanswered = [key for key in EXPOSURES if not getattr(self, key)]
        if len(unanswered) < len(EXPOSURES):
            yield from ((key, _("Répondez par oui ou par non.")) for key in unanswered)
        if self.minors and (reasons := barred_by(self.contact_level, self.exposures)):
            said = _("Vous ne pouvez pas demander à l’ouvrir aux mineurs, parce que {reason}.")
            yield "minors", said.format(reason=reasons[0])

    def columns(self) -> Mapping[str, Any]:
        """The answers yes become a list; minors are a request, which a moderator answers."""
        return {
            "contact_level": self.contact_level,
            "exposures": self.exposures,
            "two_adults": self.two_adults,
            "minors": Minors.REQUESTED if self.minors else Minors.CLOSED,
        }


def _lawful(values: list[str], info: ValidationInfo) -> list[str]:
    if HONORABILITY in values and CHILDREN_IN_CARE not in info.context["exposures"]:  # type: ignore[index]
        raise ValueError(HONORABILITY_REFUSED)
    return values


class ConditionsForm(StepForm):
    """What is asked before starting, and who supervises."""

    prerequisites: Annotated[
        list[str], some_of(PREREQUISITES, MOST_PREREQUISITES), AfterValidator(_lawful)
    ] = Field(default_factory=list)
    with_undertaking: bool = False
    undertaking: Annotated[str, StringConstraints(max_length=UNDERTAKING_AT_MOST)] = ""
    supervisor_name: Annotated[str, line(NAME_AT_MOST)] = ""
    supervisor_role: Annotated[str, line(NAME_AT_MOST)] = ""
    supervisor_phone: Annotated[str, line(PHONE_AT_MOST), AfterValidator(tidy_phone)] = ""

    def columns(self) -> Mapping[str, Any]:
        """Asked for and left empty, the undertaking is our text; not asked for, it is none."""
        text = (self.undertaking or _(DEFAULT_UNDERTAKING)) if self.with_undertaking else ""
        return {**self.model_dump(exclude={"with_undertaking"}), "undertaking": text}


class WelcomeForm(StepForm):
    """How people are received."""

    wheelchair: bool = False
    public_transport: bool = False
    peers_welcome: bool = False
