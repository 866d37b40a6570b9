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
    WITHDRAWN = "withdrawn"  # by the volunteer or the guardian, who may have stayed silent
    LAPSED = "lapsed"  # by time, or with its slot or mission


class Attendance(StrEnum):
    """How an accepted volunteer's slot went."""

    PRESENT = "present"
    ABSENT = "absent"
    EXCUSED = "excused"  # said so beforehand


HOLDS_PLACE = frozenset(
    {Status.UNCONFIRMED, Status.AWAITING_CONSENT, Status.PENDING, Status.ACCEPTED, Status.OFFERED}
)
LIVE = HOLDS_PLACE | {Status.WAITING}

ACCEPT = move({Status.PENDING}, Status.ACCEPTED)  # by association
DECLINE = move({Status.PENDING, Status.ACCEPTED}, Status.DECLINED)  # by association
WITHDRAW = move(LIVE - {Status.UNCONFIRMED}, Status.WITHDRAWN)  # by volunteer, guardian, time, moderator
LAPSE = move(LIVE - {Status.UNCONFIRMED}, Status.LAPSED)  # by time, association, moderator
OFFER = move({Status.WAITING}, Status.OFFERED)  # by time
TAKE = {  # by volunteer: an offer taken becomes what a fresh application would
    status: move({Status.OFFERED}, status)
    for status in (Status.AWAITING_CONSENT, Status.PENDING, Status.ACCEPTED)
}
CONSENT_TO_PENDING = move({Status.AWAITING_CONSENT}, Status.PENDING)  # by guardian
CONSENT_TO_ACCEPTED = move({Status.AWAITING_CONSENT}, Status.ACCEPTED)  # by guardian
