"""What a search asks for, as its address says it: known names only, in one order, nothing empty.

The address of a search is for people: French names, and the same search always has the same one. What cannot
be understood is left out, but a word, a place or a date stays as it was typed, for the page to explain.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date

from marketplace.text import N_, _
from marketplace.vocabulary.activities import ACTIVITIES
from marketplace.vocabulary.audiences import AUDIENCES
from marketplace.vocabulary.day_parts import DAY_PARTS
from marketplace.vocabulary.domains import DOMAINS
from marketplace.vocabulary.rhythms import RHYTHMS
from marketplace.vocabulary.skills import SKILLS
from marketplace.web.ids import may_be_public_id
from marketplace.web.urls import path_for

Asked = dict[str, tuple[str, ...]]  # values by name, as the address has them

YES = "oui"
AND = "."  # between the values of a filter: addresses stay short
RADIUS = 30  # km, when nothing is said
RADII = (5, 10, 20, 30, 50, 100, 200)
MAX_TYPED = 200  # characters kept of words and places
ON_SITE, REMOTE = "sur-place", "a-distance"
TYPED = ("quoi", "ou", "du", "au")
KINDS = {ON_SITE: N_("Sur place seulement"), REMOTE: N_("À distance seulement")}  # both, when nothing is said
FACETS: dict[str, Mapping[str, str]] = {  # several values each
    "public": AUDIENCES,
    "competence": SKILLS,
    "domaine": DOMAINS,
    "activite": ACTIVITIES,
    "rythme": RHYTHMS,
    "moment": DAY_PARTS,
}
BOXES = {
    "mineurs": N_("Ouvertes aux mineurs"),
    "fauteuil": N_("Accessibles en fauteuil roulant"),
    "transports": N_("Accessibles en transports en commun"),
    "immediate": N_("Place confirmée tout de suite"),
    "completes": N_("Montrer aussi les missions complètes"),
}
ORDERS = {
    "proches": N_("Plus proches"),
    "recentes": N_("Plus récentes"),
    "tot": N_("Les plus proches dans le temps"),
    "places": N_("Dernières places"),
}
CHOICES: dict[str, Iterable[str]] = {
    "rayon": [str(radius) for radius in RADII if radius != RADIUS],
    "lieu": KINDS,
    **FACETS,
    **dict.fromkeys(BOXES, (YES,)),
    "ordre": ORDERS,
}
NAMES = ("quoi", "ou", "rayon", "lieu", *FACETS, "du", "au", *BOXES, "association", "ordre", "suite")
CURSOR = re.compile(r"[\w.~=-]{1,400}", re.ASCII)
ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
FRENCH_DAY = re.compile(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})", re.ASCII)


def understood(sent: Iterable[tuple[str, str]]) -> Asked:
    """What is asked by the pairs of an address, whatever they are. Understanding it again changes nothing."""
    values: dict[str, list[str]] = {}
    for name, value in sent:
        values.setdefault(name, []).append(value)
    asked = {name: _kept(name, values[name]) for name in NAMES if name in values}
    return {name: kept for name, kept in asked.items() if kept}


def pairs(asked: Asked) -> list[tuple[str, str]]:
    """The pairs of its address: one a name, several values joined."""
    return [(name, AND.join(values)) for name, values in asked.items()]


def address(asked: Asked) -> str:
    """Where this search is."""
    return path_for("front.missions", **dict(pairs(asked)))


def one(asked: Asked, name: str) -> str:
    """The value of a name that has one, or ''."""
    return asked.get(name, ("",))[-1]


def with_value(asked: Asked, name: str, value: str) -> Asked:
    """The same search with another value, from its first page."""
    return understood([*pairs(without(asked, name)), (name, value)])


def without(asked: Asked, *names: str, value: str = "") -> Asked:
    """The same search without these names (or without one value of them), from its first page."""
    kept = {
        name: tuple(said for said in values if name not in names or value not in ("", said))
        for name, values in asked.items()
        if name != "suite"
    }
    return {name: values for name, values in kept.items() if values}


def radius(asked: Asked) -> int:
    """How far, in km."""
    return int(one(asked, "rayon") or RADIUS)


def days(asked: Asked) -> tuple[date | None, date | None]:
    """The first and last day; both None when they make no sense: see `problems`."""
    starts, ends = (day(one(asked, name)) for name in ("du", "au"))
    return (None, None) if starts and ends and ends < starts else (starts, ends)


def day(text: str) -> date | None:
    """A date as browsers write it or as people do (21/3/2027), of this century; else None."""
    if match := ISO_DAY.fullmatch(text):
        parts = match.groups()
    elif match := FRENCH_DAY.fullmatch(text):
        parts = match.groups()[::-1]
    else:
        return None
    try:
        found = date(*map(int, parts))
    except ValueError:
        return None
    return found if 2000 <= found.year < 2100 else None


def problems(asked: Asked) -> Iterable[tuple[str, str]]:
    """(name, message) for what was typed and cannot be searched for."""
    starts, ends = (day(one(asked, name)) for name in ("du", "au"))
    for name, found in (("du", starts), ("au", ends)):
        if one(asked, name) and not found:
            yield (
                name,
                _("Écrivez une date qui existe, par exemple 21/03/2027. Elle n’est pas prise en compte."),
            )
    if starts and ends and ends < starts:
        yield "au", _("La fin vient avant le début. Ces dates ne sont pas prises en compte.")
    if one(asked, "ordre") == "proches" and not one(asked, "ou"):
        yield "ou", _("Écrivez une commune pour voir d’abord les missions les plus proches.")


def _kept(name: str, values: list[str]) -> tuple[str, ...]:
    if name in FACETS:
        picked = {key for value in values for key in value.split(AND)}
        return tuple(key for key in CHOICES[name] if key in picked)
    last = values[-1]
    if name in TYPED:
        text = _typed(last)
        found = day(text) if name in ("du", "au") else None
        return (found.isoformat() if found else text,) if text else ()
    if name == "association":
        return (last,) if may_be_public_id(last) else ()
    if name == "suite":
        return (last,) if CURSOR.fullmatch(last) else ()
    return (last,) if last in CHOICES[name] else ()


def _typed(text: str) -> str:
    """On one line, without what a page or a database may not hold (control and unassigned characters)."""
    readable = "".join(" " if unicodedata.category(c).startswith("C") else c for c in text[: 4 * MAX_TYPED])
    return unicodedata.normalize("NFC", " ".join(readable.split()))[:MAX_TYPED].strip()
