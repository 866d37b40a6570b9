"""Why an offered place cannot be taken, or left."""

from marketplace.applications.errors import SeeOthers
from marketplace.errors import Refusal
from marketplace.text import N_


class OfferGone(SeeOthers):
    """The offer was taken, left, or its time has passed."""

    status = 410
    title = N_("Cette place n’est plus proposée")
    message = N_("Elle a déjà reçu une réponse, ou le délai est passé et elle va à quelqu’un d’autre.")


class OfferFrozen(Refusal):
    """The association is suspended: the place stays kept, and its time does not run."""

    title = N_("Pas pour le moment")
    message = N_("La mission est suspendue. La place reste gardée, et un message dira quand reprendre.")


class GuardianMissing(Refusal):
    """A minor takes a place without saying whom to ask: reached by a writer that did not ask."""

    title = N_("Il manque ton parent ou représentant légal")
    message = N_("Recommence depuis le lien du message : la page te demande qui prévenir.")
