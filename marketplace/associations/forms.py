"""The pages of an association's file, one form each."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from pydantic import AfterValidator

from marketplace.associations import policies
from marketplace.text import N_, _
from marketplace.vocabulary.legal_kinds import LEGAL_KINDS
from marketplace.web import typed
from marketplace.web.forms import Email, Form, Says, Yes, one_of, text

NO_NUMBER = N_("Écrivez un numéro RNA, ou un numéro SIREN ou SIRET.")
NOT_REACHABLE = N_("Écrivez un numéro de téléphone ou une adresse e-mail.")


def _reachable(value: str) -> str:
    try:
        return typed.email(value) if "@" in value else policies.tidy_phone(value)
    except ValueError:
        raise ValueError(NOT_REACHABLE) from None


class IdentityForm(Form):
    """Who the association is."""

    name: Annotated[str, text(1, 120), Says(N_("Écrivez le nom de l’association."))]
    legal_kind: Annotated[str, one_of(LEGAL_KINDS)]
    rna: Annotated[str, AfterValidator(policies.tidy_rna)] = ""
    siret: Annotated[str, AfterValidator(policies.tidy_siret)] = ""
    purpose: Annotated[str, text(30, 2000), Says(N_("Dites en quelques phrases ce que vous faites."))]

    def problems(self) -> Iterable[tuple[str, str]]:
        """One of the two numbers is needed."""
        if not self.rna and not self.siret:
            yield "rna", _(NO_NUMBER)


class NewForm(IdentityForm):
    """The first page, for somebody who has not yet said they are an adult."""

    adult: Annotated[Yes, Says(N_("Cochez cette case si vous avez 18 ans ou plus."))]


class PlaceForm(Form):
    """Where it is; the commune is read by vocabulary.commune_field."""

    address: Annotated[str, text(1, 200), Says(N_("Écrivez le numéro et la rue."))]


class ContactForm(Form):
    """What everybody sees."""

    contact_email: Email
    contact_phone: Annotated[str, AfterValidator(policies.tidy_phone)] = ""
    website: Annotated[str, text(0, 200), AfterValidator(policies.tidy_website)] = ""


class InsuranceForm(Form):
    """Who insures the volunteers, and until when."""

    insurer: Annotated[str, text(1, 120), Says(N_("Écrivez le nom de l’assureur."))]
    insured_until: Annotated[date, Says(N_("Écrivez la date de fin du contrat, par exemple 31 12 2027."))]


class SafeguardingForm(Form):
    """Whom we call when somebody may be in danger."""

    safeguarding_name: Annotated[str, text(1, 120), Says(N_("Écrivez le prénom et le nom."))]
    safeguarding_contact: Annotated[str, text(1, 254), AfterValidator(_reachable), Says(NOT_REACHABLE)]


class CharterForm(Form):
    """The charter, accepted."""

    charter: Yes
