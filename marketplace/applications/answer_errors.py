"""Why an application cannot be answered, or ended."""

from marketplace.errors import Refusal
from marketplace.text import N_, _


class IsOver(Refusal):
    """The slot or the mission is over, or the application has ended: nothing moves any more."""

    title = N_("Il n’y a plus rien à changer")
    message = N_("La mission est passée, ou cette candidature est déjà close.")


class AnswerTooLate(Refusal):
    """The association's time to answer is over: the volunteer is being told, and the place freed."""

    title = N_("Le délai pour répondre est passé")
    message = N_(
        "Une candidature attend une réponse sept jours au plus, et jamais à moins de deux heures du début. "
        "La personne est prévenue et la place est rendue."
    )


class NotVerified(Refusal):
    """An association that is suspended takes nobody."""

    title = N_("Votre association est suspendue")
    message = N_(
        "Tant qu’elle l’est, vous ne pouvez accepter personne. Les candidatures reçues sont gardées."
    )


class InsuranceOver(Refusal):
    """Past its insurance's last day, an association takes no minor."""

    title = N_("Votre assurance est terminée")
    message = N_("Pour accueillir des mineurs, donnez la date de fin du contrat en cours.")

    def __init__(self, public_id: str) -> None:
        super().__init__()
        self.links = [(N_("Mettre à jour l’assurance"), "associations.insurance", {"association": public_id})]


class MetAlready(Refusal):
    """One meeting is proposed, once, while the application awaits an answer."""

    title = N_("Une rencontre est déjà prévue")
    message = N_("On propose une rencontre une seule fois, tant que la candidature attend une réponse.")


class MeetingTooFar(Refusal):
    """The day is past, or too far."""

    title = N_("Choisissez un jour plus proche")

    def __init__(self, days: int) -> None:
        super().__init__(_("La rencontre a lieu dans les {days} jours.").format(days=days))


class MeetingTooLate(Refusal):
    """They meet before the slot."""

    title = N_("Choisissez un jour avant la mission")
    message = N_("La rencontre a lieu avant le jour de la mission.")
