"""The words people read: French in the source, other languages from `locale/`, per request or e-mail."""

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LANGUAGES = ("fr", "en")  # the first one is the source's
LOCALE_FOLDER = Path(__file__).parent.parent / "locale"

_language: ContextVar[str] = ContextVar("language", default=LANGUAGES[0])


def language() -> str:
    """The language being spoken now: one of LANGUAGES."""
    return _language.get()


@contextmanager
def speaking(lang: str) -> Iterator[None]:
    """Everything said inside is in this language; an unknown one is French."""
    token = _language.set(lang if lang in LANGUAGES else LANGUAGES[0])
    try:
        yield
    finally:
        _language.reset(token)


@cache
def catalogue(lang: str) -> gettext.NullTranslations:
    """The translations into this language; French needs none."""
    path = LOCALE_FOLDER / lang / "messages.po"
    if lang == LANGUAGES[0] or not path.exists():
        return gettext.NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source, locale=lang))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def N_(text: str) -> str:
    """Mark a text for the catalogues without translating it yet."""
    return text


def _(text: str) -> str:
    """The text in the language being spoken."""
    return catalogue(language()).gettext(text) if text else ""


def ngettext(singular: str, plural: str, n: int) -> str:
    """The form that agrees with `n` in the language being spoken (in French, 0 is singular)."""
    if language() == LANGUAGES[0]:
        return singular if abs(n) < 2 else plural
    return catalogue(language()).ngettext(singular, plural, n)
