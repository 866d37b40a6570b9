"""How long a guardian has to answer, for each of the slots a request names. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from marketplace.consents.tables import Consent
from marketplace.missions.tables import Slot

ANSWERED_WITHIN = timedelta(days=7)
ANSWERED_BEFORE_START = timedelta(hours=24)


def limit(consent: Consent, slot: Slot) -> datetime:
    """Until when an answer is of use for this slot: the request's link may serve longer, for a later one."""
    if slot.starts_at is None:
        return consent.link_expires_at
    return min(consent.link_expires_at, slot.starts_at - ANSWERED_BEFORE_START)


def answer_by(slots: Sequence[Slot], now: datetime) -> datetime:
    """Until when the link of a request made now serves: 7 days, and never past 24 h before the last start.

    Each slot has its own limit: the one of its application.
    """
    latest = now + ANSWERED_WITHIN
    return max(
        min(latest, slot.starts_at - ANSWERED_BEFORE_START) if slot.starts_at else latest for slot in slots
    )
