"""What a moderator may do with a file as it stands."""

from marketplace.associations.lifecycle import Status as AssociationStatus
from marketplace.errors import Refusal
from marketplace.missions.lifecycle import RUNNING, ContactLevel, Minors
from marketplace.missions.lifecycle import Status as MissionStatus
from marketplace.missions.tables import Mission
from marketplace.moderation.errors import NeedsTwoModerators
from marketplace.moderation.lifecycle import Act

NEEDS_REASON = frozenset(
    {
        Act.RETURN_ASSOCIATION,
        Act.SUSPEND_ASSOCIATION,
        Act.RETURN_MISSION,
        Act.SUSPEND_MISSION,
        Act.CLOSE_TO_MINORS,
    }
)


def acts_on_association(status: str, silent: bool) -> list[Act]:
    """What may be decided about an association in this status, `silent` when it is in that pile."""
    return {
        AssociationStatus.SUBMITTED: [Act.VERIFY_ASSOCIATION, Act.RETURN_ASSOCIATION],
        AssociationStatus.VERIFIED: [*([Act.NOTE_SILENCE] if silent else []), Act.SUSPEND_ASSOCIATION],
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
