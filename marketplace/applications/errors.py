"""The rules' answers to somebody who applies."""

from marketplace.errors import Refusal
from marketplace.text import N_


class SeeOthers(Refusal):
    """A no after which the open missions are shown."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message)
        self.links = [(N_("Voir les missions ouvertes"), "front.missions", {})]


class SlotFull(SeeOthers):
    """No place is left."""

    title = N_("La mission est désormais complète")
    message = N_(
        "La dernière place vient d’être prise. Rien n’a été enregistré. D’autres missions cherchent du monde."
    )


class MissionClosed(SeeOthers):
    """The mission takes no application now: paused, over, or its slot begins too soon."""

    title = N_("Les candidatures sont fermées")
    message = N_("Cette mission ne reçoit plus de candidatures pour le moment. D’autres cherchent du monde.")


class AlreadyApplied(Refusal):
    """One live application per volunteer and slot."""

    title = N_("Cette candidature est déjà enregistrée")
    message = N_("Une seule candidature par date suffit. Elle se suit depuis « Mon espace ».")

    def __init__(self, message: str = "") -> None:
        super().__init__(message)
        self.links = [(N_("Voir mes candidatures"), "front.space", {})]


class OwnAssociation(SeeOthers):
    """Members may not apply to their own association's missions."""

    status = 403
    title = N_("C’est une mission de votre association")
    message = N_("Les membres d’une association ne peuvent pas candidater à ses missions.")


class TooYoung(SeeOthers):
    """Under 16: nothing is stored."""

    status = 403
    title = N_("Tu pourras t’engager ici à 16 ans")
    message = N_(
        "Il faut avoir 16 ans pour candidater sur ce site. Rien n’a été enregistré. En attendant, "
        "ton collège, ton lycée ou les associations de ta commune accueillent des jeunes de ton âge."
    )


class AdultsOnly(SeeOthers):
    """The mission is not open to minors."""

    status = 403
    title = N_("Cette mission est réservée aux adultes")
    message = N_(
        "Cette mission n’est pas ouverte aux mineurs. D’autres le sont : cherche « Ouverte aux mineurs »."
    )


class TooSoonForMinors(SeeOthers):
    """A guardian needs time to answer."""

    status = 403
    title = N_("Cette mission commence trop tôt")
    message = N_(
        "Avant 18 ans, il faut candidater au moins 48 heures avant le début : "
        "un parent doit avoir le temps de répondre."
    )


class GuardianSaidNo(SeeOthers):
    """A guardian refused this mission less than 30 days ago."""

    status = 403
    title = N_("Tu ne peux pas candidater à cette mission maintenant")
    message = N_(
        "Tu pourras candidater de nouveau à cette mission dans quelques semaines. D’autres t’attendent."
    )


class TooManyRequests(Refusal):
    """A minor's open consent requests."""

    title = N_("Attends d’abord une réponse")
    message = N_("Trois demandes d’accord attendent déjà une réponse. Tu pourras candidater ensuite.")


class TooManyMails(Refusal):
    """The requests mailed to one guardian's address in a day."""

    status = 429
    title = N_("Trop de demandes pour aujourd’hui")
    message = N_("Ton parent a déjà reçu plusieurs demandes aujourd’hui. Réessaie demain.")


class TooManyPlaces(Refusal):
    """The places one person holds."""

    title = N_("Dix places, c’est le maximum")
    message = N_(
        "Une personne tient dix places au plus. Retirer une candidature, ou finir une mission, en rend une."
    )


class DeclinedRecently(SeeOthers):
    """The association declined less than 90 days ago."""

    title = N_("Il est encore tôt pour candidater de nouveau")
    message = N_(
        "L’association a répondu non il y a moins de trois mois. D’autres missions cherchent du monde."
    )


class AgeUnknown(Refusal):
    """Nobody applies before saying their age: reached by a writer that did not ask."""

    title = N_("Il manque la date de naissance")
    message = N_("Rien n’a été enregistré. Tout recommence depuis la page de la mission.")


class AgeDisputed(Refusal):
    """The account and the form do not agree on who is an adult: told to the owner of the address alone."""

    status = 403
    title = N_("La date de naissance ne correspond pas")
    message = N_(
        "Elle ne va pas avec ce que dit le compte de cette adresse. La place est rendue. Connectez-vous "
        "pour candidater avec ce compte, ou écrivez-nous si ce qu’il dit est faux."
    )


class NothingChosen(Refusal):
    """No date was chosen: reached by a writer that did not ask."""

    title = N_("Il manque une date")
    message = N_("Rien n’a été enregistré. Tout recommence depuis la page de la mission.")
