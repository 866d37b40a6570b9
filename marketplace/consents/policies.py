"""How long a guardian has to answer, for each of the slots a request names. Pure."""

from datetime import datetime, timedelta

from marketplace.consents.tables import Consent
from marketplace.missions.tables import Slot

ANSWER_BEFORE_START = timedelta(hours=24)


def limit(consent: Consent, slot: Slot) -> datetime:
    """Until when an answer is of use for this slot: the request's link may serve longer, for a later one."""
    if slot.starts_at is None:
        return consent.link_expires_at
    return min(consent.link_expires_at, slot.starts_at - ANSWER_BEFORE_START)
