"""France as squares: every département has the same size, near where it lies. Our own drawing.

Each is a little off its true place, so that the squares fill the shape of the country; the overseas ones
stand in a row below.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from marketplace.vocabulary.departments import DEPARTMENTS

SIDE = 10  # of a square, in the units of the drawing
OVERSEAS_GAP = 6
_MAINLAND = """
.. .. .. .. .. 80 62 59 .. .. .. ..
.. .. .. .. 76 60 02 08 .. .. .. ..
.. .. 50 14 27 95 93 77 51 55 57 ..
29 22 35 61 78 92 75 94 10 54 88 67
.. 56 53 72 28 91 45 89 52 70 68 ..
.. 44 49 37 41 36 18 58 21 25 90 ..
.. .. 85 79 86 23 03 71 01 39 74 ..
.. .. 17 16 87 19 63 42 69 38 73 ..
.. .. 33 47 24 46 15 43 07 26 05 ..
.. .. 40 32 82 81 12 48 84 04 06 ..
.. .. .. 64 31 11 34 30 13 83 .. 2B
.. .. .. .. 65 09 66 .. .. .. .. 2A
"""
_ROWS = [line.split() for line in _MAINLAND.split("\n") if line]
WIDTH = SIDE * len(_ROWS[0])
HEIGHT = SIDE * (len(_ROWS) + 1) + OVERSEAS_GAP


@dataclass(frozen=True, slots=True)
class Tile:
    """A square: `level` is 0 (no mission), 1, or 2 (among the third that have most)."""

    code: str
    name: str
    x: int
    y: int
    missions: int
    level: int

    @property
    def label(self) -> str:
        """« Ain (01) »."""
        return f"{self.name} ({self.code})"


def tiles(missions: Mapping[str, int]) -> list[Tile]:
    """Every département's square, from north to south, then overseas."""
    most = sorted((count for count in missions.values() if count), reverse=True)
    threshold = most[(len(most) - 1) // 3] if most else 1
    lowest = most[-1] if most else 0
    return [
        Tile(code, DEPARTMENTS[code], x, y, count := missions.get(code, 0), _level(count, threshold, lowest))
        for code, x, y in _positions()
    ]


def _level(count: int, threshold: int, lowest: int) -> int:
    if not count:
        return 0
    return 2 if count >= threshold and count > lowest else 1


def _positions() -> Iterator[tuple[str, int, int]]:
    drawn = set()
    for row, codes in enumerate(_ROWS):
        for column, code in enumerate(codes):
            if code in DEPARTMENTS:
                drawn.add(code)
                yield code, SIDE * column, SIDE * row
    overseas = [code for code in DEPARTMENTS if code not in drawn]
    for column, code in enumerate(overseas):
        yield code, SIDE * column, SIDE * len(_ROWS) + OVERSEAS_GAP
