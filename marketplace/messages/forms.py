"""Forms of messages."""

from typing import Annotated

from pydantic import field_validator

from marketplace.messages.policies import LONGEST
from marketplace.text import N_
from marketplace.web.forms import Form, Says, text

STEPS = ("check", "write", "send")  # what was pressed: check first

Written = Annotated[str, text(1, LONGEST), Says(N_("Écrivez votre message."))]


class MessageForm(Form):
    """A message; `anyway`: the author has read the warning and sends it all the same."""

    text: Written
    anyway: bool = False


class EveryoneForm(Form):
    """A message to everybody; `to` is the key of a group, and names none when nobody is left in it."""

    step: str = STEPS[0]
    to: Annotated[str, text(1, 30), Says(N_("Choisissez à qui vous écrivez."))]
    text: Written

    @field_validator("step")
    @classmethod
    def known_step(cls, step: str) -> str:
        """A step nobody offers is the first one."""
        return step if step in STEPS else STEPS[0]
