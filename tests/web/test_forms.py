"""Reading what people type: cleaned, checked, kept to be shown again, in words."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from enum import StrEnum
from io import BytesIO
from typing import Annotated

import pytest
from pydantic import Field
from starlette.datastructures import FormData, UploadFile

from marketplace.text import speaking
from marketplace.web.forms import Email, Form, Says, Submission, Yes, parse, text


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Sample(Form):
    """One field of each kind."""

    name: Annotated[str, text(2, 10)]
    colour: Annotated[Colour, Says("Choisissez une couleur.")]
    colours: Annotated[list[Colour], Field(min_length=1, max_length=2)]
    word: Annotated[str, text(1, 10)]
    number: Annotated[int, Field(ge=1, le=500)]
    email: Email
    agreed: Yes
    loud: bool = False
    born_on: date | None = None
    starts_at: datetime | None = None
    note: str = ""

    def problems(self) -> Iterable[tuple[str, str]]:
        if self.note == self.name:
            yield "note", "Dites autre chose que le nom."


RIGHT = {
    "name": ["Zoé"],
    "colour": ["red"],
    "colours": ["red", "blue"],
    "word": ["oui"],
    "number": ["3"],
    "email": ["zoe@example.org"],
    "agreed": ["yes"],
}


def send(**changes: str | list[str] | None) -> Submission[Sample]:
    """The right answers with these changes."""
    typed = {**RIGHT, **{k: v if isinstance(v, list) else [v] for k, v in changes.items() if v is not None}}
    pairs = [
        (k, v) for k, values in typed.items() if not (k in changes and changes[k] is None) for v in values
    ]
    return parse(Sample, FormData([*pairs]))


def test_what_is_right_is_read() -> None:
    sent = send(loud="yes", born_on_day="29", born_on_month="2", born_on_year="2008")

    assert sent.errors == []
    assert sent.form == Sample(
        name="Zoé",
        colour=Colour.RED,
        colours=[Colour.RED, Colour.BLUE],
        word="oui",
        number=3,
        email="zoe@example.org",
        agreed=True,
        loud=True,
        born_on=date(2008, 2, 29),
    )


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("name", None, "Écrivez au moins 2 caractères."),
        ("name", "  x  ", "Écrivez au moins 2 caractères."),
        ("name", "x" * 11, "Raccourcissez ce texte\u00a0: 10 caractères au plus."),
        ("name", "a\x00b", "Ce texte contient des caractères illisibles. Écrivez-le de nouveau."),
        ("name", "a\ufffdb", "Ce texte contient des caractères illisibles. Écrivez-le de nouveau."),
        ("name", "a\u202eb", "Ce texte contient des caractères illisibles. Écrivez-le de nouveau."),
        ("colour", None, "Choisissez une couleur."),
        ("colour", "green", "Choisissez une couleur."),
        ("colours", None, "Choisissez au moins une réponse."),
        ("colours", ["red", "blue", "red"], "Choisissez-en 2 au plus."),
        ("colours", ["green"], "Choisissez une réponse dans la liste."),
        ("number", "", "Écrivez un nombre entier, par exemple 3."),
        ("number", "trois", "Écrivez un nombre entier, par exemple 3."),
        ("number", "0", "Écrivez un nombre à partir de 1."),
        ("number", "501", "Écrivez un nombre jusqu’à 500."),
        ("number", "9" * 5000, "Ce nombre est trop grand."),
        ("email", "zoe", "Écrivez une adresse e-mail complète, par exemple prenom@exemple.fr."),
        ("word", "   ", "Remplissez ce champ."),
        ("agreed", None, "Cochez cette case pour continuer."),
        ("note", "Zoé", "Dites autre chose que le nom."),
    ],
)
def test_what_is_wrong_is_told_at_its_field(field: str, typed: str | list[str] | None, message: str) -> None:
    sent = send(**{field: typed})

    assert sent.form is None
    assert sent.errors == [(field, message)]
    assert sent.error(field) == message


@pytest.mark.parametrize(
    ("day", "month", "year"),
    [
        ("31", "2", "2009"),
        ("29", "2", "2009"),
        ("1", "1", "09"),
        ("1", "", "2009"),
        ("x", "1", "2009"),
        ("²", "1", "2009"),
        ("0", "0", "0000"),
    ],
)
def test_a_date_that_does_not_exist_is_told(day: str, month: str, year: str) -> None:
    sent = send(born_on_day=day, born_on_month=month, born_on_year=year)

    assert sent.errors == [("born_on", "Écrivez une date qui existe, par exemple 27 3 2009.")]
    assert (sent.value("born_on_day"), sent.value("born_on_year")) == (day, year)


@pytest.mark.parametrize(("hour", "utc_hour"), [("14:30", 13), ("14h30", 13), ("14 h 30", 13), ("14H30", 13)])
def test_a_moment_is_read_as_paris_time(hour: str, utc_hour: int) -> None:
    sent = send(starts_at_day="1", starts_at_month="3", starts_at_year="2027", starts_at_time=hour)

    assert sent.form
    assert sent.form.starts_at == datetime(2027, 3, 1, utc_hour, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "hour"), [("1", ""), ("", "14:30"), ("1", "25:00"), ("1", "14:60"), ("1", "tôt")]
)
def test_a_moment_that_does_not_exist_is_told(day: str, hour: str) -> None:
    sent = send(starts_at_day=day, starts_at_month="3", starts_at_year="2027", starts_at_time=hour)

    assert [field for field, _ in sent.errors] == ["starts_at"]


def test_every_error_is_told_at_once_in_the_order_of_the_page() -> None:
    sent = parse(Sample, FormData([]))

    assert [field for field, _ in sent.errors] == [
        "name",
        "colour",
        "colours",
        "word",
        "number",
        "email",
        "agreed",
    ]


def test_what_was_typed_is_kept() -> None:
    sent = send(number="trois", name="<b>")

    assert sent.value("number") == "trois"
    assert sent.value("name") == "<b>"
    assert sent.values("colours") == ["red", "blue"]
    assert sent.value("nothing") == ""


def test_fields_the_form_does_not_have_change_nothing() -> None:
    sent = send(status="verified", id="1")

    assert sent.form
    assert not hasattr(sent.form, "status")
    assert sent.form.model_dump().keys() == Sample.model_fields.keys()


def test_of_a_field_sent_twice_the_last_one_counts() -> None:
    assert getattr(send(name=["Ana", "Zoé"]).form, "name", None) == "Zoé"


def test_line_ends_and_accents_are_written_one_way() -> None:
    sent = send(note="Un\r\ndeux\rtrois e\u0301t\u00e9 ")

    assert getattr(sent.form, "note", None) == "Un\ndeux\ntrois été"


def test_a_file_in_place_of_a_text_is_nothing() -> None:
    file = UploadFile(BytesIO(b"Zo\xc3\xa9"), filename="name.txt")
    pairs = [(k, v) for k, values in RIGHT.items() for v in values if k != "name"]
    sent = parse(Sample, FormData([*pairs, ("name", file)]))

    assert sent.error("name") == "Écrivez au moins 2 caractères."


def test_an_action_may_add_what_it_found() -> None:
    sent = send()
    sent.refuse("name", "Ce nom est pris.")

    assert sent.form is None
    assert sent.error("name") == "Ce nom est pris."


def test_messages_are_said_in_the_language_being_spoken() -> None:
    with speaking("en"):
        english = send(name=None).error("name")

    assert english != "Remplissez ce champ."
