"""Acts, piles, states and minors in the words moderators read."""

from marketplace.associations.lifecycle import Status as AssociationStatus
from marketplace.missions.lifecycle import Minors
from marketplace.missions.lifecycle import Status as MissionStatus
from marketplace.moderation.lifecycle import Act, Pile
from marketplace.text import N_

ACT_LABELS: dict[Act, str] = {
    Act.VERIFY_ASSOCIATION: N_("Vérifier l’association"),
    Act.RETURN_ASSOCIATION: N_("Renvoyer à l’association"),
    Act.SUSPEND_ASSOCIATION: N_("Suspendre l’association"),
    Act.LIFT_ASSOCIATION: N_("Lever la suspension"),
    Act.NOTE_SILENCE: N_("Vu : rien à décider pour l’instant"),
    Act.PUBLISH_MISSION: N_("Publier la mission"),
    Act.RETURN_MISSION: N_("Renvoyer à l’association"),
    Act.SUSPEND_MISSION: N_("Suspendre la mission"),
    Act.LIFT_MISSION: N_("Lever la suspension"),
    Act.OPEN_TO_MINORS: N_("Ouvrir aux mineurs de 16 et 17 ans"),
    Act.CLOSE_TO_MINORS: N_("Laisser ou remettre aux seuls adultes"),
}
DONE_LABELS: dict[Act, str] = {
    Act.VERIFY_ASSOCIATION: N_("Association vérifiée"),
    Act.RETURN_ASSOCIATION: N_("Association renvoyée"),
    Act.SUSPEND_ASSOCIATION: N_("Association suspendue"),
    Act.LIFT_ASSOCIATION: N_("Suspension levée"),
    Act.NOTE_SILENCE: N_("Silence noté"),
    Act.PUBLISH_MISSION: N_("Mission publiée"),
    Act.RETURN_MISSION: N_("Mission renvoyée"),
    Act.SUSPEND_MISSION: N_("Mission suspendue"),
    Act.LIFT_MISSION: N_("Suspension levée"),
    Act.OPEN_TO_MINORS: N_("Mission ouverte aux mineurs"),
    Act.CLOSE_TO_MINORS: N_("Mission réservée aux adultes"),
}
PILE_LABELS: dict[Pile, str] = {
    Pile.ASSOCIATIONS: N_("Associations"),
    Pile.MISSIONS: N_("Missions"),
    Pile.MINORS: N_("Demandes pour les mineurs"),
    Pile.SILENT: N_("Associations silencieuses"),
}
FILE_LABELS: dict[Pile, str] = {  # one of them
    Pile.ASSOCIATIONS: N_("Association"),
    Pile.MISSIONS: N_("Mission"),
    Pile.MINORS: N_("Demande pour les mineurs"),
    Pile.SILENT: N_("Association silencieuse"),
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
