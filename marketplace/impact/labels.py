"""The words of the figures: statuses as an association may read them together, and columns."""

from enum import StrEnum

from marketplace.applications.lifecycle import Status
from marketplace.text import N_


class Group(StrEnum):
    """Applications counted together, in the order they are shown."""

    AWAITED = "awaited"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    WAITING = "waiting"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


# Unconfirmed, waiting for a guardian, waiting for the association: told apart, they would tell of a consent.
GROUP_OF: dict[Status, Group] = {
    Status.UNCONFIRMED: Group.AWAITED,
    Status.AWAITING_CONSENT: Group.AWAITED,
    Status.PENDING: Group.AWAITED,
    Status.OFFERED: Group.OFFERED,
    Status.ACCEPTED: Group.ACCEPTED,
    Status.WAITING: Group.WAITING,
    Status.DECLINED: Group.DECLINED,
    Status.WITHDRAWN: Group.WITHDRAWN,  # whoever ended it
    Status.LAPSED: Group.LAPSED,
}
TAKING_PLACES = (Group.AWAITED, Group.OFFERED, Group.ACCEPTED)

GROUPS: dict[Group, str] = {
    Group.AWAITED: N_("En attente"),
    Group.OFFERED: N_("Place proposée"),
    Group.ACCEPTED: N_("Participation confirmée"),
    Group.WAITING: N_("Sur liste d’attente"),
    Group.DECLINED: N_("Réponse négative"),
    Group.WITHDRAWN: N_("Candidature retirée"),
    Group.LAPSED: N_("Close sans participation"),
}

# Days to an answer, from the first to the last of each.
SPANS: tuple[tuple[int, int, str], ...] = (
    (1, 1, N_("En un jour au plus")),
    (2, 3, N_("En 2 ou 3 jours")),
    (4, 7, N_("En 4 à 7 jours")),
    (8, 10_000, N_("En plus de 7 jours")),
)
UNANSWERED = N_("Restées sans réponse")
