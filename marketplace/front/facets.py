"""The filters of a search: what can be ticked, with counts, and what is on, with the way to remove it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from marketplace.front.criteria import (
    BOXES,
    FACETS,
    KINDS,
    YES,
    Asked,
    address,
    day,
    days,
    one,
    radius,
    without,
)
from marketplace.text import N_, _, ngettext
from marketplace.web.dates import short_day

Counts = Mapping[str, Sequence[tuple[str, int]]]

FIRST = 8  # values shown at once; the others are behind a disclosure
LEGENDS = {
    "public": N_("Public aidé"),
    "competence": N_("Compétence"),
    "domaine": N_("Domaine"),
    "activite": N_("Activité"),
    "rythme": N_("Rythme"),
    "moment": N_("Moment de la journée"),
}
COUNTED = {  # our names to those of discovery
    "public": "audiences",
    "competence": "skills",
    "domaine": "domains",
    "activite": "activities",
    "rythme": "rhythms",
    "moment": "day_parts",
}
YES_OR_NO = {
    "mineurs": "minors",
    "fauteuil": "wheelchair",
    "transports": "public_transport",
    "immediate": "instant",
}
ON_THE_LINE = ("quoi", "ou", "lieu")


@dataclass(frozen=True, slots=True)
class Option:
    """A value one may tick; `count`: what it would leave."""

    value: str
    label: str
    count: int
    picked: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A group of values: the first ones, the others, and what the disclosure of these says."""

    name: str
    legend: str
    first: Sequence[Option]
    rest: Sequence[Option]
    more: str


@dataclass(frozen=True, slots=True)
class Active:
    """A filter that is on; `rest` is the same search without it, and `href` its address."""

    label: str
    rest: Asked
    is_filter: bool  # of the disclosure, not of the search line

    @property
    def href(self) -> str:
        """Where the search without it is."""
        return address(self.rest)


def facets(asked: Asked, counts: Counts) -> list[Facet]:
    """The groups with something to tick: what is ticked first, then the most frequent."""
    return [facet for name in FACETS if (facet := _facet(name, asked, counts)).first]


def _facet(name: str, asked: Asked, counts: Counts) -> Facet:
    known, picked, labels = dict(counts.get(COUNTED[name], ())), asked.get(name, ()), FACETS[name]
    options = [
        Option(key, _(labels[key]), known.get(key, 0), key in picked)
        for key in labels
        if key in picked or known.get(key)
    ]
    options.sort(key=lambda option: (not option.picked, -option.count))
    first = max(FIRST, len(picked))
    rest = options[first:]
    more = ngettext("%(num)s autre", "%(num)s autres", len(rest)) % {"num": len(rest)}
    return Facet(name, _(LEGENDS[name]), options[:first], rest, more)


def boxes(asked: Asked, counts: Counts) -> list[tuple[str, Option]]:
    """What is yes or no, by name."""
    known = {name: dict(counts.get(ours, ())).get("yes", 0) for name, ours in YES_OR_NO.items()}
    return [(name, Option(YES, _(said), known.get(name, 0), name in asked)) for name, said in BOXES.items()]


def active(asked: Asked, commune: str, association: str) -> list[Active]:
    """Every filter that is on, in the order of the address; `commune` is the one that was understood.

    Days that make no sense together are not: the search takes no account of them.
    """
    said = {name: _(label) for name, label in BOXES.items()}
    said |= {"quoi": _("«\u00a0{words}\u00a0»").format(words=one(asked, "quoi")), "association": association}
    said |= {"lieu": _(KINDS.get(one(asked, "lieu"), ""))}
    if commune:
        said["ou"] = _("{commune}, {radius} km").format(commune=commune, radius=radius(asked))
    return [
        Active(label, _rest(asked, name, value), name not in ON_THE_LINE)
        for name, values in asked.items()
        if name not in ("du", "au") or any(days(asked))
        for value in values
        if (label := _label(name, value, said))
    ]


def _label(name: str, value: str, said: Mapping[str, str]) -> str:
    if name in FACETS:
        return _(FACETS[name][value])
    if name in ("du", "au"):
        found = day(value)
        text = _("à partir du {day}") if name == "du" else _("jusqu’au {day}")
        return text.format(day=short_day(found)) if found else ""
    return said.get(name, "")


def _rest(asked: Asked, name: str, value: str) -> Asked:
    if name in FACETS:
        return without(asked, name, value=value)
    return without(asked, *(("ou", "rayon") if name == "ou" else (name,)))
