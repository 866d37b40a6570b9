"""The forms of « comment ça s’est passé »."""

from typing import Annotated

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from marketplace.applications.feedback_policies import GRADES
from marketplace.missions.text_warnings import holds_contacts
from marketplace.text import N_
from marketplace.web.forms import Form, Says, text

MOST_WORDS = 2000


def _one_grade(value: str) -> str:
    if value not in GRADES:
        raise ValueError(N_("Choisissez une réponse."))
    return value


Grade = Annotated[str, AfterValidator(_one_grade)]


class FeedbackForm(Form):
    """A volunteer's three answers."""

    as_described: Grade
    welcomed: Grade
    words: Annotated[str, text(0, MOST_WORDS)] = ""


class ThanksForm(Form):
    """An association's words; `context` says whether they go to a minor (`is_minor`)."""

    words: Annotated[str, text(1, MOST_WORDS), Says(N_("Écrivez quelques mots."))] = Field(
        "", validate_default=True
    )

    @field_validator("words")
    @classmethod
    def no_way_out(cls, words: str, info: ValidationInfo) -> str:
        """A minor is written to on the site only, where a parent reads too."""
        if (info.context or {}).get("is_minor") and holds_contacts(words):
            raise ValueError(
                N_("Écrivez sans adresse, sans numéro et sans lien : le message va à un mineur.")
            )
        return words
