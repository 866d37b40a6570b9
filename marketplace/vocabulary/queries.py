"""Looking a commune up by what people type."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from piccolo.custom_types import Combinable

from marketplace.vocabulary.communes import CommuneFacts
from marketplace.vocabulary.names import fold, fold_typed
from marketplace.vocabulary.tables import Commune, CommunePostcode

_FACTS = (
    Commune.id,
    Commune.code,
    Commune.name,
    Commune.department,
    Commune.postcodes,
    Commune.population,
    Commune.latitude,
    Commune.longitude,
    Commune.approximate,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CommuneRow(CommuneFacts):
    """A commune as stored; missions and associations refer to its `id`."""

    id: int


async def find_communes(text: str, limit: int = 20) -> list[CommuneRow]:
    """The communes meant by a postcode (or its first 2 to 4 digits), a name, or both; the likeliest first.

    By name: those that bear it, then those that start with it, then those that have a word that does;
    each the most populated first. Never raises, whatever was typed.
    """
    typed = text[:100].strip()
    if postcode := re.search(r"(?<!\d)[0-9]{5}(?!\d)", typed):
        name = fold_typed(typed.replace(postcode[0], " "))
        found = await _by_postcode(postcode[0], limit=200)
        return sorted(found, key=lambda row: not fold(row.name).startswith(name))[:limit]
    if re.fullmatch("[0-9]{2,4}", typed):
        return await _by_postcode(typed, limit)
    if labelled := re.fullmatch(r"(.+) \((\w{2,3})\)", typed):  # our own `label`, sent back
        name = fold_typed(labelled[1])
        found = await _select(Commune.search_name == name, 200) or await _by_name(name, limit=200)
        return [row for row in found if row.department == labelled[2].upper()][:limit]
    return await _by_name(fold_typed(typed), limit)


async def commune_by_code(code: str) -> CommuneRow | None:
    """The commune INSEE numbers so."""
    if not re.fullmatch("[0-9AB]{5}", code):
        return None  # PostgreSQL would refuse some of what can be typed, such as a zero byte
    return next(iter(await _select(Commune.code == code, 1)), None)


async def largest_commune(department: str) -> CommuneRow | None:
    """The most populated commune of a département."""
    return next(iter(await _select(Commune.department == department, 1)), None)


async def _by_postcode(start: str, limit: int) -> list[CommuneRow]:
    communes = CommunePostcode.select(CommunePostcode.commune).where(
        CommunePostcode.postcode.like(f"{start}%")
    )
    return await _select(Commune.id.is_in(communes), limit)


async def _by_name(name: str, limit: int) -> list[CommuneRow]:
    if not name:
        return []
    found: dict[int, CommuneRow] = {}
    wheres = (
        Commune.search_name == name,
        Commune.search_name.like(f"{name}%"),
        Commune.search_name.like(f"% {name}%"),
    )
    for where in wheres:
        if len(found) < limit:
            found |= {row.id: row for row in await _select(where, limit) if row.id not in found}
    return list(found.values())[:limit]


async def _select(where: Combinable, limit: int) -> list[CommuneRow]:
    ordered = Commune.select(*_FACTS).where(where).order_by(Commune.population, ascending=False)
    rows: Iterable[dict[str, Any]] = await ordered.order_by(Commune.code).limit(limit)
    return [CommuneRow(**{**row, "postcodes": tuple(row["postcodes"])}) for row in rows]
