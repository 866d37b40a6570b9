"""E-mails to a minor about what a guardian did, or did not do in time."""

from datetime import datetime

from marketplace.applications.queries import Candidacy
from marketplace.lifecycle import By
from marketplace.mail.outbox import post
from marketplace.web import urls


async def participation_ended(found: Candidacy, by: By, now: datetime) -> None:
    """Kind and without a reason; after a silence, how to ask again."""
    if found.account is None:
        return
    await post(
        "participation_ended",
        to=found.account.email,
        lang=found.account.language,
        now=now,
        found=found,
        first_name=found.account.first_name,
        was_silence=by == By.TIME,
        missions_link=urls.absolute("front.missions"),
    )
