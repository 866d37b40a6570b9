"""The parts of the day that the hours of dates fall in."""

from datetime import UTC, datetime

import pytest

from marketplace.missions.day_part_policies import with_hours
from marketplace.missions.series import UNDATED, Hours
from marketplace.web.clock import PARIS


def hours(starts: str, ends: str) -> Hours:
    start, end = (
        datetime.fromisoformat(text).replace(tzinfo=PARIS).astimezone(UTC) for text in (starts, ends)
    )
    return Hours(start, end)


@pytest.mark.parametrize(
    ("starts", "ends", "parts"),
    [
        ("2027-03-16 10:00", "2027-03-16 12:00", ["morning"]),
        ("2027-07-16 10:00", "2027-07-16 12:30", ["morning"]),  # half an hour of noon is not noon
        ("2027-03-16 12:00", "2027-03-16 14:00", ["midday"]),
        ("2027-03-16 14:00", "2027-03-16 17:30", ["afternoon"]),
        ("2027-03-16 17:00", "2027-03-16 19:00", ["afternoon", "evening"]),
        ("2027-03-16 17:30", "2027-03-16 18:15", ["afternoon"]),  # short, and mostly there
        ("2027-03-16 20:00", "2027-03-16 22:30", ["evening"]),
        ("2027-03-16 21:00", "2027-03-17 01:00", ["evening", "night"]),
        ("2027-03-16 23:00", "2027-03-17 08:00", ["morning", "night"]),
        ("2027-03-16 09:00", "2027-03-16 17:00", ["all_day"]),
        ("2027-03-16 09:00", "2027-03-16 21:00", ["evening", "all_day"]),
        ("2027-03-16 09:00", "2027-03-18 18:00", ["all_day"]),
    ],
)
def test_the_parts_of_a_date(starts: str, ends: str, parts: list[str]) -> None:
    assert with_hours([], [hours(starts, ends)]) == parts


def test_what_was_said_stays_and_no_date_adds_nothing() -> None:
    assert with_hours(["evening", "morning"], UNDATED) == ["morning", "evening"]
    assert with_hours(["night"], [hours("2027-03-16 14:00", "2027-03-16 16:00")]) == ["afternoon", "night"]
