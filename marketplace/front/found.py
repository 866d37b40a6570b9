"""What the search page says of what it found: how many, why each, and in which orders."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from marketplace.discovery.queries import TOTAL_CAP, Found, Results, Why
from marketplace.front.cards import Card, card
from marketplace.front.criteria import ORDERS, Asked, address, one, with_value, without
from marketplace.front.facets import Active
from marketplace.text import _, ngettext
from marketplace.vocabulary.audiences import AUDIENCES
from marketplace.vocabulary.skills import SKILLS

MOST_REASONS = 4  # said of a result


@dataclass(frozen=True, slots=True)
class Result:
    """A card, and why it is there, in words."""

    card: Card
    why: Sequence[str]


def result(found: Found, now: datetime) -> Result:
    """One line of the list."""
    said = [words for why in found.why if (words := _why(why))]
    return Result(card(found.card, now), said[:MOST_REASONS])


def _why(why: Why) -> str:
    match why.kind:
        case "skill" if why.value in SKILLS:
            return _("Compétence\u00a0: {skill}").format(skill=_short(_(SKILLS[why.value])))
        case "audience" if why.value in AUDIENCES:
            return _("Pour\u00a0: {audience}").format(audience=_short(_(AUDIENCES[why.value])))
        case "words":
            return _("Mots trouvés\u00a0: {words}").format(words=why.value)
        case "distance":
            return _distance(int(why.value))
    return ""


def _short(label: str) -> str:
    """« bureautique » of « Bureautique (texte, tableur, courriel) »."""
    bare = label.partition(" (")[0]
    return bare[:1].lower() + bare[1:]


def _distance(km: int) -> str:
    return _("à {km} km").format(km=km) if km else _("à moins de 1 km")


def counted(results: Results) -> str:
    """« 12 missions »."""
    return missions(results.total + results.total_is_capped)


def missions(total: int) -> str:
    """The same of a number that says « more than TOTAL_CAP » by being one above."""
    if total > TOTAL_CAP:
        return _("Plus de {number} missions").format(number=TOTAL_CAP)
    if not total:
        return _("Aucune mission")
    return ngettext("%(num)s mission", "%(num)s missions", total) % {"num": total}


def title(results: Results, active: Sequence[Active]) -> str:
    """The page's title: how many, of what, and whether it goes on from another page."""
    about = ", ".join(filter_.label for filter_ in active[:3])
    said = counted(results)
    if about:
        said = _("{count}\u00a0: {about}").format(count=said, about=about)
    return _("{title} (suite)").format(title=said) if results.previous_cursor else said


def orders(asked: Asked, *, has_place: bool) -> list[tuple[str, str, bool]]:
    """(label, address, whether it is the one) for each order that makes sense."""
    usual = _("Pertinence") if "quoi" in asked else _("Plus récentes")
    chosen = one(asked, "ordre")
    offered = [name for name in ORDERS if _makes_sense(name, asked, has_place)]
    links = [(_(ORDERS[name]), address(with_value(asked, "ordre", name)), name == chosen) for name in offered]
    return [(usual, address(without(asked, "ordre")), chosen not in offered), *links]


def _makes_sense(order: str, asked: Asked, has_place: bool) -> bool:
    return has_place if order == "proches" else "quoi" in asked if order == "recentes" else True
