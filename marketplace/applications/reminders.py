"""What is mailed once about an application, however often and from wherever its job is run."""

from datetime import datetime
from enum import StrEnum

from marketplace import db


class Mail(StrEnum):
    """What is mailed once: the `kind` of a reminder's row."""

    DAY_3 = "day_3"  # the association has not answered for three days
    DAY_6 = "day_6"
    COMING = "coming"  # two days before: « je viens »
    EVE = "eve"  # the day before: where, when, whom to call
    ATTENDANCE = "attendance"  # after: who was there; on one application of the slot
    FEEDBACK = "feedback"  # after: how it went


async def claim(application_id: int, mail: Mail, now: datetime) -> bool:
    """Whether this mail is ours to post: one caller for ever hears yes. Called inside its transaction."""
    rows = await db.fetch(
        """INSERT INTO reminder (application, kind, sent_at) VALUES ({}, {}, {})
        ON CONFLICT (application, kind) DO NOTHING RETURNING id""",
        application_id,
        mail.value,
        now,
    )
    return bool(rows)
