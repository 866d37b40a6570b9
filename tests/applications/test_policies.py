"""Who may apply, as truth tables."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from marketplace.applications import errors
from marketplace.applications.deadlines import answer_after_meeting, answer_by
from marketplace.applications.guardian_forms import fold_for_comparison
from marketplace.applications.lifecycle import Status
from marketplace.applications.policies import (
    Person,
    first_status,
    is_current,
    shows_identity,
    why_not_apply,
)
from marketplace.applications.tables import Application
from marketplace.associations.tables import Association
from marketplace.missions.tables import Mission, Slot
from marketplace.volunteers.policies import age_on

NOW = datetime(2027, 3, 2, 9, 0, tzinfo=UTC)
MINOR = date(2010, 3, 2)  # 17 today
ADULT = None


def mission(**values: Any) -> Mission:
    about: dict[str, Any] = {"association": 1, "status": "published", "minors": "open", "admission": "review"}
    return Mission(**(about | values))


def slot(hours: float | None = None, **values: Any) -> Slot:
    starts = NOW + timedelta(hours=hours) if hours is not None else None
    ends = starts + timedelta(hours=2) if starts else None
    return Slot(
        **({"mission": 1, "starts_at": starts, "ends_at": ends, "places": 2, "places_taken": 0} | values)
    )


PEOPLE = [
    (Person(), None),
    (Person(is_member=True), errors.OwnAssociation),
    (Person(has_live=True), errors.AlreadyApplied),
    (Person(places_held=9), None),
    (Person(places_held=10), errors.TooManyPlaces),
    (Person(declined_at=NOW - timedelta(days=89)), errors.DeclinedRecently),
    (Person(declined_at=NOW - timedelta(days=90)), None),
    (Person(born_on=MINOR), None),
    (Person(born_on=date(2011, 3, 2)), None),  # 16 today
    (Person(born_on=date(2011, 3, 3)), errors.TooYoung),  # tomorrow
    (Person(born_on=MINOR, consents_asked=2), None),
    (Person(born_on=MINOR, consents_asked=3), errors.TooManyRequests),
    (Person(born_on=MINOR, guardian_refused_at=NOW - timedelta(days=29)), errors.GuardianSaidNo),
    (Person(born_on=MINOR, guardian_refused_at=NOW - timedelta(days=30)), None),
    (Person(born_on=date(2009, 3, 2), consents_asked=3), None),  # 18 today
]


@pytest.mark.parametrize(("person", "refusal"), PEOPLE)
def test_what_stops_a_person(person: Person, refusal: type[Exception] | None) -> None:
    found = why_not_apply(person, mission(), Association(status="verified"), slot(), NOW)
    assert (type(found) if found else None) == refusal


SLOTS: list[tuple[date | None, dict[str, Any], dict[str, Any], str, type[Exception] | None]] = [
    (ADULT, {}, {"hours": 2.01}, "verified", None),
    (ADULT, {}, {"hours": 2}, "verified", errors.MissionClosed),
    (ADULT, {}, {"hours": 72, "cancelled_at": NOW}, "verified", errors.MissionClosed),
    (ADULT, {}, {"places_taken": 2}, "verified", errors.SlotFull),
    (ADULT, {"status": "paused"}, {}, "verified", errors.MissionClosed),
    (ADULT, {"status": "finished"}, {}, "verified", errors.MissionClosed),
    (ADULT, {}, {}, "suspended", errors.MissionClosed),
    (ADULT, {"minors": "closed"}, {}, "verified", None),
    (MINOR, {"minors": "closed"}, {}, "verified", errors.AdultsOnly),
    (MINOR, {"minors": "requested"}, {}, "verified", errors.AdultsOnly),
    (MINOR, {}, {"hours": 47.9}, "verified", errors.TooSoonForMinors),
    (MINOR, {}, {"hours": 48}, "verified", None),
    (
        date(2009, 3, 12),
        {"minors": "closed"},
        {"hours": 24 * 9},
        "verified",
        errors.AdultsOnly,
    ),  # the eve of 18
    (date(2009, 3, 12), {"minors": "closed"}, {"hours": 24 * 10}, "verified", None),  # 18 that day
    (date(2011, 3, 12), {}, {"hours": 24 * 9}, "verified", errors.TooYoung),
    (date(2011, 3, 12), {}, {"hours": 24 * 10}, "verified", None),
]


@pytest.mark.parametrize(("born_on", "about", "when", "association", "refusal"), SLOTS)
def test_what_stops_an_age_in_a_slot(
    born_on: date | None,
    about: dict[str, Any],
    when: dict[str, Any],
    association: str,
    refusal: type[Exception] | None,
) -> None:
    publisher = Association(status=association)
    found = why_not_apply(Person(born_on=born_on), mission(**about), publisher, slot(**when), NOW)
    assert (type(found) if found else None) == refusal


@pytest.mark.parametrize(
    ("born_on", "until", "refusal"),
    [
        (MINOR, date(2027, 3, 1), errors.AdultsOnly),
        (MINOR, date(2027, 3, 2), None),
        (MINOR, None, None),
        (ADULT, date(2027, 3, 1), None),
    ],
)
def test_an_insurance_past_its_last_day_stops_minors(
    born_on: date | None, until: date | None, refusal: type[Exception] | None
) -> None:
    publisher = Association(status="verified", insured_until=until)
    found = why_not_apply(Person(born_on=born_on), mission(), publisher, slot(), NOW)
    assert (type(found) if found else None) == refusal


@pytest.mark.parametrize(
    ("born_on", "day", "age"),
    [
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2008, 2, 29), date(2028, 2, 29), 20),
        (date(2010, 3, 2), date(2027, 3, 1), 16),
    ],
)
def test_ages(born_on: date, day: date, age: int) -> None:
    assert age_on(born_on, day) == age


@pytest.mark.parametrize(
    ("is_minor", "admission", "status"),
    [
        (False, "review", Status.PENDING),
        (False, "instant", Status.ACCEPTED),
        (True, "review", Status.AWAITING_CONSENT),
        (True, "instant", Status.AWAITING_CONSENT),
    ],
)
def test_where_an_application_starts(is_minor: bool, admission: str, status: Status) -> None:
    assert first_status(is_minor, mission(admission=admission)) == status


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("is_minor", [True, False])
@pytest.mark.parametrize("days_ago", [0, 29, 31])
def test_an_identity_is_seen_of_accepted_adults_until_thirty_days_after(
    status: Status, is_minor: bool, days_ago: int
) -> None:
    application = Application(slot=1, status=status, status_at=NOW, is_minor=is_minor)
    seen = shows_identity(application, slot(hours=-2 - 24 * days_ago), mission(), NOW)
    assert seen == (status == Status.ACCEPTED and not is_minor and days_ago < 30)


@pytest.mark.parametrize(
    ("status", "hours", "stands", "current"),
    [
        ("pending", None, "published", True),
        ("pending", None, "cancelled", False),
        ("accepted", None, "finished", False),
        ("accepted", -1.9, "published", True),
        ("accepted", -2, "published", False),
        ("withdrawn", None, "published", False),
    ],
)
def test_what_may_still_move(status: str, hours: float | None, stands: str, current: bool) -> None:
    assert is_current(Application(slot=1, status=status), slot(hours), mission(status=stands), NOW) == current


@pytest.mark.parametrize(
    ("status", "hours", "limit"),
    [
        ("unconfirmed", None, 0.5),
        ("unconfirmed", 2.25, 0.25),
        ("awaiting_consent", None, 168),
        ("awaiting_consent", 60, 36),
        ("awaiting_consent", 999, 168),
        ("pending", None, 168),
        ("pending", 48, 46),
        ("pending", 999, 168),
        ("offered", None, 48),
        ("offered", 7, 5),
        ("offered", 999, 48),
        ("waiting", 48, 46),
    ],
)
def test_how_long_a_status_may_last(status: str, hours: float | None, limit: float) -> None:
    assert answer_by(Status(status), slot(hours), NOW) == NOW + timedelta(hours=limit)


@pytest.mark.parametrize(
    ("status", "hours"), [("accepted", 48), ("accepted", None), ("waiting", None), ("declined", 48)]
)
def test_what_has_no_limit(status: str, hours: float | None) -> None:
    assert answer_by(Status(status), slot(hours), NOW) is None


@pytest.mark.parametrize(
    ("hours", "limit"),
    [(None, datetime(2027, 3, 7, 23, 0, tzinfo=UTC)), (96, NOW + timedelta(hours=94))],
    ids=["the end of the day after, in Paris", "cut before the start"],
)
def test_a_meeting_moves_the_limit_to_the_day_after(hours: float | None, limit: datetime) -> None:
    assert answer_after_meeting(date(2027, 3, 6), slot(hours)) == limit


@pytest.mark.parametrize("address", ["Lou.P@Example.org", "lou.p+x@example.org", "l.o.u.p@example.org"])
def test_addresses_of_one_mailbox_fold_alike(address: str) -> None:
    assert fold_for_comparison(address) == "loup@example.org"
