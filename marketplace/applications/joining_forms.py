"""The form of somebody who is invited."""

from typing import Annotated

from marketplace.text import N_
from marketplace.web.forms import Form, Says, Yes


class JoiningForm(Form):
    """Members are adults."""

    adult: Annotated[Yes, Says(N_("Cochez cette case si vous avez 18 ans ou plus."))]
