"""The field where people say which commune: typed, chosen among homonyms, or written freely.

In an endpoint (the macro is `commune(sent, place)` of templates/macros/commune.html):

    async def where(request):            # first view: from the row's four columns
        field = commune_field.stored(row.commune_code, row.commune_name, row.postcode, row.department)
        return page(request, "…/where.html", place=field)

    async def save_where(request):
        sent = await read(WhereForm, request)        # the form itself has no field about the commune
        field = await commune_field.ask(sent)
        if sent.form is None or field.place is None:
            return page(request, "…/where.html", status=422, sent=sent, place=field)

Posted names: `commune` (what is typed), `commune_code` (the radio, when several match), `commune_free`
(the box "Ma commune n'est pas dans la liste"), then `commune_name`, `commune_postcode`, `commune_department`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from marketplace.text import N_, _
from marketplace.vocabulary.departments import DEPARTMENTS
from marketplace.vocabulary.names import fold, fold_typed
from marketplace.vocabulary.queries import CommuneRow, find_communes
from marketplace.web import typed
from marketplace.web.form_messages import said
from marketplace.web.forms import Submission

OTHER = "other"  # the radio's value for a commune we do not know
POSTCODE = re.compile(r"(?<!\d)[0-9]{5}(?!\d)")
MAX_TYPED = 100
MAX_CHOICES = 12

MISSING = N_("Écrivez votre commune ou son code postal.")
NOT_FOUND = N_(
    "Nous ne trouvons pas cette commune. Vérifiez son nom, ou cochez la case et écrivez-la vous-même."
)
SEVERAL = N_("Plusieurs communes correspondent. Choisissez la vôtre, ou ajoutez le code postal.")
NO_NAME = N_("Écrivez le nom de votre commune.")
NO_POSTCODE = N_("Écrivez les 5 chiffres du code postal.")
NO_DEPARTMENT = N_("Choisissez un département dans la liste.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A commune as associations and missions store it; coordinates are WGS 84 degrees."""

    code: str  # INSEE's; '' when it was written freely
    name: str
    postcode: str  # '' when the commune has several and none was typed
    department: str
    latitude: float | None = None
    longitude: float | None = None
    approximate: bool = True

    @property
    def columns(self) -> dict[str, str]:
        """The four columns of a row that has a commune."""
        return {
            "commune_code": self.code,
            "commune_name": self.name,
            "postcode": self.postcode,
            "department": self.department,
        }


NOWHERE = Place(code="", name="", postcode="", department="")


@dataclass(frozen=True, slots=True, kw_only=True)
class CommuneField:
    """What the field shows: `choices` are radios (code, label, postcodes), `free` opens the free fields."""

    place: Place | None = None
    choices: Sequence[tuple[str, str, str]] = ()
    free: bool = False
    ticked: bool = False  # the box of the free fields

    @property
    def text(self) -> str:
        """What is in the search line at first."""
        if self.place is None or not self.place.code:
            return ""
        place = self.place
        return f"{place.postcode} {place.name}" if place.postcode else f"{place.name} ({place.department})"

    @property
    def departments(self) -> list[tuple[str, str]]:
        """The choices of the free fields' select."""
        return [("", _("Choisir")), *((code, f"{code} – {name}") for code, name in DEPARTMENTS.items())]


def stored(code: str, name: str, postcode: str, department: str) -> CommuneField:
    """The field of a row, before anything is sent; empty when the row has no commune yet."""
    if not name:
        return CommuneField()
    place = Place(code=code, name=name, postcode=postcode, department=department)
    return CommuneField(place=place, free=not code, ticked=not code)


async def ask(sent: Submission[Any]) -> CommuneField:
    """The field as sent; when its `place` is None, `sent` was given the error and the page is shown again."""
    text, code = _value(sent, "commune"), _value(sent, "commune_code")
    if sent.value("commune_free") or code == OTHER:
        return _free(sent)
    if typed.unreadable(text) or len(text) > MAX_TYPED:
        sent.refuse("commune", _unfit(text))
        return CommuneField()
    if not text:
        sent.refuse("commune", _(MISSING))
        return CommuneField()
    found = await find_communes(text)
    if not found:
        return _unknown(sent)
    if chosen := next((row for row in found if row.code == code), None):
        return CommuneField(place=_place(chosen, text))
    candidates = _exact(found, text) or found[:MAX_CHOICES]
    if len(candidates) == 1:
        return CommuneField(place=_place(candidates[0], text))
    sent.refuse("commune_code", _(SEVERAL))
    return CommuneField(choices=[(row.code, row.label, _postcodes(row)) for row in candidates])


def _unknown(sent: Submission[Any]) -> CommuneField:
    if sent.value("commune_name"):
        return _free(sent)
    sent.refuse("commune", _(NOT_FOUND))
    return CommuneField(free=True)


def _exact(found: Sequence[CommuneRow], text: str) -> list[CommuneRow]:
    """Those that bear exactly the name typed."""
    name = fold_typed(POSTCODE.sub(" ", text))
    return [row for row in found if fold(row.name) == name or fold(row.label) == fold(text)]


def _place(row: CommuneRow, text: str) -> Place:
    said_postcode = next((code for code in POSTCODE.findall(text) if code in row.postcodes), "")
    only = row.postcodes[0] if len(row.postcodes) == 1 else ""
    return Place(
        code=row.code,
        name=row.name,
        postcode=said_postcode or only,
        department=row.department,
        latitude=row.latitude,
        longitude=row.longitude,
        approximate=row.approximate,
    )


def _free(sent: Submission[Any]) -> CommuneField:
    name, postcode = _value(sent, "commune_name"), _value(sent, "commune_postcode")
    department = _value(sent, "commune_department")
    wrong = []
    if not name or typed.unreadable(name) or len(name) > MAX_TYPED:
        wrong.append(("commune_name", _unfit(name) if name else _(NO_NAME)))
    if not re.fullmatch("[0-9]{5}", postcode):
        wrong.append(("commune_postcode", _(NO_POSTCODE)))
    if department not in DEPARTMENTS:
        wrong.append(("commune_department", _(NO_DEPARTMENT)))
    for field, message in wrong:
        sent.refuse(field, message)
    if wrong:
        return CommuneField(free=True, ticked=True)
    place = Place(code="", name=name, postcode=postcode, department=department)
    return CommuneField(place=place, free=True, ticked=True)


def _unfit(text: str) -> str:
    if typed.unreadable(text):
        return said("unreadable", {}, None)
    return said("string_too_long", {"max_length": MAX_TYPED}, None)


def _postcodes(row: CommuneRow) -> str:
    shown = ", ".join(row.postcodes[:4])
    return f"{shown}…" if len(row.postcodes) > 4 else shown


def _value(sent: Submission[Any], name: str) -> str:
    return typed.clean(sent.value(name))
