"""The rules' answers to somebody who says how it went."""

from marketplace.errors import Refusal
from marketplace.text import N_


class NotOver(Refusal):
    """Nothing took place yet, or not for this person."""

    title = N_("Il n’y a encore rien à raconter")
    message = N_("Cette page s’ouvre une fois le créneau passé, ou des heures notées.")


class ThanksClosed(Refusal):
    """Too late, or nobody agrees any more to what is written to a minor."""

    title = N_("Vous ne pouvez plus écrire ce mot")
    message = N_(
        "Il s’envoie dans les 30 jours qui suivent la fin ; à un mineur, tant que son parent est d’accord."
    )


class ThanksOnHold(Refusal):
    """An association that is suspended writes to nobody."""

    title = N_("Votre association est suspendue")
    message = N_("Tant qu’elle l’est, elle n’écrit à personne.")


class AlreadySaid(Refusal):
    """Each side speaks once."""

    title = N_("C’est déjà enregistré")
    message = N_("On ne le dit qu’une fois. Rien n’a été changé.")
