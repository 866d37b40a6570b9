"""What a volunteer may say of what they look for: everything is optional."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field

from marketplace.text import N_
from marketplace.vocabulary.audiences import AUDIENCES
from marketplace.vocabulary.day_parts import DAY_PARTS
from marketplace.vocabulary.domains import DOMAINS
from marketplace.vocabulary.rhythms import RHYTHMS
from marketplace.vocabulary.skills import SKILLS
from marketplace.web.forms import Form, Says, one_of, some_of

PLACE_KINDS: dict[str, str] = {
    "": N_("Sur place ou à distance"),
    "on_site": N_("Sur place seulement"),
    "remote": N_("À distance seulement"),
}
RADII = ("5", "10", "20", "30", "50", "100", "200")  # km
RADIUS = "30"  # when nothing is said


class PreferencesForm(Form):
    """The commune is a field of its own (vocabulary.commune_field)."""

    skills: Annotated[list[str], some_of(SKILLS)] = Field(default_factory=list)
    audiences: Annotated[list[str], some_of(AUDIENCES)] = Field(default_factory=list)
    domains: Annotated[list[str], some_of(DOMAINS)] = Field(default_factory=list)
    place_kind: Annotated[str, one_of(PLACE_KINDS)] = ""
    radius: Annotated[
        str, one_of(RADII, optional=True), Says(N_("Choisissez une distance dans la liste."))
    ] = ""
    rhythms: Annotated[list[str], some_of(RHYTHMS)] = Field(default_factory=list)
    day_parts: Annotated[list[str], some_of(DAY_PARTS)] = Field(default_factory=list)

    @property
    def says_something(self) -> bool:
        """Whether anything is stated, the commune aside: a radius alone says nothing."""
        return any(self.model_dump(exclude={"radius"}).values())

    def columns(self) -> Mapping[str, Any]:
        """The columns of the row, those of the commune aside."""
        return {**self.model_dump(exclude={"radius"}), "radius_km": int(self.radius or RADIUS)}
