"""E-mails to a minor about what a guardian did, or did not do in time."""

from collections.abc import Sequence
from datetime import UTC, datetime

from marketplace.applications import calendars
from marketplace.applications.queries import Candidacy
from marketplace.lifecycle import By
from marketplace.mail.outbox import post
from marketplace.web import urls

FAR = datetime.max.replace(tzinfo=UTC)


async def participation_ended(found: Sequence[Candidacy], by: By, now: datetime) -> None:
    """One mail for all the dates that end. Kind and without a reason; after a silence, how to ask again."""
    account = found[0].account if found else None
    if account is None:
        return
    found = sorted(found, key=lambda one: one.slot.starts_at or FAR)
    await post(
        "participation_ended",
        to=account.email,
        lang=account.language,
        now=now,
        calendar=calendars.ended(found, now),
        found=found[0],
        slots=[one.slot for one in found],
        first_name=account.first_name,
        was_silence=by == By.TIME,
        missions_link=urls.absolute("front.missions"),
    )
