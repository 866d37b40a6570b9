"""A mission's facts in the words people read, for every page and e-mail that shows one."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby

from marketplace.associations.tables import Association
from marketplace.associations.words import full_name
from marketplace.missions.lifecycle import ContactLevel, PlaceKind
from marketplace.missions.tables import Slot
from marketplace.text import N_, _
from marketplace.vocabulary.activities import ACTIVITIES
from marketplace.vocabulary.audiences import AUDIENCES
from marketplace.vocabulary.day_parts import DAY_PARTS
from marketplace.vocabulary.departments import DEPARTMENTS
from marketplace.vocabulary.domains import DOMAINS
from marketplace.vocabulary.exposures import EXPOSURES
from marketplace.vocabulary.prerequisites import PREREQUISITES
from marketplace.vocabulary.rhythms import RHYTHMS
from marketplace.vocabulary.skills import SKILLS
from marketplace.web import dates, markdown

CONTACT: dict[str, str] = {
    ContactLevel.NONE: N_(
        "Vous ne rencontrez pas les personnes aidées et vous ne voyez pas leurs données personnelles."
    ),
    ContactLevel.DATA: N_(
        "Vous ne rencontrez pas les personnes aidées, mais vous voyez de leurs données personnelles."
    ),
    ContactLevel.GROUP: N_(
        "Vous rencontrez les personnes aidées en groupe, dans les locaux de l’association ou en public."
    ),
    ContactLevel.INDIVIDUAL: N_(
        "Vous rencontrez les personnes aidées une à une, hors des locaux de l’association ou en détention."
    ),
}


def audiences(keys: Iterable[str]) -> list[str]:
    """« Publics aidés »."""
    return _labels(AUDIENCES, keys)


def activities(keys: Iterable[str]) -> list[str]:
    """What one does, in general."""
    return _labels(ACTIVITIES, keys)


def skills(keys: Iterable[str]) -> list[str]:
    """Skills wished for or needed."""
    return _labels(SKILLS, keys)


def prerequisites(keys: Iterable[str]) -> list[str]:
    """What must be done before taking part."""
    return _labels(PREREQUISITES, keys)


def exposures(keys: Iterable[str] | None) -> list[str]:
    """What one may meet with; nothing when the questions were not answered."""
    return _labels(EXPOSURES, keys or ())


def day_parts(keys: Iterable[str]) -> list[str]:
    """The parts of the day."""
    return _labels(DAY_PARTS, keys)


def domain(key: str) -> str:
    """What the mission is for, or ''."""
    return _(DOMAINS.get(key, ""))


def rhythm(key: str) -> str:
    """How much time it asks for, or ''."""
    return _(RHYTHMS.get(key, ""))


def contact(level: str) -> str:
    """How close one comes to the people helped, or ''."""
    return _(CONTACT.get(level, ""))


def commune(name: str, department: str) -> str:
    """« Rennes (Ille-et-Vilaine) »: the most that everybody is told of a place."""
    known = DEPARTMENTS.get(department)
    return f"{name} ({known})" if name and known and known != name else name


def where(place_kind: str, commune_name: str, department: str) -> str:
    """The place in one line, never the address."""
    place = commune(commune_name, department)
    if place_kind == PlaceKind.REMOTE:
        return _("À distance")
    return _("{place}, ou à distance").format(place=place) if place_kind == PlaceKind.EITHER else place


def when(starts_at: datetime | None, ends_at: datetime | None) -> str:
    """A slot's day and hours in Paris, or « Quand vous voulez »."""
    return dates.when(starts_at, ends_at) if starts_at and ends_at else _("Quand vous voulez")


def by_month(slots: Sequence[Slot]) -> list[tuple[str, list[Slot]]]:
    """Dated slots, in the order of their dates, under the names of their months."""
    return [(name, list(of_it)) for name, of_it in groupby(slots, _month)]


def _month(slot: Slot) -> str:
    return dates.month(slot.starts_at) if slot.starts_at else when(None, None)


def published_by(author_name: str, association: Association) -> str:
    """« Publié par CHRIS N. de l’association … »; the team once the author has left."""
    author = author_name or _("l’équipe")
    return _("Publié par {author} de {association}").format(author=author, association=full_name(association))


def summary(text: str, length: int = 155) -> str:
    """The start of a text written by people, without its Markdown, cut between two words."""
    plain = " ".join(markdown.render(text[: 4 * length]).striptags().split())
    if len(plain) <= length:
        return plain
    return plain[:length].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


def _labels(vocabulary: Mapping[str, str], keys: Iterable[str]) -> list[str]:
    return [_(vocabulary[key]) for key in keys if key in vocabulary]
