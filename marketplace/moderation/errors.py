"""What the rules refuse to a moderator."""

from marketplace.errors import Refusal
from marketplace.text import N_


class OwnAssociation(Refusal):
    """The moderator's public account belongs to the association."""

    status = 403
    title = N_("Ce dossier n’est pas pour vous")
    message = N_("Vous êtes membre de cette association : un autre modérateur décide.")


class NeedsTwoModerators(Refusal):
    """One to one with the people helped: one moderator does not decide alone."""

    title = N_("Deux modérateurs sont nécessaires")
    message = N_(
        "Une mission en tête-à-tête demande l’accord de deux modérateurs. Ce n’est pas encore possible ici : "
        "renvoyez-la à l’association."
    )


class NotReady(Refusal):
    """The mission could not even be sent as it stands today: its date has passed, for instance."""

    title = N_("La mission ne peut pas être publiée")
