"""Dates as calendar programs read them: exact, neutral, and safe whatever an address holds."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import combinations
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.missions.calendar import Entry, Method, feed, message, overlapping
from marketplace.text import speaking

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2027, 3, 2, 9, 0, tzinfo=UTC)
START = datetime(2027, 3, 9, 14, 0, tzinfo=PARIS)


def entry(
    starts_at: datetime = START, *, where: str = "3 rue du Port, 35000 Rennes", edition: int = 0
) -> Entry:
    ends_at = starts_at.astimezone(UTC) + timedelta(hours=2)
    return Entry(
        "abcdefghjkmn", starts_at, ends_at, where, "http://test.localhost/mes-candidatures/a", edition
    )


def read(text: str) -> Any:
    (event,) = icalendar.Calendar.from_ical(text).walk("VEVENT")
    return event


def test_an_entry_is_read_back_as_it_was_written() -> None:
    event = read(message([entry(edition=7)], Method.PUBLISH, NOW))

    assert event.decoded("dtstart") == START
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(hours=2)
    assert event.decoded("dtstamp") == NOW
    assert str(event["uid"]) == "abcdefghjkmn@test.localhost"
    assert event["sequence"] == 7
    assert str(event["summary"]) == "Bénévolat"
    assert str(event["location"]) == "3 rue du Port, 35000 Rennes"
    assert str(event["url"]) == "http://test.localhost/mes-candidatures/a"
    assert str(event["status"]) == "CONFIRMED"


def test_the_title_is_neutral_in_each_language() -> None:
    with speaking("en"):
        text = feed([entry()], NOW)

    assert str(read(text)["summary"]) in ("Volunteering", "Bénévolat")  # the catalogue may be behind
    assert "Organizer" not in read(text)


@pytest.mark.parametrize(
    ("local", "utc"),
    [
        (datetime(2027, 3, 28, 1, 30, tzinfo=PARIS), "20270328T003000Z"),  # an hour before clocks go forward
        (datetime(2027, 3, 28, 3, 30, tzinfo=PARIS), "20270328T013000Z"),
        (datetime(2027, 10, 31, 2, 30, tzinfo=PARIS, fold=0), "20271031T003000Z"),  # this hour comes twice
        (datetime(2027, 10, 31, 2, 30, tzinfo=PARIS, fold=1), "20271031T013000Z"),
    ],
)
def test_nights_when_clocks_change_keep_their_instants(local: datetime, utc: str) -> None:
    text = message([entry(local)], Method.PUBLISH, NOW)

    assert f"DTSTART:{utc}\r\n" in text
    assert read(text).decoded("dtend") - local.astimezone(UTC) == timedelta(hours=2)


def test_what_is_cancelled_says_so_and_is_newer() -> None:
    text = message([entry(edition=3)], Method.CANCEL, NOW)

    assert "\r\nMETHOD:CANCEL\r\n" in text
    assert str(read(text)["status"]) == "CANCELLED"
    assert read(text)["sequence"] == 3


def test_nothing_to_tell_is_no_file() -> None:
    assert message([], Method.PUBLISH, NOW) == ""


@given(
    st.text(
        st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")) | st.sampled_from("\n\r,;\\:"),
        max_size=200,
    )
)
def test_whatever_an_address_holds_it_adds_no_line_and_no_line_is_too_long(where: str) -> None:
    text = message([entry(where=f"x{where}\r\nATTENDEE:mailto:a@example.org")], Method.PUBLISH, NOW)

    assert text.endswith("\r\n")
    lines = text.removesuffix("\r\n").split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    assert not [line for line in lines if line.startswith(("ATTENDEE", "\n"))]
    assert "attendee" not in read(text)
    assert sum(line.startswith("BEGIN:") for line in lines) == 2


@dataclass(frozen=True)
class Lasting:
    starts_at: datetime | None
    ends_at: datetime | None


def lasting(start: int, end: int) -> Lasting:
    return Lasting(NOW + timedelta(hours=start), NOW + timedelta(hours=end))


def test_dates_that_touch_do_not_overlap() -> None:
    assert overlapping([lasting(0, 2), lasting(2, 4)]) == []


def test_the_earlier_one_comes_first() -> None:
    late, early = lasting(1, 3), lasting(0, 2)

    assert overlapping([late, early]) == [(early, late)]


def test_an_undated_one_overlaps_nothing() -> None:
    assert overlapping([Lasting(None, None), lasting(0, 2), Lasting(None, None)]) == []


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 6)), max_size=8))
def test_every_pair_that_shares_time_is_found_once(spans: list[tuple[int, int]]) -> None:
    dates = [lasting(start, start + hours) for start, hours in spans]

    found = overlapping(dates)

    expected = [
        {id(one), id(other)}
        for one, other in combinations(dates, 2)
        if max(one.starts_at, other.starts_at) < min(one.ends_at, other.ends_at)  # type: ignore[operator,type-var]
    ]
    as_ids = [{id(one), id(other)} for one, other in found]
    assert sorted(map(sorted, as_ids)) == sorted(map(sorted, expected))
