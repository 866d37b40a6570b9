"""E-mails once a slot is over."""

from datetime import datetime
from typing import Any

from marketplace.applications.presence_links import Opens, token
from marketplace.applications.queries import Candidacy
from marketplace.consents.tables import Guardian
from marketplace.mail.outbox import post
from marketplace.text import speaking
from marketplace.web import urls


async def feedback_asked(found: Candidacy, now: datetime) -> None:
    """To the volunteer: how did it go?"""
    await _to_volunteer("feedback_asked", found, now)


async def thanks_written(found: Candidacy, words: str, now: datetime) -> None:
    """To the volunteer: the association's words."""
    await _to_volunteer("thanks_written", found, now, words=words)


async def thanks_written_guardian(found: Candidacy, guardian: Guardian, words: str, now: datetime) -> None:
    """To a minor's guardian: the words that the association wrote to the minor."""
    if found.account is None:
        return
    await post(
        "thanks_written_guardian",
        to=guardian.email,
        lang=found.account.language,
        now=now,
        found=found,
        first_name=found.account.first_name,
        words=words,
    )


async def _to_volunteer(template: str, found: Candidacy, now: datetime, **values: Any) -> None:
    application, account = found.application, found.account
    if account is None:  # erased meanwhile: nobody to tell
        return
    with speaking(account.language):
        say = urls.absolute(
            "applications.arrive_to_feedback", token=token(Opens.FEEDBACK, application.public_id)
        )
    await post(
        template,
        to=account.email,
        lang=account.language,
        now=now,
        found=found,
        tu=application.is_minor and application.came_of_age_at is None,
        say_link=say,
        **values,
    )
