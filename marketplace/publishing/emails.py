"""E-mails to the people who manage a mission. Subjects are neutral: mailboxes are shared."""

from datetime import datetime
from typing import Any

from marketplace.associations import queries as associations
from marketplace.associations.emails import to_managers
from marketplace.missions.tables import Mission
from marketplace.publishing import links


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


async def mission_finish_noted(mission: Mission, now: datetime, told: int, asked: int, stay: bool) -> None:
    """The mission is over: this many people had no answer and were told, this many are asked how it went.

    `stay`: somebody was accepted, whose hours may still be noted.
    """
    about = {"told": told, "asked": asked, "stay": stay, "timing": mission.timing}
    await _post("mission_finish_noted", mission, now, **about)


async def mission_stands_asked(mission: Mission, now: datetime, is_undated: bool) -> None:
    """Is it still current? The link leads to a button, without signing in; an undated one is then paused."""
    page = ("publishing.arrive_to_confirm", {"token": links.standing_token(mission.public_id)})
    await to_managers(
        "mission_stands_asked",
        mission.association,
        now,
        page,
        title=mission.title,
        is_undated=is_undated,
    )


async def mission_paused_automatically(mission: Mission, now: datetime) -> None:
    """Nobody said that it still stands: it is paused, and a click resumes it."""
    await _post("mission_paused_automatically", mission, now)


async def association_silent(association_id: int, now: datetime, paused: int) -> None:
    """Too many applications had no answer: this many missions are paused, and a click resumes each."""
    association = await associations.fresh(association_id)
    page = ("missions.index", {"association": association.public_id})
    await to_managers("association_silent", association_id, now, page, paused=paused)


async def _post(template: str, mission: Mission, now: datetime, **values: Any) -> None:
    page = ("publishing.show", {"mission": mission.public_id})
    await to_managers(template, mission.association, now, page, title=mission.title, **values)
