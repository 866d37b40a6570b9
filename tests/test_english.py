"""Everything the site says has an English translation, with the same values in it; and French is well set."""

import re

import pytest
from babel.messages.catalog import Message

from marketplace.text import LANGUAGES
from tests.client import Client
from tools import catalogue

VALUE = re.compile(r"%\(\w+\)[sd]|{\w*}|<[^>]+>|&\w+;")
FRENCH = [message for message in catalogue.extracted() if message.id]
TIGHT = re.compile("(?<=[^\u00a0\u202f\\s])[?!;:»](?=\\s|$)|[ ][?!;:»](?=\\s|$)|«(?![\u00a0\u202f])")


def texts(message: Message) -> list[str]:
    """The singular and the plural, or the one text."""
    return [message.id] if isinstance(message.id, str) else list(message.id or ())


def translations(message: Message) -> list[str]:
    strings = message.string
    return [strings] if isinstance(strings, str) else [string or "" for string in strings or ()]


def values(text: str) -> list[str]:
    return sorted(VALUE.findall(text))


def test_the_texts_of_the_site_are_found() -> None:
    found = {text for message in FRENCH for text in texts(message)}

    assert "Recopiez les 6 chiffres reçus par e-mail." in found  # N_ in Python
    assert "Votre lien de connexion" in found  # a template of an e-mail
    assert "Plus qu’un bouton" in found  # a template of a page


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_text_is_translated(language: str) -> None:
    assert [message.id for message in catalogue.missing(language)] == []


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_the_catalogue_is_what_the_tool_writes_and_nothing_in_it_is_guessed_or_left_over(
    language: str,
) -> None:
    stored = catalogue.stored(language)

    assert [message.id for message in stored if message.id and message.fuzzy] == []
    assert list(stored.obsolete) == []
    assert catalogue.path_of(language).read_bytes() == catalogue.written(catalogue.updated(language))


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_translations_hold_the_same_values(language: str) -> None:
    wrong = [
        (text, translation)
        for message in catalogue.updated(language)
        if message.id
        for text, translation in zip(texts(message), translations(message), strict=True)
        if translation and values(text) != values(translation)
    ]

    assert wrong == []


def test_french_has_no_break_spaces_before_its_high_punctuation() -> None:
    assert [text for message in FRENCH for text in texts(message) if TIGHT.search(text)] == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Rien reçu\u00a0? Oui.", False),
        ("à 14:30, http://a.example", False),
        ("Rien reçu ? Oui.", True),
        ("Rien reçu? Oui.", True),
        ("Adresse :", True),
        ("« oui\u00a0»", True),
    ],
)
def test_the_rule_on_spaces(text: str, wrong: bool) -> None:
    assert bool(TIGHT.search(text)) == wrong


async def test_english_pages_say_that_they_are(client: Client) -> None:
    page = await client.get("/en/connexion")

    assert page.tree is not None
    assert page.tree.get("lang") == "en"
    assert all(link.startswith("/en/") for link in page.links)
