"""Whom a minor names as a guardian."""

from typing import Annotated, Any

from pydantic import Field, StringConstraints, ValidationInfo, field_validator

from marketplace.text import N_
from marketplace.vocabulary.relationships import RELATIONSHIPS
from marketplace.web import typed
from marketplace.web.forms import Form, one_of


class GuardianForm(Form):
    """Whom to ask for a minor who takes an offered place; `context` has what is `asked`."""

    guardian_relationship: Annotated[str, one_of(RELATIONSHIPS)]
    guardian_email: Annotated[str, StringConstraints(max_length=254)] = Field("", validate_default=True)

    @field_validator("guardian_email")
    @classmethod
    def other_address(cls, email: str, info: ValidationInfo) -> str:
        """An address of their own."""
        context: Any = info.context
        return guardians_address(email, context["email"])


def guardians_address(email: str, own: str) -> str:
    """The address of somebody else than the minor, whose `own` is given.

    Raises:
        ValueError: it is none, or the minor's own: words for the page.
    """
    email = typed.email(email)
    if fold_for_comparison(email) == fold_for_comparison(own):
        raise ValueError(N_("Donne l’adresse de ton parent ou représentant légal, pas la tienne."))
    return email


def fold_for_comparison(email: str) -> str:
    """Two addresses of one mailbox: no case, no dots, no +tag. Only to compare, never to write to."""
    name, _, host = email.strip().lower().rpartition("@")
    return f"{name.partition('+')[0].replace('.', '')}@{host}"
