"""Why a visitor's places cannot be held, or confirmed."""

from marketplace.accounts.errors import DeadLink
from marketplace.errors import Refusal
from marketplace.text import N_


class HoldPending(Refusal):
    """Somebody elsewhere is confirming an application with this address."""

    title = N_("Une candidature attend déjà d’être confirmée")
    message = N_(
        "Le lien reçu à cette adresse la confirme. Sinon, elle disparaît au bout de 30 minutes, "
        "et il est possible de recommencer."
    )


class HoldGone(DeadLink):
    """The link of a hold that was confirmed, replaced or dropped."""

    message = N_(
        "Il a déjà servi, ou les 30 minutes sont passées et rien n’est parti. Si la candidature "
        "n’est pas dans « Mon espace », tout recommence depuis la page de la mission."
    )

    def __init__(self, message: str = "") -> None:
        super().__init__(message)
        self.links = [
            (N_("Voir les missions ouvertes"), "front.missions", {}),
            (N_("Aller à mon espace"), "front.space", {}),
        ]


class TooManyHolds(Refusal):
    """Too many unconfirmed applications from one network."""

    status = 429
    title = N_("Trop de candidatures en peu de temps")
    message = N_(
        "Plusieurs candidatures viennent d’être envoyées depuis cette connexion sans être confirmées. "
        "Il reste à les confirmer par le lien reçu par e-mail, à se connecter, ou à réessayer dans une heure."
    )
