"""When people are asked whether they come, and reminded of where. No data is read here."""

from datetime import datetime, timedelta

from marketplace.applications.lifecycle import Status
from marketplace.applications.tables import Application
from marketplace.associations.lifecycle import Status as AssociationStatus
from marketplace.missions.lifecycle import OVER, RUNNING
from marketplace.missions.tables import Mission, Slot

ASKED_BEFORE = timedelta(days=2)
REMINDED_BEFORE = timedelta(days=1)


def is_expected(application: Application, slot: Slot, mission: Mission, now: datetime) -> bool:
    """Whether this person is to come at a slot that has not started: they may say yes, or no longer."""
    to_come = slot.starts_at is not None and slot.starts_at > now and slot.cancelled_at is None
    return application.status == Status.ACCEPTED and to_come and mission.status not in OVER


def takes_place(mission: Mission, association_status: str) -> bool:
    """Whether nothing stops the mission: else nobody is asked or reminded of anything."""
    return mission.status in RUNNING and association_status == AssociationStatus.VERIFIED


def asked_in_time(application: Application, slot: Slot) -> bool:
    """Whether they were accepted before the moment to ask: the others have only just said yes."""
    return bool(application.accepted_at <= slot.starts_at - ASKED_BEFORE)
