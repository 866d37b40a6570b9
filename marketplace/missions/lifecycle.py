"""A mission's states, and the few words its fields choose among."""

from enum import StrEnum

from marketplace.lifecycle import move


class Status(StrEnum):
    """Where a mission stands. Full is not a status: it is derived (see missions.policies.shown)."""

    DRAFT = "draft"  # being written
    SUBMITTED = "submitted"  # awaits a moderator
    RETURNED = "returned"  # a moderator asked for something, with the reason
    PUBLISHED = "published"
    PAUSED = "paused"  # no new application; the people taken stay
    SUSPENDED = "suspended"  # by a moderator; goes back to where it was
    FINISHED = "finished"
    CANCELLED = "cancelled"


class PausedBecause(StrEnum):
    """Why a mission is paused; a member's click resumes any of them."""

    ASSOCIATION = "association"
    SILENT = "silent"  # too many applications without an answer
    UNDATED = "undated"  # no sign that it still stands


class Shown(StrEnum):
    """What everybody is told about a mission at an instant."""

    OPEN = "open"
    FULL = "full"
    PAUSED = "paused"
    ENDED = "ended"
    NOT_PUBLIC = "not_public"


class PlaceKind(StrEnum):
    """Where the work is done."""

    REMOTE = "remote"
    ON_SITE = "on_site"
    EITHER = "either"


class Timing(StrEnum):
    """When the work is done."""

    ANYTIME = "anytime"  # "quand vous voulez": one undated slot
    DATED = "dated"


class Admission(StrEnum):
    """How people come in."""

    REVIEW = "review"  # the association answers each application
    INSTANT = "instant"  # taken at once


class ContactLevel(StrEnum):
    """How close the work is to the people helped: the risk is in the contact, not in the topic."""

    NONE = "none"  # no contact, none of their personal data
    DATA = "data"  # their personal data, no contact
    GROUP = "group"  # in a group, on the association's premises or in public
    INDIVIDUAL = "individual"  # one to one, or elsewhere, or in detention


class Minors(StrEnum):
    """Whether 16–17 year-olds may apply."""

    CLOSED = "closed"
    REQUESTED = "requested"  # the association asks
    OPEN = "open"  # a moderator opened it


EDITABLE = frozenset({Status.DRAFT, Status.RETURNED})
RUNNING = frozenset({Status.PUBLISHED, Status.PAUSED})
OVER = frozenset({Status.FINISHED, Status.CANCELLED})

SUBMIT = move(EDITABLE, Status.SUBMITTED)  # by association
PUBLISH = move({Status.SUBMITTED}, Status.PUBLISHED)  # by moderator
RETURN = move({Status.SUBMITTED}, Status.RETURNED)  # by moderator
PAUSE = move({Status.PUBLISHED}, Status.PAUSED)  # by association, time
RESUME = move({Status.PAUSED}, Status.PUBLISHED)  # by association
SUSPEND = move(RUNNING, Status.SUSPENDED)  # by nobody yet
LIFT_TO_PUBLISHED = move({Status.SUSPENDED}, Status.PUBLISHED)  # by nobody yet
LIFT_TO_PAUSED = move({Status.SUSPENDED}, Status.PAUSED)  # by nobody yet
FINISH = move(RUNNING, Status.FINISHED)  # by association
CANCEL = move(set(Status) - {Status.FINISHED, Status.CANCELLED}, Status.CANCELLED)  # by association
