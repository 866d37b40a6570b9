"""Whom to talk to in a département: the rules of the table, and who answers."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from marketplace.text import language
from marketplace.vocabulary.departments import DEPARTMENTS
from marketplace.vocabulary.tables import LocalContact
from marketplace.web import typed

MOST = 10  # contacts shown of one département
PHONE = re.compile(r"\+?[0-9][0-9 ]{1,18}[0-9]")
LONGEST = {"organisation": 120, "hours": 120, "hours_en": 120, "notes": 300, "notes_en": 300}
TEXTS = ("department", *LONGEST, "phone", "email")
BOTH_LANGUAGES = (("hours", "hours_en"), ("notes", "notes_en"))


@dataclass(frozen=True, slots=True)
class Contact:
    """Who answers, in the language being spoken."""

    organisation: str
    phone: str
    email: str
    hours: str
    notes: str


@dataclass(frozen=True, slots=True)
class Contacts:
    """Those of a département, or the backup's: `is_backup` says which."""

    people: Sequence[Contact]
    is_backup: bool


async def contacts_of(department: str) -> Contacts:
    """Who answers for a département; the backup when it has nobody (perhaps nobody either)."""
    local = await _select(LocalContact.department == department) if department else []
    if local:
        return Contacts(local, is_backup=False)
    return Contacts(await _select(LocalContact.is_backup.eq(True)), is_backup=True)


def cleaned(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as they are stored: texts on one line, a code in capitals, an address in small letters."""
    found = {name: _on_one_line(value) if name in TEXTS else value for name, value in values.items()}
    if found.get("department"):
        found["department"] = found["department"].upper()
    if found.get("email"):
        found["email"] = found["email"].lower()
    return found


def problems(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(field, message) for each value of a whole row, cleaned, that cannot be stored."""
    unreadable = [n for n in TEXTS if not isinstance(values[n], str) or typed.unreadable(values[n])]
    if unreadable:
        yield from ((name, "Ce texte contient des caractères illisibles.") for name in unreadable)
        return
    yield from _of_texts(values)
    yield from _of_ways_to_reach(values)


def _of_texts(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if not values["organisation"]:
        yield "organisation", "Écrivez le nom de l’organisme."
    for name, longest in LONGEST.items():
        if len(values[name]) > longest:
            yield name, f"{longest} caractères au plus."
    for french, english in BOTH_LANGUAGES:
        if bool(values[french]) != bool(values[english]):
            yield (english if values[french] else french), "Écrivez ce texte dans les deux langues."
    if not isinstance(values["is_backup"], bool):
        yield "is_backup", "Répondez par oui ou par non."


def _of_ways_to_reach(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if values["department"] and values["department"] not in DEPARTMENTS:
        yield "department", "Écrivez le code d’un département, par exemple 35, 2A ou 974."
    if not values["department"] and not values["is_backup"]:
        yield "department", "Écrivez un département, sauf pour un contact de secours."
    if values["phone"] and not PHONE.fullmatch(values["phone"]):
        yield "phone", "Écrivez un numéro avec des chiffres et des espaces."
    if values["email"]:
        try:
            typed.email(values["email"])
        except ValueError:
            yield "email", "Écrivez une adresse e-mail complète."
    if not values["phone"] and not values["email"]:
        yield "phone", "Écrivez un numéro ou une adresse e-mail."


def _on_one_line(value: Any) -> Any:
    return " ".join(typed.clean(value).split()) if isinstance(value, str) else value


async def _select(where: Any) -> list[Contact]:
    rows = await LocalContact.objects().where(where).order_by(LocalContact.organisation).limit(MOST)
    english = language() != "fr"
    return [
        Contact(
            organisation=row.organisation,
            phone=row.phone,
            email=row.email,
            hours=row.hours_en if english else row.hours,
            notes=row.notes_en if english else row.notes,
        )
        for row in rows
    ]
