"""Forms to have the new missions of a search mailed."""

from typing import Annotated

from pydantic import AfterValidator

from marketplace.discovery.saved_tables import Frequency
from marketplace.front.saved_words import LONGEST
from marketplace.text import N_
from marketplace.web.forms import Email, Form, Says, one_of, text


def _ticked(otherwise: str) -> AfterValidator:
    """The rule of a box that must be ticked, with words of its own: there are two on the page."""

    def check(value: bool) -> bool:
        if not value:
            raise ValueError(otherwise)
        return value

    return AfterValidator(check)


HowOften = Annotated[
    str,
    one_of([str(kind) for kind in Frequency]),
    Says(N_("Choisissez tous les jours ou toutes les semaines.")),
]
Adult = Annotated[
    bool, _ticked(N_("Confirmez que vous avez 18 ans ou plus\u00a0: ces messages sont pour les adultes."))
]
Consent = Annotated[bool, _ticked(N_("Cochez la case de l’accord pour recevoir ces messages."))]
Query = Annotated[str, text(0, LONGEST)]


class SaveForm(Form):
    """Of an account that attested to be an adult's."""

    search: Query
    frequency: HowOften
    consent: Consent


class AdultForm(Form):
    """Of an account that did not say it yet."""

    search: Query
    frequency: HowOften
    adult: Adult
    consent: Consent


class AddressForm(Form):
    """Of somebody who is not signed in."""

    search: Query
    email: Email
    frequency: HowOften
    adult: Adult
    consent: Consent


AnyForm = SaveForm | AdultForm | AddressForm
