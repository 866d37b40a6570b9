"""E-mails to the people who manage a mission. Subjects are neutral: mailboxes are shared."""

from datetime import datetime
from typing import Any

from marketplace.associations.emails import to_managers
from marketplace.missions.tables import Mission


async def mission_published(mission: Mission, now: datetime) -> None:
    """The mission is online."""
    await _post("mission_published", mission, now)


async def mission_returned(mission: Mission, now: datetime, reason: str, note: str) -> None:
    """Something has to change before it is published: the reason and the moderator's words."""
    await _post("mission_returned", mission, now, reason=reason, note=note)


async def mission_minors_answered(mission: Mission, now: datetime) -> None:
    """A moderator opened the mission to minors, or closed it."""
    await _post("mission_minors_answered", mission, now, minors=mission.minors)


async def mission_cancellation_noted(mission: Mission, now: datetime, told: int) -> None:
    """The mission is cancelled, and this many people were told."""
    await _post("mission_cancellation_noted", mission, now, told=told)


async def _post(template: str, mission: Mission, now: datetime, **values: Any) -> None:
    page = ("publishing.show", {"mission": mission.public_id})
    await to_managers(template, mission.association, now, page, title=mission.title, **values)
