"""What the rules of saved searches refuse."""

from marketplace.errors import Refusal
from marketplace.text import N_


class AdultsOnly(Refusal):
    """Minors get no mail but those about their own applications."""

    status = 403
    title = N_("Ces messages sont pour les adultes")
    message = N_(
        "Nous n’envoyons pas de liste de missions aux mineurs. Toutes les missions restent visibles sur le "
        "site\u00a0: reviens les voir quand tu veux."
    )


class TooMany(Refusal):
    """Ten at most."""

    title = N_("Vous avez déjà dix recherches enregistrées")
    message = N_("Supprimez-en une pour en enregistrer une autre.")
