"""May this application be answered with others now? The preview shows the answer, the action raises it."""

from datetime import datetime

from marketplace.applications.answer_errors import IsOver
from marketplace.applications.bulk_errors import AnsweredAlready
from marketplace.applications.lifecycle import Status
from marketplace.applications.policies import is_current, why_not_accept
from marketplace.applications.tables import Application
from marketplace.associations.tables import Association
from marketplace.errors import Refusal
from marketplace.missions.tables import Mission, Slot

AT_ONCE = 50


def why_not_decline(application: Application, slot: Slot, mission: Mission, now: datetime) -> Refusal | None:
    """What keeps it out of a no. Somebody accepted is never dropped by a tick: their own page does that."""
    if application.status != Status.PENDING:
        return AnsweredAlready()
    return None if is_current(application, slot, mission, now) else IsOver()


def why_not_accept_too(
    application: Application, slot: Slot, mission: Mission, association: Association, now: datetime
) -> Refusal | None:
    """What keeps it out of a yes."""
    refusal = why_not_decline(application, slot, mission, now)
    return refusal or why_not_accept(application, association, now)


def is_answered(application: Application, accepts: bool) -> bool:
    """Whether it stands where this answer leads."""
    return bool(application.status == (Status.ACCEPTED if accepts else Status.DECLINED))
