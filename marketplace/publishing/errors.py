"""What the rules say no to when a mission is sent, published or changed."""

from collections.abc import Sequence

from marketplace.errors import Refusal
from marketplace.text import N_, _


class NotVerified(Refusal):
    """Until a moderator has verified it, an association writes drafts."""

    title = N_("L’association n’est pas encore vérifiée")
    message = N_("Votre brouillon est gardé. Vous pourrez l’envoyer quand l’association sera vérifiée.")


class Incomplete(Refusal):
    """Something is missing, or a rule closes the way."""

    title = N_("La mission n’est pas prête")

    def __init__(self, public_id: str, missing: Sequence[tuple[str, str]]) -> None:
        super().__init__(" ".join(message for _step, message in missing))
        self.links = [(N_("Revoir la mission"), "missions.check", {"mission": public_id})]


class NotRunning(Refusal):
    """Only a mission that is online or paused has places and words to change."""

    title = N_("Cette mission n’est pas en ligne")
    message = N_("Seule une mission en ligne ou en pause se modifie ainsi.")


class TooFewPlaces(Refusal):
    """Places cannot go below those taken."""

    title = N_("Ces places sont déjà prises")

    def __init__(self, taken: int) -> None:
        super().__init__(
            _(
                "{count} places sont prises ou tenues pour quelqu’un : gardez-en au moins autant. "
                "Pour en libérer, répondez d’abord aux candidatures."
            ).format(count=taken)
        )


class MinorsStayOut(Refusal):
    """A rule closes this mission to minors, or its association does not ask for them."""

    title = N_("Cette mission reste fermée aux mineurs")
    message = N_("L’association ne demande pas à accueillir des mineurs.")
