"""What is asked of whoever answers an application, or ends it."""

from datetime import date
from typing import Annotated

from pydantic import BeforeValidator

from marketplace.text import N_
from marketplace.vocabulary.reasons import DECLINE_REASONS, WITHDRAW_REASONS
from marketplace.web.forms import Form, Says, one_of, text

NO_SUCH_DAY = N_("Écrivez le jour de la rencontre, par exemple 27 3 2027.")
LONGEST_NOTE = 200


def _existing(day: object) -> object:
    """The same; with an example that is not a birth date when there is no such day."""
    if isinstance(day, str):
        raise ValueError(NO_SUCH_DAY)
    return day


class MeetForm(Form):
    """The day they meet; `note`: at what time, where, or by which link."""

    day: Annotated[date, BeforeValidator(_existing), Says(NO_SUCH_DAY)]
    note: Annotated[str, text(0, LONGEST_NOTE)] = ""


class WithdrawForm(Form):
    """Why a volunteer gives the place back, if they like; the association never reads it."""

    reason: Annotated[str, one_of(WITHDRAW_REASONS, optional=True)] = ""
    message: Annotated[str, text(0, 2000)] = ""


class DeclineForm(Form):
    """Why an association says no; `answers`: to a request, not the end of a participation."""

    answers: bool = False
    reason: Annotated[str, one_of(DECLINE_REASONS)]
    message: Annotated[str, text(0, 2000)] = ""
