"""What the demonstration says: associations, missions and people, read from content/*.toml."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "content"
PEOPLE = "people.toml"

Words = Mapping[str, Any]


def associations() -> Iterator[Words]:
    """Each association's file: `association`, and `missions` with what they have in common filled in."""
    for path in sorted(FOLDER.glob("*.toml")):
        if path.name != PEOPLE:
            told = _read(path)
            yield {**told, "missions": [told["defaults"] | mission for mission in told["missions"]]}


def people() -> Words:
    """`members`, `volunteers`, `minors`, what each one `shows`, `applications`, and what else they did."""
    return _read(FOLDER / PEOPLE)


@cache
def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
