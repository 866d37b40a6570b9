"""What is asked of whoever answers an application, or ends it."""

from datetime import date
from typing import Annotated

from marketplace.text import N_
from marketplace.vocabulary.reasons import DECLINE_REASONS, WITHDRAW_REASONS
from marketplace.web.forms import Form, Says, one_of, text


class MeetForm(Form):
    """The day they meet."""

    day: Annotated[date, Says(N_("Écrivez le jour de la rencontre, par exemple 27 3 2027."))]


class WithdrawForm(Form):
    """Why a volunteer gives the place back, if they like; the association never reads it."""

    reason: Annotated[str, one_of(WITHDRAW_REASONS, optional=True)] = ""
    message: Annotated[str, text(0, 2000)] = ""


class DeclineForm(Form):
    """Why an association says no; `answers`: to a request, not the end of a participation."""

    answers: bool = False
    reason: Annotated[str, one_of(DECLINE_REASONS)]
    message: Annotated[str, text(0, 2000)] = ""
