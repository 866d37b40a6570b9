"""Forms about signing in."""

from typing import Annotated

from marketplace.text import LANGUAGES, N_
from marketplace.web.forms import Email, Form, PersonName, Says, one_of, text


class SignInForm(Form):
    """Where to send the link and the code."""

    email: Email
    next: str = ""


class CodeForm(Form):
    """The code received by e-mail."""

    code: Annotated[str, text(6, 6), Says(N_("Recopiez les 6 chiffres reçus par e-mail."))]


class NamesForm(Form):
    """The names an account goes by."""

    first_name: Annotated[str, text(1, 80), PersonName, Says(N_("Écrivez votre prénom."))]
    family_name: Annotated[str, text(1, 80), PersonName, Says(N_("Écrivez votre nom de famille."))]


class LanguageForm(Form):
    """The language of one's e-mails."""

    language: Annotated[str, one_of(LANGUAGES)]


class EmailForm(Form):
    """A new address."""

    email: Email
