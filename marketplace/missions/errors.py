"""A mission's no to its authors."""

from marketplace.errors import Refusal
from marketplace.text import N_


class NotEditable(Refusal):
    """Only a draft, or a mission sent back, is written page by page."""

    title = N_("Cette mission ne se modifie plus ici")
    message = N_(
        "Des personnes se fient à ce qui est écrit. Une fois la mission publiée, vous pouvez changer les "
        "précisions, les compétences, la formation, le rythme et le nombre de places. Pour le reste, "
        "dupliquez-la et envoyez la copie."
    )

    def __init__(self, public_id: str) -> None:
        super().__init__()
        self.links = [(N_("Voir la mission"), "publishing.show", {"mission": public_id})]
