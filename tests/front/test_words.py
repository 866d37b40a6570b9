"""A mission's facts in words."""

import pytest

from marketplace.associations.tables import Association
from marketplace.associations.words import full_name
from marketplace.missions import words


@pytest.mark.parametrize(
    ("name", "kind", "said"),
    [
        ("Le Fournil", "association", "l’association Le Fournil"),
        ("Association Lumières", "association", "l’Association Lumières"),
        ("association du Port", "other", "l’association du Port"),
        ("Ville de Rennes", "local_authority", "«\u00a0Ville de Rennes\u00a0»"),
    ],
)
def test_an_association_is_named_after_de(name: str, kind: str, said: str) -> None:
    assert full_name(Association(name=name, legal_kind=kind)) == said


def test_a_summary_has_no_markdown_and_ends_with_a_word() -> None:
    text = "**Chaque semaine**, une équipe <b>prépare</b> les colis :\n\n- le linge\n- le savon"

    assert words.summary(text) == "Chaque semaine, une équipe <b>prépare</b> les colis : le linge le savon"
    assert words.summary("Nous préparons, ensemble, les colis.", 16) == "Nous préparons…"


def test_a_place_is_a_commune_and_its_departement() -> None:
    assert words.where("on_site", "Lyon", "69") == "Lyon (Rhône)"
    assert words.where("either", "Lyon", "69") == "Lyon (Rhône), ou à distance"
    assert words.where("remote", "Lyon", "69") == "À distance"
    assert words.commune("Ici", "99") == "Ici"
    assert words.commune("Paris", "75") == "Paris"


def test_a_key_that_is_no_longer_known_is_left_out() -> None:
    assert words.audiences(["seniors", "gone"]) == ["Personnes âgées"]
    assert words.rhythm("gone") == words.contact("") == words.domain("") == ""
    assert words.exposures(None) == []
