"""What the rules say no to about an absence."""

from marketplace.errors import Refusal
from marketplace.text import N_


class AbsencePast(Refusal):
    """Days without an answer are not excused afterwards."""

    title = N_("Une absence s’annonce à l’avance")
    message = N_("Choisissez un premier jour à partir d’aujourd’hui.")
