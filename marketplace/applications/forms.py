"""Forms about applications."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import Field, StringConstraints, ValidationInfo, field_validator

from marketplace.applications.guardian_forms import guardians_address
from marketplace.text import N_
from marketplace.vocabulary.relationships import RELATIONSHIPS
from marketplace.volunteers.policies import is_minor_on
from marketplace.web import typed
from marketplace.web.forms import UNKNOWN_CHOICE, Form, PersonName, Says, text

FIRST_BIRTH_YEAR = 1900
MOST_SLOTS = 10  # in one form: a person holds ten places at most
STEPS = ("you", "guardian", "send", "change", "change_guardian")
GUARDIAN_FIELDS = ("guardian_relationship", "guardian_email")
# what the pages carry from one to the next, as it was typed
CARRIED = (
    "slots",
    "waits",
    "may_wait",
    "tasks",
    "message",
    "prerequisites",
    "undertaking",
    "first_name",
    "family_name",
    "email",
    "born_on_day",
    "born_on_month",
    "born_on_year",
    *GUARDIAN_FIELDS,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What this mission asks of this person, on this day."""

    today: date
    days: Mapping[str, date]  # of each slot one may apply for, by its key
    tasks: Sequence[str]
    prerequisites: Sequence[str]
    undertaking: bool
    email: str = ""  # the account's; '' of a visitor, who gives one
    names: bool = True
    age: bool = True
    born_on: date | None = None  # a minor's, when it is known

    @property
    def visitor(self) -> bool:
        """Whether nobody is signed in."""
        return not self.email

    def minor(self, born_on: date | None, keys: Iterable[str]) -> bool:
        """Whether somebody of this birth date, or the one known, is a minor at one of these slots."""
        born_on = self.born_on or born_on
        return born_on is not None and any(is_minor_on(born_on, self.days[key]) for key in keys)


class ApplicationForm(Form):
    """An application, checked again at each of its pages; `context` has what is `asked`."""

    step: str = "you"  # the page it comes from, or what was pressed there
    waits: list[str] = Field([], validate_default=True)  # keys of full slots whose list one joins
    slots: list[str] = Field([], validate_default=True)  # keys of slots one takes a place in
    may_wait: bool = False  # for one of these that is full meanwhile
    tasks: Annotated[list[str], Says(UNKNOWN_CHOICE)] = Field([], validate_default=True)
    message: Annotated[str, text(0, 2000)] = ""
    prerequisites: list[str] = Field([], validate_default=True)
    undertaking: bool = Field(False, validate_default=True)
    first_name: Annotated[str, text(0, 80), PersonName] = Field("", validate_default=True)
    family_name: Annotated[str, text(0, 80), PersonName] = Field("", validate_default=True)
    email: Annotated[str, StringConstraints(max_length=254)] = Field("", validate_default=True)
    born_on: Annotated[date | None, Says(N_("Écrivez votre date de naissance, par exemple 27 3 1989."))] = (
        Field(None, validate_default=True)
    )
    guardian_relationship: str = Field("", validate_default=True)
    guardian_email: Annotated[str, StringConstraints(max_length=254)] = Field("", validate_default=True)

    @field_validator("step")
    @classmethod
    def known_step(cls, step: str) -> str:
        """A step nobody offers is the first one."""
        return step if step in STEPS else STEPS[0]

    @field_validator("waits")
    @classmethod
    def known_lists(cls, keys: list[str], info: ValidationInfo) -> list[str]:
        """Slots of this mission: the list is joined where they are full."""
        return _some(keys, _asked(info).days)

    @field_validator("slots")
    @classmethod
    def known_slots(cls, keys: list[str], info: ValidationInfo) -> list[str]:
        """Slots of this mission; at least one date is chosen in all, and no more than a person may hold."""
        waits = info.data.get("waits", [])
        chosen = [key for key in _some(keys, _asked(info).days) if key not in waits]
        if not chosen and not waits:
            raise ValueError(N_("Choisissez au moins une date."))
        if len(chosen) + len(waits) > MOST_SLOTS:
            raise ValueError(N_("Choisissez dix dates au plus."))
        return chosen

    @field_validator("tasks")
    @classmethod
    def known_tasks(cls, tasks: list[str], info: ValidationInfo) -> list[str]:
        """Tasks of this mission only, each once, in its order."""
        return _known(tasks, _asked(info).tasks)

    @field_validator("prerequisites")
    @classmethod
    def all_prerequisites(cls, confirmed: list[str], info: ValidationInfo) -> list[str]:
        """Each one is confirmed."""
        if set(_asked(info).prerequisites) - set(confirmed):
            raise ValueError(N_("Cochez chaque pré-requis pour confirmer que vous l’acceptez."))
        return _known(confirmed, _asked(info).prerequisites)

    @field_validator("undertaking")
    @classmethod
    def undertaking_accepted(cls, accepted: bool, info: ValidationInfo) -> bool:
        """The text is accepted, where there is one."""
        if _asked(info).undertaking and not accepted:
            raise ValueError(N_("Cochez cette case pour accepter l’engagement."))
        return accepted

    @field_validator("first_name", "family_name")
    @classmethod
    def names_given(cls, name: str, info: ValidationInfo) -> str:
        """Those whose names are not known say them."""
        if not _asked(info).names:
            return ""
        if not name:
            first = info.field_name == "first_name"
            raise ValueError(N_("Écrivez votre prénom.") if first else N_("Écrivez votre nom de famille."))
        return name

    @field_validator("email")
    @classmethod
    def email_given(cls, email: str, info: ValidationInfo) -> str:
        """A visitor's; whoever is signed in has one."""
        return typed.email(email) if _asked(info).visitor else _asked(info).email

    @field_validator("born_on")
    @classmethod
    def birth_date_given(cls, born_on: date | None, info: ValidationInfo) -> date | None:
        """Where the age is not known."""
        if not _asked(info).age:
            return None
        if born_on is None or born_on.year < FIRST_BIRTH_YEAR or born_on > _asked(info).today:
            raise ValueError(N_("Écrivez votre date de naissance, par exemple 27 3 1989."))
        return born_on

    @field_validator("guardian_relationship")
    @classmethod
    def relationship_given(cls, relationship: str, info: ValidationInfo) -> str:
        """A minor's, once the page has asked."""
        if not _asks_guardian(info, relationship):
            return ""
        if relationship not in RELATIONSHIPS:
            raise ValueError(N_("Choisis une réponse dans la liste."))
        return relationship

    @field_validator("guardian_email")
    @classmethod
    def other_address(cls, email: str, info: ValidationInfo) -> str:
        """A minor's guardian has an address of their own."""
        if not _asks_guardian(info, email):
            return ""
        return guardians_address(email, info.data.get("email", ""))


def _asked(info: ValidationInfo) -> Asked:
    context: Any = info.context
    asked: Asked = context["asked"]
    return asked


def _asks_guardian(info: ValidationInfo, value: str) -> bool:
    first_page = info.data.get("step") == "you" and not value
    return _asked(info).minor(info.data.get("born_on"), info.data.get("slots", ())) and not first_page


def _some(keys: list[str], known: Iterable[str]) -> list[str]:
    """Those of the keys that are known, in order; the others are past, or full, since the page was shown."""
    return [key for key in known if key in keys]


def _known(chosen: list[str], choices: Sequence[str]) -> list[str]:
    if set(chosen) - set(choices):
        raise ValueError(UNKNOWN_CHOICE)
    return [choice for choice in choices if choice in chosen]
