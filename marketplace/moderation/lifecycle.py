"""What a moderator may do."""

from enum import StrEnum


class Act(StrEnum):
    """A moderator's recorded act."""

    VERIFY_ASSOCIATION = "verify_association"
    RETURN_ASSOCIATION = "return_association"
    SUSPEND_ASSOCIATION = "suspend_association"
    LIFT_ASSOCIATION = "lift_association"
    NOTE_SILENCE = "note_silence"  # seen: nothing to decide for now
    PUBLISH_MISSION = "publish_mission"
    RETURN_MISSION = "return_mission"
    SUSPEND_MISSION = "suspend_mission"
    LIFT_MISSION = "lift_mission"
    OPEN_TO_MINORS = "open_to_minors"
    CLOSE_TO_MINORS = "close_to_minors"


class Pile(StrEnum):
    """What a queue's files are about; the word is the one of the page's address."""

    ASSOCIATIONS = "associations"
    MISSIONS = "missions"
    MINORS = "mineurs"  # an association asks to open a published mission to minors
    SILENT = "silencieuses"  # associations whose missions are paused because nobody answers


ABOUT_ASSOCIATIONS = frozenset({Pile.ASSOCIATIONS, Pile.SILENT})  # their file is an association's
