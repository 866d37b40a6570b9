"""The page of states is what lifecycle.py says, and what that says of who moves is what the code does."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from marketplace.lifecycle import By
from tools import diagrams

ROOT = Path(__file__).parent.parent
MODULES = {module.__name__: module for module, _ in diagrams.LIFE_CYCLES.values()}
CODE = [path for path in sorted((ROOT / "marketplace").rglob("*.py")) if path.name != "lifecycle.py"]


def test_the_page_is_up_to_date() -> None:
    assert diagrams.PAGE.read_text(encoding="utf-8") == diagrams.page(), "run python -m tools.diagrams"


@pytest.mark.parametrize("name", MODULES)
def test_every_move_says_who_makes_it(name: str) -> None:
    known = {*By, diagrams.NOBODY}

    unsaid = [step.name for step in diagrams.steps(MODULES[name]) if not step.by or not set(step.by) <= known]

    assert unsaid == []


@pytest.mark.parametrize("name", MODULES)
def test_a_move_is_used_unless_nobody_makes_it_yet(name: str) -> None:
    used = {move for path in CODE for module, move in imported(path) if module == name}

    wrong = [s.name for s in diagrams.steps(MODULES[name]) if (s.name in used) == (diagrams.NOBODY in s.by)]

    assert wrong == []


def test_whoever_moves_a_row_is_among_those_who_may() -> None:
    said = {
        (module, step.name): set(step.by) for module in MODULES for step in diagrams.steps(MODULES[module])
    }
    made = [(path.name, *call) for path in CODE for call in calls(path)]

    assert len(made) > 10
    assert [call for call in made if call[3] not in said[call[1], call[2]]] == []


def imported(path: Path) -> Iterator[tuple[str, str]]:
    """The names a file takes from a life cycle: module, name."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module in MODULES:
            yield from ((node.module, alias.name) for alias in node.names)


def calls(path: Path) -> Iterator[tuple[str, str, str]]:
    """The moves a file makes in plain words, `advance(row, MOVE, By.X, …)`: module, move, who."""
    where = {name: module for module, name in imported(path)}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and len(node.args) > 2:
            move, by = node.args[1:3]
            said = isinstance(by, ast.Attribute) and ast.unparse(by.value) == "By"
            if isinstance(move, ast.Name) and move.id in where and said:
                yield where[move.id], move.id, By[ast.unparse(by).removeprefix("By.")].value
