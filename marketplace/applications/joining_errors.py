"""What stops somebody who is invited from becoming a member."""

from marketplace.errors import Refusal
from marketplace.text import N_, ngettext


class HasApplications(Refusal):
    """Members hold no place in their own association's missions: they withdraw first, by their own act."""

    title = N_("Retirez d’abord vos candidatures")

    def __init__(self, count: int) -> None:
        super().__init__(
            ngettext(
                "Les membres d’une association ne candidatent pas à ses missions, et vous y avez "
                "%(num)s candidature en cours. Retirez-la, puis ouvrez de nouveau l’invitation. "
                "Elle reste valable.",
                "Les membres d’une association ne candidatent pas à ses missions, et vous y avez "
                "%(num)s candidatures en cours. Retirez-les, puis ouvrez de nouveau l’invitation. "
                "Elle reste valable.",
                count,
            )
            % {"num": count}
        )
        self.links = [(N_("Voir mes candidatures"), "front.space", {})]
