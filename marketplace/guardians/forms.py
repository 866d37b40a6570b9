"""The form of a guardian who agrees."""

import re
from typing import Annotated, Any

from pydantic import Field, ValidationInfo, field_validator

from marketplace.text import N_
from marketplace.vocabulary.relationships import RELATIONSHIPS
from marketplace.web.forms import Form, PersonName, Says, Yes, one_of, text

PHONE = re.compile(r"\+?\d{9,15}")
AUTHORITY_WANTED = N_("Sans autorité parentale, vous ne pouvez pas donner cet accord.")
READING_WANTED = N_("Relisez la mission, puis cochez cette case.")
NO_DISAGREEMENT_WANTED = N_("En cas de désaccord entre vous, l’accord ne peut pas être donné.")
PHONE_WANTED = N_("Écrivez un numéro où vous joindre, par exemple 06 12 34 56 78.")


class AgreeForm(Form):
    """The guardian's name, how to call them (on site), the dates, and three boxes.

    `context`: `on_site`, and the keys of the `dates` asked.
    """

    name: Annotated[str, text(1, 120), PersonName, Says(N_("Écrivez votre prénom et votre nom."))]
    relationship: Annotated[str, one_of(RELATIONSHIPS), Says(N_("Choisissez une réponse."))]
    dates: Annotated[list[str], Says(N_("Cochez au moins une date."))] = Field([], validate_default=True)
    phone: Annotated[str, text(0, 30)] = Field("", validate_default=True)
    authority: Annotated[Yes, Says(AUTHORITY_WANTED)]
    has_read: Annotated[Yes, Says(READING_WANTED)]
    no_disagreement: Annotated[Yes, Says(NO_DISAGREEMENT_WANTED)]

    @field_validator("dates")
    @classmethod
    def some_of_those_asked(cls, dates: list[str], info: ValidationInfo) -> list[str]:
        """At least one stays ticked; one that is gone since the page was shown is not asked any more."""
        context: Any = info.context
        asked: list[str] = context["dates"]
        chosen = [key for key in asked if key in dates]
        if not chosen:
            raise ValueError(N_("Cochez au moins une date."))
        return chosen

    @field_validator("phone")
    @classmethod
    def callable_on_site(cls, phone: str, info: ValidationInfo) -> str:
        """Needed on site; elsewhere it is not kept."""
        context: Any = info.context
        if not context["on_site"]:
            return ""
        digits = re.sub(r"[ .\-()]", "", phone)
        if not PHONE.fullmatch(digits):
            raise ValueError(PHONE_WANTED)
        if len(digits) == 10:
            return " ".join(digits[pair : pair + 2] for pair in range(0, 10, 2))
        return digits
