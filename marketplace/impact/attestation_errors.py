"""What attestations refuse."""

from marketplace.errors import Refusal
from marketplace.text import N_


class NoName(Refusal):
    """An attestation is somebody's."""

    title = N_("Il manque un nom")
    message = N_("Une attestation porte un prénom et un nom. Ils se disent sur la page du compte.")

    def __init__(self) -> None:
        super().__init__()
        self.links.append((N_("Dire mon nom"), "accounts.show", {}))


class TooManyChecks(Refusal):
    """Codes are not to be guessed."""

    status = 429
    title = N_("Trop de vérifications en peu de temps")
    message = N_("Réessayez dans une heure.")
