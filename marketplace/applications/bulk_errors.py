"""Why an application is not answered with others."""

from marketplace.errors import Refusal
from marketplace.text import N_


class AnsweredAlready(Refusal):
    """Another member was quicker, or the volunteer gave the place back."""

    title = N_("Déjà répondu")
    message = N_("Cette candidature a déjà sa réponse, ou elle est close.")
