"""Brings locale/<language>/messages.po up to date with the texts of the site, keeping the translations.

    python tools/catalogue.py update    write the catalogues
    python tools/catalogue.py missing   print what is not translated yet

Texts are found in marketplace/ (`_`, `N_`, `ngettext`) and templates/. French, the source, has no catalogue.
"""

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
HEADER = "# Written by tools/catalogue.py: change the msgstr lines only."
LANGUAGES = ("en",)
KEYWORDS: dict[str, tuple[int, ...] | None] = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}
METHODS = [("**.py", "python"), ("**.html", "jinja2"), ("**.txt", "jinja2")]
OPTIONS = {
    name: {"extensions": "jinja2.ext.i18n,jinja2.ext.do", "newstyle_gettext": "true", "trimmed": "true"}
    for name in ("**.html", "**.txt")
}


def extracted() -> Catalog:
    """Every text of the site, each once."""
    catalog = Catalog(charset="utf-8")
    for folder in ("marketplace", "templates"):
        found = extract_from_dir(ROOT / folder, METHODS, OPTIONS, KEYWORDS)
        for file, line, text, _, context in sorted(found, key=lambda text: (text[0], text[1])):
            catalog.add(text, locations=[(f"{folder}/{file}", line)], context=context)
    return catalog


def path_of(language: str) -> Path:
    """Where a language's translations are."""
    return ROOT / "locale" / language / "messages.po"


def stored(language: str) -> Catalog:
    """The catalogue as it is in the file; empty when there is none."""
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=language, fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def updated(language: str) -> Catalog:
    """The texts of today with the translations that still hold: none guessed, none obsolete."""
    known = stored(language)
    catalog = Catalog(locale=language, charset="utf-8", fuzzy=False, header_comment=HEADER)
    for message in extracted():
        if message.id:
            before = known.get(message.id, message.context)
            files = sorted({(file, 0) for file, _ in message.locations})
            string = before.string if before and before.id == message.id else ""  # a new plural starts anew
            catalog.add(message.id, string, locations=files, flags=message.flags)
    return catalog


def written(catalog: Catalog) -> bytes:
    """The catalogue as a file: no date and no line number, which would change for nothing."""
    out = BytesIO()
    write_po(out, catalog, width=110, omit_header=False, sort_by_file=True, ignore_obsolete=True)
    lines = out.getvalue().decode().splitlines(keepends=True)
    noise = (
        "POT-Creation-Date",
        "PO-Revision-Date",
        "Generated-By",
        "Last-Translator",
        "Language-Team",
        "Project-Id",
        "Report-",
    )
    text = "".join(line for line in lines if not line.strip('"').startswith(noise))
    return text.encode()


def missing(language: str) -> Iterator[Message]:
    """What is not translated yet."""
    for message in updated(language):
        strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
        if message.id and not all(strings):
            yield message


def main(command: str) -> None:
    """`update` or `missing`."""
    for language in LANGUAGES:
        if command == "update":
            path_of(language).parent.mkdir(parents=True, exist_ok=True)
            path_of(language).write_bytes(written(updated(language)))
        for message in missing(language):
            print(f"{language}: {message.id!r}")


if __name__ == "__main__":
    if sys.argv[1:] not in (["update"], ["missing"]):
        sys.exit(__doc__)
    main(sys.argv[1])
