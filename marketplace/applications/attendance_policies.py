"""When attendance may be noted, and hours in words and in minutes. No data is read here."""

import re
from datetime import datetime, timedelta

from marketplace.applications.attendance_errors import NoLongerNoted, NotStarted, SlotCancelled
from marketplace.applications.lifecycle import Attendance
from marketplace.errors import Refusal
from marketplace.missions.tables import Slot
from marketplace.text import N_
from marketplace.web.clock import paris_day

NOTED_FOR = timedelta(days=90)  # after the slot, or the end of an undated mission
MOST_MINUTES = 60_000  # a thousand hours: the database says so too
ATTENDANCES = {
    Attendance.PRESENT.value: N_("Présent"),
    Attendance.ABSENT.value: N_("Absent"),
    Attendance.EXCUSED.value: N_("Excusé"),
}
# 2 · 2,5 · 2 h · 2 h 30 · 2h30 · 2:30 · 90 min
HOURS = re.compile(r"(?P<hours>\d{1,4})(?:[.,](?P<tenths>\d{1,2}))?(?:\s*(?:h|heures?))?", re.I)
HOURS_AND_MINUTES = re.compile(r"(?P<hours>\d{1,4})\s*[h:]\s*(?P<minutes>[0-5]?\d)(?:\s*(?:min|mn|m))?", re.I)
MINUTES = re.compile(r"(?P<minutes>\d{1,5})\s*(?:min|mn|minutes?)", re.I)


def why_not_note(slot: Slot, mission_over_at: datetime | None, now: datetime) -> Refusal | None:
    """What stops an association from noting who was there; an undated slot counts from its mission's end."""
    if slot.cancelled_at is not None:
        return SlotCancelled()
    if slot.starts_at is not None and slot.starts_at > now:
        return NotStarted()
    ended_at = slot.ends_at or mission_over_at
    return NoLongerNoted() if ended_at is not None and ended_at + NOTED_FOR <= now else None


def usual_minutes(slot: Slot) -> int | None:
    """How long the slot lasts; None of an undated one."""
    if slot.starts_at is None or slot.ends_at is None:
        return None
    return min(int((slot.ends_at - slot.starts_at).total_seconds()) // 60, most_minutes(slot))


def most_minutes(slot: Slot) -> int:
    """More than this is a slip: the whole days the slot touches."""
    if slot.starts_at is None or slot.ends_at is None:
        return MOST_MINUTES
    days = (paris_day(slot.ends_at) - paris_day(slot.starts_at)).days + 1
    return int(min(days * 24 * 60, MOST_MINUTES))


def minutes_of(text: str) -> int | None:
    """The minutes of a duration as people write it, « 2,5 » or « 2 h 30 »; None: it is none."""
    text = text.replace("\u00a0", " ").replace("\u202f", " ").strip()
    if not text.isascii():
        return None
    if found := HOURS_AND_MINUTES.fullmatch(text):
        return int(found["hours"]) * 60 + int(found["minutes"])
    if found := MINUTES.fullmatch(text):
        return int(found["minutes"])
    if found := HOURS.fullmatch(text):
        return round(float(f"{found['hours']}.{found['tenths'] or 0}") * 60)
    return None


def duration(minutes: int) -> str:
    """« 2 h 30 », « 2 h », « 45 min »: what `minutes_of` reads back."""
    hours, rest = divmod(minutes, 60)
    if hours == 0 and rest:
        return f"{rest}\u00a0min"
    return f"{hours}\u00a0h" + (f"\u00a0{rest:02}" if rest else "")
