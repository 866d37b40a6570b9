"""What stops a mission from being sent, and what closes it to minors."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from marketplace.missions.checks import closed_to_minors_because, consequences, touches_night, why_not_submit
from marketplace.missions.lifecycle import ContactLevel, Minors, Timing
from marketplace.missions.tables import Mission, Slot
from marketplace.missions.text_warnings import warnings
from marketplace.vocabulary.exposures import EXPOSURES
from marketplace.web.clock import PARIS
from tests import plausible
from tests.make import NOW

GROUP = {"contact_level": "group", "undertaking": "Je me tais.", "two_adults": True}


def mission(**values: Any) -> Mission:
    return Mission(**{**plausible.MISSION, "association": 1, "timing": Timing.ANYTIME} | values)


def slot(start: str = "", hours: float = 2) -> Slot:
    if not start:
        return Slot(mission=1, places=2)
    starts_at = datetime.fromisoformat(start).replace(tzinfo=PARIS)
    return Slot(mission=1, starts_at=starts_at, ends_at=starts_at + timedelta(hours=hours))


def test_a_complete_mission_lacks_nothing() -> None:
    assert why_not_submit(mission(), [slot()], NOW) == []


@pytest.mark.parametrize(
    ("values", "step"),
    [
        ({"domain": ""}, "domaine"),
        ({"activities": []}, "domaine"),
        ({"title": "Bénévole"}, "presentation"),
        ({"presentation": "x" * 299}, "presentation"),
        ({"audiences": []}, "publics"),
        ({"place_kind": ""}, "lieu"),
        ({"place_kind": "either", "address": ""}, "lieu"),
        ({"commune_name": ""}, "lieu"),
        ({"timing": ""}, "dates"),
        ({"timing": Timing.DATED}, "dates"),
        ({"contact_level": ""}, "cadre"),
        ({"exposures": None}, "cadre"),
        (GROUP | {"two_adults": False}, "cadre"),
        ({"contact_level": "individual", "undertaking": "Je me tais."}, "cadre"),
        ({"contact_level": "data"}, "conditions"),
        (
            {
                "contact_level": "group",
                "undertaking": "Je me tais.",
                "two_adults": True,
                "supervisor_name": "",
            },
            "conditions",
        ),
        ({"minors": Minors.REQUESTED, "supervisor_name": ""}, "conditions"),
        ({"prerequisites": ["honorability"]}, "conditions"),
    ],
)
def test_each_missing_thing_is_said_once_with_its_page(values: dict[str, Any], step: str) -> None:
    assert [where for where, _ in why_not_submit(mission(**values), [slot()], NOW)] == [step]


def test_a_remote_mission_needs_no_address() -> None:
    remote = mission(place_kind="remote", address="", commune_name="")
    assert why_not_submit(remote, [slot()], NOW) == []


@pytest.mark.parametrize(("minutes", "ready"), [(-60, False), (120, False), (121, True)])
def test_a_date_must_leave_time_to_apply(minutes: int, ready: bool) -> None:
    starts_at = NOW + timedelta(minutes=minutes)
    dated = Slot(mission=1, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1))
    assert (why_not_submit(mission(timing=Timing.DATED), [dated], NOW) == []) is ready


def test_honorability_may_be_asked_around_children_in_care() -> None:
    cared = mission(prerequisites=["honorability"], exposures=["children_in_care"])
    assert why_not_submit(cared, [slot()], NOW) == []


@pytest.mark.parametrize(("level", "asked"), [("none", True), ("group", True), ("data", False), ("", False)])
def test_the_level_of_contact_decides_about_minors(level: str, asked: bool) -> None:
    assert (closed_to_minors_because(mission(contact_level=level)) == []) is asked


@pytest.mark.parametrize("exposure", list(EXPOSURES))
@pytest.mark.parametrize("level", list(ContactLevel))
def test_one_exposure_closes_any_level_to_minors(exposure: str, level: str) -> None:
    assert closed_to_minors_because(mission(contact_level=level, exposures=[exposure]))


def test_unanswered_questions_keep_minors_out() -> None:
    assert closed_to_minors_because(mission(exposures=None))


def test_night_work_closes_to_minors() -> None:
    assert closed_to_minors_because(mission(day_parts=["night"]))
    assert closed_to_minors_because(mission(), [slot("2027-06-01T20:00", hours=2.5)])
    assert closed_to_minors_because(mission(), [slot("2027-06-01T20:00")]) == []


@pytest.mark.parametrize(
    ("start", "hours", "at_night"),
    [
        ("2027-06-01T06:00", 16, False),
        ("2027-06-01T05:59", 1, True),
        ("2027-06-01T20:00", 2, False),
        ("2027-06-01T20:00", 2.25, True),
        ("2027-06-01T22:00", 1, True),
        ("2027-06-01T09:00", 30, True),
        ("2027-01-10T21:00", 1, False),
        ("2027-01-10T03:00", 1, True),
    ],
)
def test_night_is_between_22_and_6_in_paris(start: str, hours: float, at_night: bool) -> None:
    assert touches_night(slot(start, hours)) is at_night


def test_consequences_wait_for_an_answer_then_name_the_reason() -> None:
    assert consequences(mission(contact_level="", exposures=None), []) == []
    said = consequences(mission(contact_level="data"), [])
    assert said[0].startswith("Cette mission est fermée aux mineurs, parce que les bénévoles voient")
    assert said[-1] == "Les bénévoles acceptent un engagement de confidentialité."


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Écrivez à zoe@exemple.org pour venir", "e-mail"),
        ("Appelez le 06 12 34 56 78", "téléphone"),
        ("Appelez le +33 6.12.34.56.78", "téléphone"),
        ("Voyez https://exemple.test/page", "lien"),
        ("Tout est sur monasso.fr", "lien"),
        ("Numéro d’écrou 12345", "écrou"),
        ("Des personnes condamnées", "infractions"),
        ("Face aux addictions", "santé"),
        ("Un suivi psychiatrique", "santé"),
        ("Accueil de personnes en TIG", "Une peine n’est pas du bénévolat"),
        ("Un travail d’intérêt général", "Une peine n’est pas du bénévolat"),
    ],
)
def test_words_to_read_again_are_pointed_at(text: str, word: str) -> None:
    found = warnings(mission(details=text))
    assert [warning for warning in found if word in warning]
    assert warnings(mission(tasks=[text])) == found


def test_plain_words_are_not_pointed_at() -> None:
    plain = "Depuis 2021, 40 personnes. Tirer des fils, voler de ses ailes, 12 000 repas ; le tigre aussi."
    assert warnings(mission(presentation=plain)) == []
