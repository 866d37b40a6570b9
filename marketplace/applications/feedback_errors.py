"""The rules' answers to somebody who says how it went."""

from marketplace.errors import Refusal
from marketplace.text import N_


class NotOver(Refusal):
    """Nothing took place yet, or not for this person."""

    title = N_("Il n’y a encore rien à raconter")
    message = N_("Cette page s’ouvre une fois le créneau passé, ou des heures notées.")


class AlreadySaid(Refusal):
    """Each side speaks once."""

    title = N_("C’est déjà enregistré")
    message = N_("On ne le dit qu’une fois. Rien n’a été changé.")
