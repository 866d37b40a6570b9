"""The form of a guardian who agrees."""

import re
from typing import Annotated, Any

from pydantic import Field, ValidationInfo, field_validator

from marketplace.text import N_
from marketplace.vocabulary.relationships import RELATIONSHIPS
from marketplace.web.forms import Form, PersonName, Says, Yes, one_of, text

PHONE = re.compile(r"\+?\d{9,15}")
TICK = N_("Cochez cette case pour donner votre accord.")
PHONE_WANTED = N_("Écrivez un numéro où vous joindre, par exemple 06 12 34 56 78.")


class AgreeForm(Form):
    """The guardian's name, how to call them (on site), and three boxes; `context`: `on_site`."""

    name: Annotated[str, text(1, 120), PersonName, Says(N_("Écrivez votre prénom et votre nom."))]
    relationship: Annotated[str, one_of(RELATIONSHIPS)]
    phone: Annotated[str, text(0, 30)] = Field("", validate_default=True)
    authority: Annotated[Yes, Says(TICK)]
    has_read: Annotated[Yes, Says(TICK)]
    no_disagreement: Annotated[Yes, Says(TICK)]

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
