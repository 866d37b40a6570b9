"""Why the list of accepted people cannot be had."""

from marketplace.errors import Refusal
from marketplace.text import N_


class ExportOnHold(Refusal):
    """An association that is suspended takes nobody's address with it."""

    title = N_("Votre association est suspendue")
    message = N_("Tant qu’elle l’est, la liste des personnes acceptées ne se télécharge pas.")
