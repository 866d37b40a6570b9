"""What the rules of accounts refuse."""

from marketplace.errors import Refusal
from marketplace.text import N_


class DeadLink(Refusal):
    """A mailed link or code that no longer works; all dead links look alike."""

    status = 410
    title = N_("Ce lien n’est plus valable")
    message = N_("Il a déjà servi, a été remplacé ou a expiré. Demandez-en un nouveau.")


class NotHere(Refusal):
    """A change of address is confirmed by whoever is signed in to the account that asked for it."""

    status = 403
    title = N_("Ce lien s’ouvre là où vous êtes connecté")
    message = N_(
        "Connectez-vous avec votre adresse actuelle, puis ouvrez ce lien de nouveau dans le même navigateur. "
        "Vous n’avez rien demandé\u00a0? Ne faites rien."
    )


class EmailTaken(Refusal):
    """The new address belongs to another account."""

    title = N_("Cette adresse a déjà un compte")
    message = N_("Cette adresse a déjà un compte. Choisissez-en une autre.")
