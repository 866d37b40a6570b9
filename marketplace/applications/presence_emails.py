"""E-mails before a slot. Subjects say neither what nor where: mailboxes are shared."""

from datetime import datetime
from typing import Any

from marketplace.applications import links
from marketplace.applications.presence_links import Opens, token
from marketplace.applications.queries import Candidacy
from marketplace.consents.tables import Guardian
from marketplace.mail.outbox import post
from marketplace.text import speaking
from marketplace.web import urls


async def still_coming(found: Candidacy, now: datetime) -> None:
    """To the volunteer, two days before: do you come?"""
    if found.account is None:
        return
    with speaking(found.account.language):
        say = urls.absolute(
            "applications.arrive_to_say", token=token(Opens.PRESENCE, found.application.public_id)
        )
    await _to_volunteer("still_coming", found, now, say_link=say)


async def eve_of_slot(found: Candidacy, now: datetime) -> None:
    """To the volunteer, the day before: where, when, whom to call, what to know."""
    if found.account is None:
        return
    public_id = found.application.public_id
    with speaking(found.account.language):
        show = urls.absolute("applications.show", application=public_id)
        withdraw = urls.absolute("applications.arrive_to_withdraw", token=links.withdrawal_token(public_id))
    await _to_volunteer("eve_of_slot", found, now, show_link=show, withdraw_link=withdraw)


async def eve_of_slot_guardian(found: Candidacy, guardian: Guardian, now: datetime) -> None:
    """To a minor's guardian, who agreed: where the minor is expected, and when."""
    if found.account is None:
        return
    await post(
        "eve_of_slot_guardian",
        to=guardian.email,
        lang=found.account.language,
        now=now,
        found=found,
        first_name=found.account.first_name,
    )


async def _to_volunteer(template: str, found: Candidacy, now: datetime, **values: Any) -> None:
    if found.account is None:  # erased meanwhile: nobody to tell
        return
    application = found.application
    await post(
        template,
        to=found.account.email,
        lang=found.account.language,
        now=now,
        found=found,
        tu=application.is_minor and application.came_of_age_at is None,
        **values,
    )
