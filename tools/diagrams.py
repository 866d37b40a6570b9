"""Draws the states of applications, consents, missions and associations: docs/reference/states.md.

    python -m tools.diagrams

Everything comes from there: statuses and what their comments say, named sets, moves and who makes them
(the comment `# by …` beside each).
"""

import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import ModuleType

from marketplace.applications import lifecycle as applications
from marketplace.associations import lifecycle as associations
from marketplace.consents import lifecycle as consents
from marketplace.lifecycle import Move
from marketplace.missions import lifecycle as missions

PAGE = Path(__file__).parent.parent / "docs" / "reference" / "states.md"
NOBODY = "nobody yet"
# What a row may be born as: the journal's lines without a source.
LIFE_CYCLES: dict[str, tuple[ModuleType, tuple[str, ...]]] = {
    "Application": (applications, ("unconfirmed", "awaiting_consent", "pending", "accepted", "waiting")),
    "Consent": (consents, ("asked",)),
    "Mission": (missions, ("draft",)),
    "Association": (associations, ("draft",)),
}
HEAD = """# States and moves

Written by `tools/diagrams.py` from each feature's `lifecycle.py`: change those, then run
`python -m tools.diagrams`. A move is named as in the code; after it, who makes it: the `by` of its line in
the journal (`time`: a deadline passed, or a place was freed). Only `advance()` of `marketplace/lifecycle.py`
makes moves.
"""


@dataclass(frozen=True)
class Step:
    """A move, the constant that names it, and who makes it."""

    name: str
    move: Move
    by: tuple[str, ...]


def steps(module: ModuleType) -> list[Step]:
    """The moves of a life cycle, in the order they are written."""
    found = []
    for name, value, comment in _constants(module):
        by = re.match(r"by ([a-z ,]+)", comment)
        moves = value.values() if isinstance(value, dict) else [value]
        for move in moves:
            if isinstance(move, Move):
                found.append(Step(name, move, tuple(by[1].strip().split(", ")) if by else ()))
    return found


def page() -> str:
    """The whole page."""
    parts = [_part(title, module, first) for title, (module, first) in LIFE_CYCLES.items()]
    return "\n".join([HEAD, *parts])


def _part(title: str, module: ModuleType, first: tuple[str, ...]) -> str:
    path = module.__name__.replace(".", "/") + ".py"
    return "\n".join([f"## {title}", "", f"`{path}`", "", *_diagram(module, first), "", *_table(module), ""])


def _diagram(module: ModuleType, first: tuple[str, ...]) -> Iterator[str]:
    yield "```mermaid"
    yield "stateDiagram-v2"
    for status in first:
        yield f"    [*] --> {status}"
    for step in steps(module):
        for source in _in_order(module, step.move.sources):
            yield f"    {source} --> {step.move.target}: {step.name} ({', '.join(step.by)})"
    for status in module.Status:
        if not any(status in step.move.sources for step in steps(module)):
            yield f"    {status} --> [*]"
    yield "```"


def _table(module: ModuleType) -> Iterator[str]:
    yield "| status | what it is | sets | moves |"
    yield "| --- | --- | --- | --- |"
    said = _comments(module.Status)
    named = [(name, value) for name, value, _ in _constants(module) if isinstance(value, frozenset)]
    for status in module.Status:
        sets = ", ".join(f"`{name}`" for name, value in named if status in value)
        leaving = [step for step in steps(module) if status in step.move.sources]
        moves = ", ".join(f"`{step.name}` → {step.move.target}" for step in leaving)
        yield f"| `{status}` | {said[status]} | {sets} | {moves} |"


def _in_order(module: ModuleType, statuses: frozenset[str]) -> list[str]:
    return [str(status) for status in module.Status if status in statuses]


def _constants(module: ModuleType) -> Iterator[tuple[str, object, str]]:
    """Names in capitals with their values, and the comment on the line where each begins."""
    for line in inspect.getsource(module).splitlines():
        if found := re.match(r"([A-Z][A-Z_]+) = ", line):
            yield found[1], getattr(module, found[1]), line.partition("# ")[2]


def _comments(statuses: type[StrEnum]) -> dict[str, str]:
    """What the comment beside each status says; '' without one."""
    lines = inspect.getsource(statuses).splitlines()
    found = [re.match(r'    [A-Z_]+ = "(\w+)"(?:  # (.+))?$', line) for line in lines]
    return {one[1]: one[2] or "" for one in found if one}


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
