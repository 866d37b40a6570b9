"""Piles, states and minors in the words moderators read."""

from marketplace.associations.lifecycle import Status as AssociationStatus
from marketplace.missions.lifecycle import Minors
from marketplace.missions.lifecycle import Status as MissionStatus
from marketplace.moderation.lifecycle import Pile
from marketplace.text import N_

PILE_LABELS: dict[Pile, str] = {
    Pile.ASSOCIATIONS: N_("Associations"),
    Pile.MISSIONS: N_("Missions"),
    Pile.MINORS: N_("Demandes pour les mineurs"),
}
FILE_LABELS: dict[Pile, str] = {  # one of them
    Pile.ASSOCIATIONS: N_("Association"),
    Pile.MISSIONS: N_("Mission"),
    Pile.MINORS: N_("Demande pour les mineurs"),
}
ASSOCIATION_STATUS: dict[AssociationStatus, tuple[str, str]] = {  # label, kind of `status_tag`
    AssociationStatus.DRAFT: (N_("Brouillon"), "draft"),
    AssociationStatus.SUBMITTED: (N_("À décider"), "wait"),
    AssociationStatus.RETURNED: (N_("Renvoyée"), "stop"),
    AssociationStatus.VERIFIED: (N_("Vérifiée"), "open"),
    AssociationStatus.SUSPENDED: (N_("Suspendue"), "stop"),
    AssociationStatus.CLOSED: (N_("Fermée"), "done"),
}
MISSION_STATUS: dict[MissionStatus, tuple[str, str]] = {
    MissionStatus.DRAFT: (N_("Brouillon"), "draft"),
    MissionStatus.SUBMITTED: (N_("À décider"), "wait"),
    MissionStatus.RETURNED: (N_("Renvoyée"), "stop"),
    MissionStatus.PUBLISHED: (N_("Publiée"), "open"),
    MissionStatus.PAUSED: (N_("En pause"), "wait"),
    MissionStatus.SUSPENDED: (N_("Suspendue"), "stop"),
    MissionStatus.FINISHED: (N_("Terminée"), "done"),
    MissionStatus.CANCELLED: (N_("Annulée"), "done"),
}
MINORS_LABELS: dict[Minors, str] = {
    Minors.CLOSED: N_("Fermée aux mineurs"),
    Minors.REQUESTED: N_("L’association demande à l’ouvrir aux mineurs"),
    Minors.OPEN: N_("Ouverte aux mineurs de 16 et 17 ans"),
}
