"""Dates that come back: the hours of the clock, the bounds, and what the form may ask for."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import FormData

from marketplace.missions.date_fields import DateFields
from marketplace.missions.practical_forms import DatesForm
from marketplace.missions.series import MOST_DATES, UNDATED, Hours, a_year_after, repeated, series_of
from marketplace.missions.tables import Slot
from marketplace.web.clock import PARIS, paris_day
from marketplace.web.forms import Submission, parse
from tests.make import NOW

DAYS = st.dates(date(2025, 1, 1), date(2031, 12, 31))


def paris(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=PARIS).astimezone(UTC)


def local(found: list[Hours]) -> list[str]:
    return [f"{hours.starts_at.astimezone(PARIS):%Y-%m-%d %H:%M}" for hours in found if hours.starts_at]


def slots(found: list[Hours]) -> list[Slot]:
    return [Slot(mission=1, starts_at=hours.starts_at, ends_at=hours.ends_at) for hours in found]


def moment(name: str, day: str, hour: str) -> dict[str, str]:
    year, month, number = day.split("-")
    return {f"{name}_year": year, f"{name}_month": month, f"{name}_day": number, f"{name}_time": hour}


def typed(starts: str, ends: str, until: str = "", weekdays: str = "") -> Submission[DateFields]:
    """`starts` like « 2027-03-09 14:00 », `weekdays` like « 24 »."""
    fields: list[tuple[str, Any]] = [
        *moment("starts", *starts.split()).items(),
        *moment("ends", *ends.split()).items(),
    ]
    if until:
        year, month, day = until.split("-")
        fields += [("until_year", year), ("until_month", month), ("until_day", day)]
    fields += [("weekdays", day) for day in weekdays]
    return parse(DateFields, FormData(fields), {"now": NOW})


def test_the_last_day_is_included_and_the_hours_are_those_of_the_clock() -> None:
    found = repeated(paris("2027-03-16 14:00"), paris("2027-03-16 16:30"), {2, 4}, date(2027, 4, 1))
    assert local(found) == [
        "2027-03-16 14:00",
        "2027-03-18 14:00",
        "2027-03-23 14:00",
        "2027-03-25 14:00",
        "2027-03-30 14:00",  # summer time has begun on the 28th
        "2027-04-01 14:00",
    ]
    assert found[0].starts_at == datetime(2027, 3, 16, 13, tzinfo=UTC)
    assert found[-1].starts_at == datetime(2027, 4, 1, 12, tzinfo=UTC)
    assert found[-1].ends_at == datetime(2027, 4, 1, 14, 30, tzinfo=UTC)


def test_a_first_day_that_is_not_ticked_is_left_out() -> None:
    found = repeated(paris("2027-03-06 09:00"), paris("2027-03-06 10:00"), {1}, date(2027, 3, 15))
    assert local(found) == ["2027-03-08 09:00", "2027-03-15 09:00"]


def test_an_evening_ends_the_day_after() -> None:
    found = repeated(paris("2027-03-05 21:00"), paris("2027-03-06 01:00"), {5}, date(2027, 3, 12))
    ends = [f"{hours.ends_at.astimezone(PARIS):%m-%d %H:%M}" for hours in found if hours.ends_at]
    assert ends == ["03-06 01:00", "03-13 01:00"]


def test_within_the_hour_that_summer_time_skips_a_date_keeps_its_length() -> None:
    (before, skipped) = repeated(paris("2027-03-21 02:30"), paris("2027-03-21 03:15"), {7}, date(2027, 3, 28))
    assert before.starts_at
    assert skipped.starts_at
    assert skipped.ends_at
    assert (skipped.ends_at - skipped.starts_at).total_seconds() == 45 * 60


@given(
    DAYS,
    st.integers(0, 23),
    st.integers(1, 23),
    st.sets(st.integers(1, 7), min_size=1),
    st.integers(0, 366),
)
def test_whatever_is_asked_dates_are_in_order_never_twice_and_on_the_right_days(
    first: date, hour: int, length: int, weekdays: set[int], days: int
) -> None:
    until = min(date.fromordinal(first.toordinal() + days), a_year_after(first))
    starts = datetime(first.year, first.month, first.day, hour, tzinfo=PARIS).astimezone(UTC)
    ends_on = date.fromordinal(first.toordinal() + (hour + length) // 24)
    ends = datetime(ends_on.year, ends_on.month, ends_on.day, (hour + length) % 24, tzinfo=PARIS).astimezone(
        UTC
    )
    found = repeated(starts, ends, weekdays, until)

    begins = [hours.starts_at for hours in found if hours.starts_at]
    assert begins == sorted(set(begins))
    expected = [
        date.fromordinal(number)
        for number in range(first.toordinal(), until.toordinal() + 1)
        if date.fromordinal(number).isoweekday() in weekdays
    ]
    assert [paris_day(instant) for instant in begins] == expected
    assert all(hours.starts_at < hours.ends_at for hours in found if hours.starts_at and hours.ends_at)


def test_the_form_shows_again_what_makes_the_same_dates() -> None:
    found = repeated(paris("2027-03-16 14:00"), paris("2027-03-16 16:30"), {2, 4}, date(2028, 1, 31))
    said = series_of(slots(found))
    assert said.starts
    assert said.ends
    assert said.until
    assert repeated(said.starts, said.ends, set(said.weekdays), said.until) == found
    assert series_of(slots([Hours()])).starts is None
    assert series_of(slots(found[:1])).weekdays == ()


def test_one_date_needs_no_days_and_a_year_is_the_longest() -> None:
    one = typed("2027-03-09 14:00", "2027-03-09 16:00")
    assert one.form is not None
    assert len(one.form.hours()) == 1
    year = typed("2027-03-09 14:00", "2027-03-09 16:00", "2028-03-09", "24")
    assert year.form is not None
    assert local(list(year.form.hours()))[-1] == "2028-03-09 14:00"
    assert a_year_after(date(2028, 2, 29)) == date(2029, 2, 28)


@pytest.mark.parametrize(
    ("until", "weekdays", "field", "words"),
    [
        ("", "2", "until", "Écrivez le dernier jour"),
        ("2027-05-01", "", "weekdays", "Cochez au moins un jour"),
        ("2027-03-08", "2", "until", "avant le début"),
        ("2028-03-10", "2", "until", "un an après"),
        ("2027-03-11", "1", "weekdays", "Aucun des jours"),
        ("2028-03-09", "1234567", "until", f"{MOST_DATES} au plus"),
        ("2027-05-01", "8", "weekdays", "dans la liste"),
    ],
)
def test_what_a_series_may_not_be(until: str, weekdays: str, field: str, words: str) -> None:
    sent = typed("2027-03-09 14:00", "2027-03-09 16:00", until, weekdays)
    assert sent.form is None
    assert words in (sent.error(field) or "")


def test_a_date_of_several_days_does_not_come_back() -> None:
    sent = typed("2027-03-09 14:00", "2027-03-11 14:00", "2027-05-01", "2")
    assert "un jour au plus" in (sent.error("ends") or "")


def test_days_without_a_first_date_say_so() -> None:
    sent = parse(DateFields, FormData([("weekdays", "2")]), {"now": NOW})
    assert "première date" in (sent.error("starts") or "")


def test_dates_only_count_for_a_dated_mission() -> None:
    fields = [
        *moment("starts", "2027-03-09", "14:00").items(),
        *moment("ends", "2027-03-09", "16:00").items(),
    ]
    for timing, count in (("anytime", 0), ("", 0), ("dated", 1)):
        sent = parse(DatesForm, FormData([*fields, ("timing", timing)]), {"now": NOW})
        assert sent.form is not None
        assert (tuple(sent.form.dates()) == UNDATED) is (count == 0)
