"""Bars for the macro `bars` of templates/macros/charts.html: widths worked out here, drawn there."""

from collections.abc import Sequence
from dataclasses import dataclass

FULL = 100.0  # the width of the longest bar, in the units of the drawing
THINNEST = 1.0  # so that one of a thousand is seen


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a bar: the first, the second… of its chart's legend."""

    number: int
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Bar:
    """A line of a chart: its name, its value in words, and the stretches drawn one after the other."""

    label: str
    words: str
    parts: Sequence[Part]
    href: str = ""  # where its name leads


def bars(rows: Sequence[tuple[str, str, Sequence[int]]], hrefs: Sequence[str] = ()) -> list[Bar]:
    """Bars of (label, words, amounts), all on the same scale; `hrefs`, if any: one for each."""
    longest = max((sum(amounts) for _, _, amounts in rows), default=0)
    return [
        Bar(label, words, _parts(amounts, longest), href)
        for (label, words, amounts), href in zip(rows, hrefs or [""] * len(rows), strict=True)
    ]


def _parts(amounts: Sequence[int], longest: int) -> list[Part]:
    found, x = [], 0.0
    for number, amount in enumerate(amounts, start=1):
        if amount:
            width = min(max(FULL * amount / longest, THINNEST), FULL - x)
            found.append(Part(number, round(x, 2), round(width, 2)))
            x += width
    return found
