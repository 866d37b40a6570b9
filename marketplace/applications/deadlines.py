"""How long an application may stay where it is: the one table of deadlines. Pure."""

from datetime import date, datetime, timedelta

from marketplace.applications.lifecycle import Status
from marketplace.consents import policies as guardians
from marketplace.missions.policies import APPLY_BEFORE
from marketplace.missions.tables import Slot
from marketplace.web.clock import paris_instant

CONFIRMED_WITHIN = timedelta(minutes=30)
ANSWERED_WITHIN = timedelta(days=7)
MINORS_APPLY_BEFORE = timedelta(hours=48)
OFFER_STANDS = timedelta(hours=48)
MEETING_WITHIN, VISITOR_MEETING_WITHIN = timedelta(days=30), timedelta(days=180)

_BEFORE = {Status.AWAITING_CONSENT: guardians.ANSWERED_BEFORE_START}
_WITHIN = {
    Status.UNCONFIRMED: CONFIRMED_WITHIN,
    Status.AWAITING_CONSENT: guardians.ANSWERED_WITHIN,
    Status.PENDING: ANSWERED_WITHIN,
    Status.OFFERED: OFFER_STANDS,
}


def answer_by(status: Status, slot: Slot, now: datetime, *, is_minor: bool = False) -> datetime | None:
    """Until when an application that enters this status now may stay in it; None: as long as it likes."""
    if status not in _WITHIN and status != Status.WAITING:
        return None
    limits = [now + _WITHIN[status]] if status in _WITHIN else []
    last = cut(status, slot, is_minor=is_minor)
    return min([*limits, *([last] if last else [])], default=None)


def cut(status: str, slot: Slot, *, is_minor: bool = False) -> datetime | None:
    """The last instant an application may stay in this status before its slot starts; None: no date.

    2 h before; a guardian's 24 h, a minor's offer 48 h, when it is too late to ask a guardian: nobody is left
    to come unanswered.
    """
    if slot.starts_at is None:
        return None
    minors_offer = is_minor and status == Status.OFFERED
    return slot.starts_at - (
        MINORS_APPLY_BEFORE if minors_offer else _BEFORE.get(Status(status), APPLY_BEFORE)
    )


def answer_after_meeting(day: date, slot: Slot) -> datetime:
    """The association answers until the end of the day after they met, and not after the usual cut."""
    limit = paris_instant(day + timedelta(days=2), 0, 0)
    return min(limit, slot.starts_at - APPLY_BEFORE) if slot.starts_at else limit
