"""Rules about accounts that need neither data nor clock."""

from marketplace.errors import Refusal
from marketplace.text import N_

CODE_ATTEMPTS = 5


class DeadLink(Refusal):
    """A mailed link or code that no longer works; all dead links look alike."""

    status = 410
    title = N_("Ce lien n’est plus valable")
    message = N_("Il a déjà servi, a été remplacé ou a expiré. Demandez-en un nouveau.")


class EmailTaken(Refusal):
    """The new address belongs to another account."""

    title = N_("Cette adresse a déjà un compte")
    message = N_("Cette adresse a déjà un compte. Choisissez-en une autre.")


def fold_email(email: str) -> str:
    """The address as compared and stored: no spaces around, lower case."""
    return email.strip().lower()


def shown_name(first_name: str, family_name: str) -> str:
    """What a public page shows of a member: « CHRIS N. »."""
    return f"{first_name} {family_name[:1].upper()}.".strip() if family_name else first_name
