"""What the rules of favourites refuse."""

from marketplace.errors import Refusal
from marketplace.text import N_


class TooManyKept(Refusal):
    """A hundred at most."""

    title = N_("Cent missions sont déjà gardées")
    message = N_("Retirez-en une de la liste pour en garder une autre.")

    def __init__(self) -> None:
        super().__init__()
        self.links = [(N_("Les missions gardées"), "front.favourites", {})]
