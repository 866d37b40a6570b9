"""The place of a search: the commune that was most likely meant, and the others of that name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from marketplace.text import N_, _
from marketplace.vocabulary.names import fold, fold_typed
from marketplace.vocabulary.queries import CommuneRow, find_communes

POSTCODE = re.compile(r"(?<!\d)[0-9]{5}(?!\d)")
MOST_OTHERS = 12  # further homonyms are reached by their postcode
UNKNOWN = N_(
    "Nous ne trouvons pas cette commune. Vérifiez son nom ou son code postal\u00a0: la recherche n’en tient "
    "pas compte."
)
NOWHERE = N_(
    "Nous ne savons pas où se trouve cette commune sur la carte\u00a0: la recherche n’en tient pas compte."
)


@dataclass(frozen=True, slots=True)
class Around:
    """Where to search; `others` bear the same name or postcode."""

    commune: CommuneRow | None = None
    others: Sequence[CommuneRow] = ()
    problem: str = ""  # why there is no commune although something was typed
    is_guess: bool = False  # none bears exactly the name typed

    @property
    def candidates(self) -> list[CommuneRow]:
        """All that may be meant, the likeliest first."""
        return [*([self.commune] if self.commune else ()), *self.others]

    @property
    def is_doubtful(self) -> bool:
        """Whether another département has one that may be meant too."""
        return len({row.department for row in self.candidates}) > 1


async def around(typed: str) -> Around:
    """The place meant by a commune's name, a postcode, both, or a label such as « Saint-Denis (974) »."""
    found = await find_communes(typed) if typed else []
    if not found:
        return Around(problem=_(UNKNOWN) if typed else "")
    exact = _exact(found, typed)
    candidates = exact or found
    meant = next((row for row in candidates if row.latitude is not None), candidates[0])
    others = [row for row in candidates if row.id != meant.id][:MOST_OTHERS]
    if meant.latitude is None or meant.longitude is None:
        return Around(others=others, problem=_(NOWHERE))
    return Around(commune=meant, others=others, is_guess=not exact)


def label(commune: CommuneRow, among: Sequence[CommuneRow]) -> str:
    """What to type to mean this one: « Saint-Denis (974) », with its postcode should two be alike."""
    alike = [row for row in among if row.id != commune.id and row.label == commune.label]
    if alike and commune.postcodes:
        return f"{commune.postcodes[0]} {commune.name}"
    return commune.label


def _exact(found: Sequence[CommuneRow], typed: str) -> list[CommuneRow]:
    """Those that bear exactly the name typed, or the postcode typed alone."""
    name = fold_typed(POSTCODE.sub(" ", typed))
    if not name and POSTCODE.search(typed):
        return list(found)
    return [row for row in found if fold(row.name) == name or fold(row.label) == fold(typed)]
