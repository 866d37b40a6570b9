"""The forms of somebody who is invited."""

from typing import Annotated

from marketplace.text import N_
from marketplace.web.forms import Form, PersonName, Says, Yes, text

Adult = Annotated[Yes, Says(N_("Cochez cette case si vous avez 18 ans ou plus."))]


class JoiningForm(Form):
    """Members are adults."""

    adult: Adult

    def names(self) -> tuple[str, str]:
        """Of an account that has names already."""
        return "", ""


class NamedJoiningForm(Form):
    """The same of somebody without an account, or whose account has no name yet."""

    first_name: Annotated[str, text(1, 80), PersonName, Says(N_("Écrivez votre prénom."))]
    family_name: Annotated[str, text(1, 80), PersonName, Says(N_("Écrivez votre nom de famille."))]
    adult: Adult

    def names(self) -> tuple[str, str]:
        """Those the account is to go by."""
        return self.first_name, self.family_name
