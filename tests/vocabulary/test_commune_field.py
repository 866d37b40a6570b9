"""Which commune: typed, chosen among several, or written freely."""

import pytest

from marketplace.vocabulary import commune_field
from marketplace.vocabulary.actions import store_communes
from marketplace.vocabulary.commune_field import CommuneField, Place
from marketplace.vocabulary.communes import read_communes
from marketplace.web.forms import Form, Submission

SOME = {"75056", "69123", "93066", "97411", "42218", "35238"}
KNOWN = [facts for facts in read_communes() if facts.code in SOME]
FREE = {
    "commune_free": "yes",
    "commune_name": "Nulle-Part",
    "commune_postcode": "12345",
    "commune_department": "12",
}


@pytest.fixture(autouse=True)
async def some(database: None) -> None:
    await store_communes(KNOWN)


def sent(**typed: str) -> Submission[Form]:
    return Submission({name: [value] for name, value in typed.items()}, form=Form())


async def asked(**typed: str) -> tuple[CommuneField, list[str]]:
    submission = sent(**typed)
    field = await commune_field.ask(submission)
    assert (field.place is None) == (submission.form is None) == bool(submission.errors)
    return field, [name for name, _message in submission.errors]


@pytest.mark.parametrize(
    ("typed", "code", "postcode"),
    [
        ("Lyon", "69123", ""),
        ("75011", "75056", "75011"),
        ("75011 Paris", "75056", "75011"),
        ("93200 St-Denis", "93066", "93200"),
        ("Saint-Denis (93)", "93066", ""),
        ("35000 rennes", "35238", "35000"),
    ],
)
async def test_one_commune_is_taken_with_the_postcode_typed(typed: str, code: str, postcode: str) -> None:
    field, errors = await asked(commune=typed)

    assert errors == []
    assert field.place is not None
    assert (field.place.code, field.place.postcode) == (code, postcode)
    assert field.place.latitude is not None


async def test_several_are_offered_and_one_is_chosen() -> None:
    field, errors = await asked(commune="Saint-Denis")
    assert errors == ["commune_code"]
    assert {"93066", "97411"} <= {code for code, _label, _postcodes in field.choices}

    field, errors = await asked(commune="Saint-Denis", commune_code="93066")
    assert field.place is not None
    assert field.place.name == "Saint-Denis"
    assert field.place.department == "93"


async def test_a_choice_left_from_another_search_does_not_count() -> None:
    field, _errors = await asked(commune="Lyon", commune_code="93066")

    assert field.place is not None
    assert field.place.code == "69123"


@pytest.mark.parametrize("typed", ["", " ", "x" * 101, "\x00", "Rennes\ufffd"])
async def test_what_is_no_commune_is_told_under_the_search_line(typed: str) -> None:
    assert (await asked(commune=typed))[1] == ["commune"]


async def test_an_unknown_commune_opens_the_free_fields() -> None:
    field, errors = await asked(commune="Nulle-Part-les-Oies")

    assert errors == ["commune"]
    assert (field.free, field.ticked) == (True, False)
    assert field.departments[1] == ("01", "01 – Ain")


async def test_a_commune_written_freely_has_no_code_nor_coordinates() -> None:
    place = Place(code="", name="Nulle-Part", postcode="12345", department="12")

    for typed in (FREE, FREE | {"commune_free": "", "commune_code": "other"}):
        assert (await commune_field.ask(sent(**typed))).place == place
    unticked = FREE | {"commune_free": "", "commune": "Nulle-Part-les-Oies"}
    assert (await commune_field.ask(sent(**unticked))).place == place


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"commune_name": ""}, "commune_name"),
        ({"commune_name": "x" * 101}, "commune_name"),
        ({"commune_name": "\x00"}, "commune_name"),
        ({"commune_postcode": "1234"}, "commune_postcode"),
        ({"commune_postcode": "١٢٣٤٥"}, "commune_postcode"),
        ({"commune_department": ""}, "commune_department"),
        ({"commune_department": "99"}, "commune_department"),
    ],
)
async def test_each_free_field_is_checked(wrong: dict[str, str], field: str) -> None:
    assert (await asked(**(FREE | wrong)))[1] == [field]


async def test_what_is_stored_is_shown_and_finds_itself_again() -> None:
    assert commune_field.stored("", "", "", "").text == ""
    assert commune_field.stored("", "Nulle-Part", "12345", "12").ticked
    for postcode in ("", "93200"):
        shown = commune_field.stored("93066", "Saint-Denis", postcode, "93").text
        place = (await commune_field.ask(sent(commune=shown))).place
        assert place is not None
        assert (place.code, place.postcode) == ("93066", postcode)
