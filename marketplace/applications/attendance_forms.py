"""The form of a slot's attendance: the same two fields for each person."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field, ValidationInfo, field_validator
from starlette.datastructures import FormData

from marketplace.applications.attendance_policies import ATTENDANCES, minutes_of
from marketplace.applications.lifecycle import Attendance
from marketplace.text import N_, _
from marketplace.web.forms import Form, Submission, one_of, parse, text

FIELDS = ("attendance", "duration")
NO_DURATION = N_("Écrivez une durée, par exemple 2 h 30.")


@dataclass(frozen=True, slots=True)
class Hours:
    """What a duration left empty means (None: it must be given), and the longest one."""

    usual: int | None
    most: int


class AttendanceForm(Form):
    """One person's; `context` has the `hours`. Nothing ticked: nothing changes."""

    attendance: Annotated[str, one_of(ATTENDANCES, optional=True)] = ""
    duration: Annotated[str, text(0, 20)] = Field("", validate_default=True)

    @field_validator("duration")
    @classmethod
    def hours_given(cls, duration: str, info: ValidationInfo) -> str:
        """Only whoever was there has hours; the others' are not looked at."""
        if info.data.get("attendance") != Attendance.PRESENT:
            return ""
        context: Any = info.context
        hours: Hours = context["hours"]
        minutes = minutes_of(duration) if duration else hours.usual
        if minutes is None or minutes == 0:
            raise ValueError(NO_DURATION)
        if minutes > hours.most:
            raise ValueError(N_("Cette durée est trop longue pour ce créneau."))
        return str(minutes)

    @property
    def minutes(self) -> int | None:
        """The time given, of somebody who was there."""
        return int(self.duration) if self.duration else None


def read_people(
    sent: FormData, people: Sequence[tuple[str, str]], hours: Hours
) -> tuple[Submission[AttendanceForm], dict[str, AttendanceForm]]:
    """What was sent for these people (public id, name): as typed, with what is wrong; and what to note.

    `others=present` stands for whoever has no answer yet.
    """
    whole: Submission[AttendanceForm] = Submission({})
    noted: dict[str, AttendanceForm] = {}
    shown: dict[str, list[str]] = {}
    others = Attendance.PRESENT.value if sent.get("others") == Attendance.PRESENT else ""
    for public_id, name in people:
        one = parse(AttendanceForm, _fields_of(sent, public_id, others), {"hours": hours})
        shown |= {f"{field}_{public_id}": values for field, values in one.data.items()}
        whole.errors += [(f"{field}_{public_id}", f"{name} : {_(message)}") for field, message in one.errors]
        if one.form and one.form.attendance:
            noted[public_id] = one.form
    whole.data = shown
    return whole, noted


def _fields_of(sent: FormData, public_id: str, others: str) -> FormData:
    values = {field: sent.get(f"{field}_{public_id}") for field in FIELDS}
    values["attendance"] = values["attendance"] or others
    return FormData([(field, value) for field, value in values.items() if isinstance(value, str)])
