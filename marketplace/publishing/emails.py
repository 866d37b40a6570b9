"""E-mails to the people who manage a mission. Subjects are neutral: mailboxes are shared."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from marketplace.associations.queries import managers_emails
from marketplace.mail.outbox import post
from marketplace.missions.tables import Mission
from marketplace.web import urls


async def mission_published(mission: Mission, to: str, lang: str, now: datetime) -> None:
    """The mission is online."""
    await _post("mission_published", mission, to, lang, now)


async def mission_returned(
    mission: Mission, to: str, lang: str, now: datetime, reason: str, note: str
) -> None:
    """Something has to change before it is published: the reason and the moderator's words."""
    await _post("mission_returned", mission, to, lang, now, reason=reason, note=note)


async def mission_minors_answered(mission: Mission, to: str, lang: str, now: datetime) -> None:
    """A moderator opened the mission to minors, or closed it."""
    await _post("mission_minors_answered", mission, to, lang, now, minors=mission.minors)


async def mission_cancellation_noted(mission: Mission, to: str, lang: str, now: datetime, told: int) -> None:
    """The mission is cancelled, and this many people were told."""
    await _post("mission_cancellation_noted", mission, to, lang, now, told=told)


async def to_managers(
    email: Callable[..., Awaitable[None]], mission: Mission, now: datetime, *words: Any
) -> None:
    """One of these e-mails to every owner and manager, each in their language."""
    for to, lang in await managers_emails(mission.association):
        await email(mission, to, lang, now, *words)


async def _post(template: str, mission: Mission, to: str, lang: str, now: datetime, **values: Any) -> None:
    link = urls.absolute("publishing.show", mission=mission.public_id)
    await post(template, to=to, lang=lang, now=now, title=mission.title, link=link, **values)
