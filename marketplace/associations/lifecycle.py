"""An association's states: only a moderator verifies, returns or suspends."""

from enum import StrEnum

from marketplace.lifecycle import move


class Status(StrEnum):
    """Where an association stands."""

    DRAFT = "draft"  # being written; nothing of it is public
    SUBMITTED = "submitted"  # awaits a moderator
    RETURNED = "returned"  # a moderator asked for something, with the reason
    VERIFIED = "verified"  # public, may publish
    SUSPENDED = "suspended"  # its missions stop being public
    CLOSED = "closed"  # for good; its missions are cancelled


class Role(StrEnum):
    """What a member may do."""

    OWNER = "owner"  # everything
    MANAGER = "manager"  # everything but members and closing
    READER = "reader"  # missions and figures, not applicants


EDITABLE = frozenset({Status.DRAFT, Status.RETURNED})

SUBMIT = move(EDITABLE, Status.SUBMITTED)  # by association
VERIFY = move({Status.SUBMITTED}, Status.VERIFIED)  # by moderator
RETURN = move({Status.SUBMITTED}, Status.RETURNED)  # by moderator
SUSPEND = move({Status.VERIFIED}, Status.SUSPENDED)  # by moderator
LIFT = move({Status.SUSPENDED}, Status.VERIFIED)  # by moderator
CLOSE = move(set(Status) - {Status.CLOSED}, Status.CLOSED)  # by nobody yet
