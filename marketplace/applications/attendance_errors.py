"""The rules' answers to an association that notes who was there."""

from marketplace.errors import Refusal
from marketplace.text import N_


class NotStarted(Refusal):
    """The slot is still to come."""

    title = N_("Le créneau n’a pas encore commencé")
    message = N_("Vous pourrez noter les présences dès qu’il aura commencé.")


class NoLongerNoted(Refusal):
    """The slot, or the undated mission, ended too long ago."""

    title = N_("Les présences ne changent plus")
    message = N_("Elles se notent et se corrigent pendant 90 jours. Écrivez-nous s’il reste une erreur.")


class SlotCancelled(Refusal):
    """Nothing took place."""

    title = N_("Ce créneau a été annulé")
    message = N_("Il n’y a pas de présence à noter.")
