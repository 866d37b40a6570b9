"""Why no message may be written."""

from marketplace.errors import Refusal
from marketplace.text import N_


class ThreadClosed(Refusal):
    """The thread may be read, not written in."""

    status = 409
    title = N_("Cet échange est fermé")


class NotShownYet(ThreadClosed):
    """The association knows nothing of the application yet."""

    message = N_("L’association ne voit pas encore cette candidature. Les messages s’ouvriront ensuite.")


class OnHold(ThreadClosed):
    """A minor's, whose guardian is asked again."""

    message = N_("Cette candidature attend une réponse. Les messages reprendront ensuite.")


class Ended(ThreadClosed):
    """The application is over, and was never accepted, or is a minor's."""

    message = N_("La candidature est close : les messages le sont aussi.")


class TooLate(ThreadClosed):
    """Thirty days have passed."""

    message = N_("Les messages se ferment 30 jours après la fin.")


class AssociationAway(ThreadClosed):
    """The association is not verified now."""

    message = N_("Les messages de cette association sont suspendus.")


class PersonLeft(ThreadClosed):
    """The volunteer's account is erased."""

    message = N_("Cette personne n’a plus de compte.")


class NobodyToWriteTo(Refusal):
    """Nobody accepted is left in what was chosen."""

    title = N_("Personne à qui écrire")
    message = N_("Personne n’a de place confirmée à ces dates. Le message n’est pas parti.")
