"""Forms of moderators: signing in, and deciding."""

from collections.abc import Iterable
from typing import Annotated

from pydantic import StringConstraints

from marketplace.moderation.lifecycle import Act
from marketplace.moderation.policies import NEEDS_REASON
from marketplace.text import N_, _
from marketplace.vocabulary.reasons import MODERATION_REASONS
from marketplace.web.forms import Form, Says, one_of


class StaffSignInForm(Form):
    """All three at once; anything at all may be typed, and what is wrong is not told apart."""

    username: Annotated[str, StringConstraints(max_length=200)] = ""
    password: Annotated[str, StringConstraints(max_length=200, strip_whitespace=False)] = ""
    code: Annotated[str, StringConstraints(max_length=20)] = ""


class DecisionForm(Form):
    """What is decided about a file, and why."""

    act: Annotated[Act, Says(N_("Choisissez une décision."))]
    reason: Annotated[str, one_of(MODERATION_REASONS, optional=True)] = ""
    note: Annotated[str, StringConstraints(max_length=2000)] = ""

    def problems(self) -> Iterable[tuple[str, str]]:
        """A no says why; « Autre » says it in words."""
        if self.act not in NEEDS_REASON:
            return
        if not self.reason:
            yield "reason", _("Choisissez un motif : l’association le lira.")
        if self.reason == "other" and not self.note:
            yield "note", _("Expliquez en quelques mots : l’association lira cette note.")
