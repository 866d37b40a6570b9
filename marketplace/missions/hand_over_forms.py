"""Forms about who answers for missions."""

from typing import Annotated

from pydantic import Field, StringConstraints

from marketplace.missions.hand_over_policies import NOTE_AT_MOST
from marketplace.text import N_
from marketplace.web.forms import Form, Says, text

Note = Annotated[str, StringConstraints(max_length=NOTE_AT_MOST)]


class DepartureForm(Form):
    """Who takes over all missions, those that somebody else takes (« mission.member »), and a note."""

    successor: str = ""
    exceptions: list[str] = Field(default_factory=list)
    hand_over_note: Note = ""


class ReferentForm(Form):
    """Who answers for a mission, and a note."""

    referent: Annotated[str, text(1, 40), Says(N_("Choisissez un membre."))]
    hand_over_note: Note = ""
