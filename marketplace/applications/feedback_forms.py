"""The forms of « comment ça s’est passé »."""

from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator

from marketplace.applications.feedback_policies import GRADES, says_how_to_reach
from marketplace.text import N_
from marketplace.web.forms import Form, Says, one_of, text

MOST_WORDS = 2000


class FeedbackForm(Form):
    """A volunteer's three answers."""

    as_described: Annotated[str, one_of(GRADES)]
    welcomed: Annotated[str, one_of(GRADES)]
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
        if (info.context or {}).get("is_minor") and says_how_to_reach(words):
            raise ValueError(
                N_("Écrivez sans adresse, sans numéro et sans lien : le message va à un mineur.")
            )
        return words
