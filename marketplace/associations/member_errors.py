"""What the rules of membership refuse."""

from collections.abc import Mapping

from marketplace.accounts.errors import DeadLink
from marketplace.errors import Refusal
from marketplace.text import N_


class AboutMembers(Refusal):
    """A no after which the list of members is shown."""

    def __init__(self, public_id: str) -> None:
        super().__init__()
        page: Mapping[str, str] = {"association": public_id}
        self.links = [(N_("Voir les membres"), "associations.members", page)]


class LastOwner(AboutMembers):
    """There is always an owner."""

    title = N_("Il faut toujours un responsable")
    message = N_(
        "C’est la dernière personne responsable de l’association. Donnez d’abord ce rôle à un autre membre, "
        "puis recommencez."
    )


class AlreadyMember(AboutMembers):
    """The address belongs to a member."""

    title = N_("Cette personne est déjà membre")
    message = N_("Un membre de l’association a déjà cette adresse. Vous pouvez changer son rôle.")


class AlreadyInvited(AboutMembers):
    """An invitation to this address is open."""

    title = N_("Une invitation attend déjà")
    message = N_("Cette adresse a déjà une invitation. Envoyez-la de nouveau, ou annulez-la.")


class TooManyInvitations(AboutMembers):
    """The invitations of an association that are open at once."""

    title = N_("Trente invitations attendent déjà")
    message = N_("Annulez-en une, ou attendez les réponses, puis recommencez.")


class TooManyMails(AboutMembers):
    """The invitations mailed to one address, or by one person, in a day."""

    status = 429
    title = N_("Trop d’invitations pour aujourd’hui")
    message = N_("Rien n’est parti cette fois. Recommencez demain.")


class InvitationGone(DeadLink):
    """An invitation accepted, cancelled, sent again or expired; all look alike."""

    message = N_(
        "Cette invitation a déjà servi, a été annulée ou a expiré. Demandez-en une autre à la personne qui "
        "vous a invité. Si vous l’aviez acceptée, connectez-vous."
    )

    def __init__(self, message: str = "") -> None:
        super().__init__(message)
        self.links = [(N_("Me connecter"), "accounts.sign_in", {})]
