"""The rules of an association's file, as truth tables."""

from datetime import date, timedelta
from typing import Any

import pytest

from marketplace.associations import policies
from marketplace.associations.lifecycle import Status
from marketplace.associations.tables import Association

TODAY = date(2027, 3, 2)


def complete(**values: Any) -> Association:
    stored: dict[str, Any] = {
        "name": "Le Vestiaire",
        "legal_kind": "association",
        "rna": "W351234567",
        "purpose": "Donner des vêtements.",
        "address": "4 rue des Tilleuls",
        "commune_name": "Rennes",
        "contact_email": "bonjour@vestiaire.fr",
        "insurer": "Mutuelle",
        "insured_until": TODAY,
        "safeguarding_name": "Alix Moreau",
        "safeguarding_contact": "02 99 00 00 01",
        "charter_version": policies.CHARTER_VERSION,
    } | values
    return Association(**stored)


def test_a_complete_file_may_be_sent_on_its_last_insured_day() -> None:
    assert policies.why_not_submit(complete(), TODAY) == []
    assert policies.why_not_submit(complete(rna="", siret="732829320"), TODAY) == []


@pytest.mark.parametrize(
    ("missing", "step"),
    [
        ({"name": ""}, "identity"),
        ({"legal_kind": ""}, "identity"),
        ({"rna": ""}, "identity"),
        ({"purpose": ""}, "identity"),
        ({"address": ""}, "place"),
        ({"commune_name": ""}, "place"),
        ({"contact_email": ""}, "contact"),
        ({"insurer": ""}, "insurance"),
        ({"insured_until": None}, "insurance"),
        ({"insured_until": TODAY - timedelta(days=1)}, "insurance"),
        ({"safeguarding_contact": ""}, "safeguarding"),
        ({"charter_version": ""}, "charter"),
        ({"charter_version": "0"}, "charter"),
    ],
)
def test_each_missing_thing_names_its_page(missing: dict[str, object], step: str) -> None:
    problems = policies.why_not_submit(complete(**missing), TODAY)

    assert [name for name, _message in problems] == [step]


def test_an_empty_draft_misses_every_step_in_page_order() -> None:
    steps = [step for step, _message in policies.why_not_submit(Association(), TODAY)]

    assert steps == list(policies.STEPS)


@pytest.mark.parametrize(
    ("status", "steps"),
    [
        (Status.DRAFT, set(policies.STEPS)),
        (Status.RETURNED, set(policies.STEPS)),
        (Status.SUBMITTED, set()),
        (Status.VERIFIED, {"contact", "insurance", "safeguarding"}),
        (Status.SUSPENDED, set()),
        (Status.CLOSED, set()),
    ],
)
def test_what_may_be_written_depends_on_the_state(status: Status, steps: set[str]) -> None:
    assert policies.open_steps(status) == steps
    assert "status" not in policies.open_columns(status)
    assert policies.open_columns(status) == set().union(*(policies.COLUMNS[step] for step in steps))


@pytest.mark.parametrize("number", ["732829320", "73282932000074", "44306184100047"])
def test_numbers_with_their_key_pass(number: str) -> None:
    assert policies.passes_luhn(number)
    assert policies.tidy_siret(f" {number[:3]} {number[3:]} ") == number


@pytest.mark.parametrize(
    "number", ["732829321", "73282932000075", "7328293200007", "000000000", "٧٣٢٨٢٩٣٢٠", "abc", "73282932a"]
)
def test_other_numbers_do_not(number: str) -> None:
    with pytest.raises(ValueError, match="SIREN"):
        policies.tidy_siret(number)


def test_one_wrong_digit_or_two_swapped_are_seen() -> None:
    for place in range(9):
        changed = ["732829320"[:place] + str(d) + "732829320"[place + 1 :] for d in range(10)]
        assert [number for number in changed if policies.passes_luhn(number)] == ["732829320"]
    assert not policies.passes_luhn("378829320"[:2] + "732829320"[2:][::-1])


@pytest.mark.parametrize(
    ("typed", "stored"), [("", ""), ("W351234567", "W351234567"), ("w 351 234 567", "W351234567")]
)
def test_an_rna_is_tidied(typed: str, stored: str) -> None:
    assert policies.tidy_rna(typed) == stored


@pytest.mark.parametrize("typed", ["351234567", "W35123456", "W3512345678", "X351234567", "W35123456٧"])
def test_what_is_no_rna_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="RNA"):
        policies.tidy_rna(typed)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("", ""),
        ("https://www.exemple.fr/nous?a=1#b", "https://www.exemple.fr/nous?a=1#b"),
        ("http://exemple.fr", "http://exemple.fr"),
        ("www.exemple.fr", "https://www.exemple.fr"),
        ("HTTPS://exemple.fr", "HTTPS://exemple.fr"),
    ],
)
def test_a_website_is_http_or_https(typed: str, stored: str) -> None:
    assert policies.tidy_website(typed) == stored


@pytest.mark.parametrize(
    "typed",
    [
        "javascript:alert(1)",
        "ftp://exemple.fr",
        "data:text/html,x",
        "mailto:a@exemple.fr",
        "https://",
        "https://moi@exemple.fr",
        "https://exemple",
        "https://exemple.fr:8080",
        "https://exemple.fr:x",
        "https://[::1",
        "//exemple.fr",
        "https://exemple.fr/<b>",
        'https://exemple.fr/"a',
        "deux mots",
    ],
)
def test_nothing_else_is_a_website(typed: str) -> None:
    with pytest.raises(ValueError, match="https"):
        policies.tidy_website(typed)


@pytest.mark.parametrize("typed", ["", "02 99 00 00 00", "+33 (0)2.99.00-00-00", "3919"])
def test_a_phone_is_kept_as_typed(typed: str) -> None:
    assert policies.tidy_phone(typed) == typed


@pytest.mark.parametrize("typed", ["12", "zéro deux", "0299000000000000", "٠٢٩٩٠٠٠٠", "02 99 poste 12"])
def test_what_is_no_phone_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="téléphone"):
        policies.tidy_phone(typed)


@pytest.mark.parametrize(("days", "fine"), [(-1, False), (0, True), (365, True), (3653, True), (3654, False)])
def test_an_insurance_ends_from_today_to_ten_years_ahead(days: int, fine: bool) -> None:
    assert (policies.insurance_problem(TODAY + timedelta(days=days), TODAY) is None) is fine
