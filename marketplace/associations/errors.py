"""What the rules of associations refuse."""

from marketplace.errors import Refusal
from marketplace.text import N_, _


class AdultsOnly(Refusal):
    """A minor may not be a member of an association here."""

    status = 403
    title = N_("Réservé aux personnes majeures")
    message = N_(
        "Tu as moins de 18 ans : tu ne peux pas encore créer une association ici. "
        "Tu peux aider dans les missions ouvertes aux mineurs."
    )


class NotEditable(Refusal):
    """This part of the file may not change in the association's present state."""

    title = N_("Cette page ne se modifie pas maintenant")
    message = N_("Le dossier est envoyé ou déjà vérifié : cette partie ne change plus.")

    def __init__(self, public_id: str) -> None:
        super().__init__()
        self.links = [(N_("Voir où en est le dossier"), "associations.show", {"association": public_id})]


class Incomplete(Refusal):
    """Something is missing, so the file cannot be sent."""

    title = N_("Il manque quelque chose")

    def __init__(self, public_id: str, missing: list[str]) -> None:
        super().__init__(" ".join(_(message) for message in missing))
        self.links = [(N_("Revoir le dossier"), "associations.check", {"association": public_id})]
