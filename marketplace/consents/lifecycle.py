"""A consent's states, and those of the slots it names."""

from enum import StrEnum

from marketplace.lifecycle import move


class Status(StrEnum):
    """Where a guardian's permission stands: of the request, and of each slot it names."""

    ASKED = "asked"  # the guardian has not answered
    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"  # given, then taken back by the guardian
    EXPIRED = "expired"  # no answer in time
    VOID = "void"  # no longer needed: the minor withdrew, or the association declined


OPEN = frozenset({Status.ASKED, Status.GIVEN})

GIVE = move({Status.ASKED}, Status.GIVEN)  # by guardian
REFUSE = move({Status.ASKED}, Status.REFUSED)  # by guardian
WITHDRAW = move({Status.GIVEN}, Status.WITHDRAWN)  # by guardian
EXPIRE = move({Status.ASKED}, Status.EXPIRED)  # by time
CLOSE = move({Status.ASKED, Status.GIVEN}, Status.VOID)  # by volunteer, association, time, moderator
