"""What a moderator may do with a file as it stands."""

from marketplace.associations.lifecycle import Status as AssociationStatus
from marketplace.errors import Refusal
from marketplace.missions.lifecycle import RUNNING, ContactLevel, Minors
from marketplace.missions.lifecycle import Status as MissionStatus
from marketplace.missions.tables import Mission
from marketplace.moderation.lifecycle import Act
from marketplace.text import N_

ACT_LABELS: dict[Act, str] = {
    Act.VERIFY_ASSOCIATION: N_("Vérifier l’association"),
    Act.RETURN_ASSOCIATION: N_("Renvoyer à l’association"),
    Act.SUSPEND_ASSOCIATION: N_("Suspendre l’association"),
    Act.LIFT_ASSOCIATION: N_("Lever la suspension"),
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
    Act.PUBLISH_MISSION: N_("Mission publiée"),
    Act.RETURN_MISSION: N_("Mission renvoyée"),
    Act.SUSPEND_MISSION: N_("Mission suspendue"),
    Act.LIFT_MISSION: N_("Suspension levée"),
    Act.OPEN_TO_MINORS: N_("Mission ouverte aux mineurs"),
    Act.CLOSE_TO_MINORS: N_("Mission réservée aux adultes"),
}
NEEDS_REASON = frozenset(
    {
        Act.RETURN_ASSOCIATION,
        Act.SUSPEND_ASSOCIATION,
        Act.RETURN_MISSION,
        Act.SUSPEND_MISSION,
        Act.CLOSE_TO_MINORS,
    }
)


class OwnAssociation(Refusal):
    """The moderator's public account belongs to the association."""

    status = 403
    title = N_("Ce dossier n’est pas pour vous")
    message = N_("Vous êtes membre de cette association : un autre modérateur décide.")


class NeedsTwoModerators(Refusal):
    """One to one with the people helped: one moderator does not decide alone."""

    title = N_("Deux modérateurs sont nécessaires")
    message = N_(
        "Une mission en tête-à-tête demande l’accord de deux modérateurs. Ce n’est pas encore possible ici : "
        "renvoyez-la à l’association."
    )


class NotReady(Refusal):
    """The mission could not even be sent as it stands today: its date has passed, for instance."""

    title = N_("La mission ne peut pas être publiée")


def acts_on_association(status: str) -> list[Act]:
    """What may be decided about an association in this status."""
    return {
        AssociationStatus.SUBMITTED: [Act.VERIFY_ASSOCIATION, Act.RETURN_ASSOCIATION],
        AssociationStatus.VERIFIED: [Act.SUSPEND_ASSOCIATION],
        AssociationStatus.SUSPENDED: [Act.LIFT_ASSOCIATION],
    }.get(AssociationStatus(status), [])


def acts_on_mission(mission: Mission, association_status: str) -> list[Act]:
    """What may be decided about a mission; nothing while its association is not verified."""
    if association_status != AssociationStatus.VERIFIED:
        return []
    if mission.status == MissionStatus.SUBMITTED:
        return [Act.PUBLISH_MISSION, Act.RETURN_MISSION]
    if mission.status not in RUNNING or mission.minors == Minors.CLOSED:
        return []
    asked = [Act.OPEN_TO_MINORS] if mission.minors == Minors.REQUESTED else []
    return [*asked, Act.CLOSE_TO_MINORS]


def why_not(act: Act, mission: Mission) -> Refusal | None:
    """What stops an act that the mission's status allows, or None; `publishing` adds its own rules."""
    if act == Act.PUBLISH_MISSION and mission.contact_level == ContactLevel.INDIVIDUAL:
        return NeedsTwoModerators()
    return None
