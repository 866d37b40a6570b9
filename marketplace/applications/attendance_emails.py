"""E-mails to an association after a slot."""

from datetime import datetime

from marketplace.applications.queries import Candidacy
from marketplace.associations.emails import to_managers
from marketplace.missions.policies import slot_key


async def attendance_asked(found: Candidacy, now: datetime) -> None:
    """To the owners and managers, a day after a slot: note who was there."""
    page = ("applications.attendance", {"mission": found.mission.public_id, "slot": slot_key(found.slot)})
    await to_managers("attendance_asked", found.association.id, now, page, found=found)
