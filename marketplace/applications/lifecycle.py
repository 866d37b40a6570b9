"""An application's states: which hold a place, which are live, and the moves between them."""

from enum import StrEnum

from marketplace.lifecycle import move


class Status(StrEnum):
    """Where an application stands, and what it waits for."""

    UNCONFIRMED = "unconfirmed"  # nobody's yet: holds a place until the e-mail is confirmed
    AWAITING_CONSENT = "awaiting_consent"  # a minor's: holds a place, awaits the guardian
    PENDING = "pending"  # holds a place, awaits the association
    ACCEPTED = "accepted"  # holds a place
    WAITING = "waiting"  # no place: on the waiting list, oldest first
    OFFERED = "offered"  # a freed place is held for this volunteer
    DECLINED = "declined"  # by the association
    WITHDRAWN = "withdrawn"  # by the volunteer or the guardian
    LAPSED = "lapsed"  # by time


HOLDS_PLACE = frozenset(
    {Status.UNCONFIRMED, Status.AWAITING_CONSENT, Status.PENDING, Status.ACCEPTED, Status.OFFERED}
)
LIVE = HOLDS_PLACE | {Status.WAITING}

ACCEPT = move({Status.PENDING}, Status.ACCEPTED)
DECLINE = move({Status.PENDING, Status.ACCEPTED}, Status.DECLINED)
WITHDRAW = move(LIVE - {Status.UNCONFIRMED}, Status.WITHDRAWN)
LAPSE = move(LIVE - {Status.UNCONFIRMED}, Status.LAPSED)
CONSENT_TO_PENDING = move({Status.AWAITING_CONSENT}, Status.PENDING)
CONSENT_TO_ACCEPTED = move({Status.AWAITING_CONSENT}, Status.ACCEPTED)
