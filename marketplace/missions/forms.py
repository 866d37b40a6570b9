"""The first pages of a mission: what it is for, what one does there, for whom."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, Field, StringConstraints

from marketplace.missions.checks import PRESENTATION_AT_LEAST, PRESENTATION_AT_MOST
from marketplace.missions.form_fields import (
    DETAILS_AT_MOST,
    TRAINING_AT_MOST,
    StepForm,
    line,
    skill_problems,
)
from marketplace.text import N_
from marketplace.vocabulary.activities import ACTIVITIES
from marketplace.vocabulary.audiences import AUDIENCES
from marketplace.vocabulary.domains import DOMAINS
from marketplace.vocabulary.skills import SKILLS
from marketplace.web.forms import one_of, some_of

TITLE_AT_MOST = 120
TASKS_AT_MOST, TASK_AT_MOST = 20, 200


class DomainForm(StepForm):
    """What it is for."""

    domain: Annotated[str, one_of(DOMAINS, optional=True)] = ""
    activities: Annotated[list[str], some_of(ACTIVITIES, 3)] = Field(default_factory=list)


def _two_words(value: str) -> str:
    if value and len(value.split()) < 2:
        raise ValueError(N_("Écrivez un titre d’au moins deux mots."))
    return value


def _long_enough(value: str) -> str:
    if value and len(value) < PRESENTATION_AT_LEAST:
        raise ValueError(N_("Écrivez une présentation d’au moins 300 caractères."))
    return value


def _tasks(value: str) -> str:
    tasks = task_lines(value)
    if len(tasks) > TASKS_AT_MOST:
        raise ValueError(N_("Écrivez 20 tâches au plus, une par ligne."))
    if any(len(task) > TASK_AT_MOST for task in tasks):
        raise ValueError(N_("Raccourcissez chaque tâche : 200 caractères au plus par ligne."))
    return value


def task_lines(value: str) -> list[str]:
    """The tasks of a text area, one per line, without the dashes people put before them; each once."""
    lines = (" ".join(typed.strip().lstrip("-•*–").split()) for typed in value.split("\n"))
    return list(dict.fromkeys(task for task in lines if task))


class PresentationForm(StepForm):
    """What one does there."""

    title: Annotated[str, line(TITLE_AT_MOST), AfterValidator(_two_words)] = ""
    presentation: Annotated[
        str, StringConstraints(max_length=PRESENTATION_AT_MOST), AfterValidator(_long_enough)
    ] = ""
    tasks: Annotated[str, AfterValidator(_tasks)] = ""
    details: Annotated[str, StringConstraints(max_length=DETAILS_AT_MOST)] = ""

    def columns(self) -> Mapping[str, Any]:
        """The tasks become a list."""
        return {**self.model_dump(), "tasks": task_lines(self.tasks)}


class AudienceForm(StepForm):
    """For whom, with which skills."""

    audiences: Annotated[list[str], some_of(AUDIENCES)] = Field(default_factory=list)
    skills_wished: Annotated[list[str], some_of(SKILLS)] = Field(default_factory=list)
    skills_needed: Annotated[list[str], some_of(SKILLS)] = Field(default_factory=list)
    training: Annotated[str, line(TRAINING_AT_MOST)] = ""

    def problems(self) -> Iterable[tuple[str, str]]:
        """Ten skills in all, each of one kind."""
        return skill_problems(self.skills_needed, self.skills_wished)
