"""The form of an announced absence."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from marketplace.associations.absence_policies import LONGEST_ABSENCE
from marketplace.text import N_, _
from marketplace.web.forms import Form, Says


class AbsenceForm(Form):
    """From when to when nobody answers, both days included."""

    since: Annotated[date, Says(N_("Écrivez le premier jour de votre absence."))]
    until: Annotated[date, Says(N_("Écrivez le dernier jour de votre absence."))]

    def problems(self) -> Iterable[tuple[str, str]]:
        """In this order, and not too long."""
        if self.until < self.since:
            yield "until", _("Le dernier jour ne peut pas venir avant le premier.")
        elif self.until - self.since >= LONGEST_ABSENCE:
            yield "until", _("Une absence dure 60 jours au plus.")
