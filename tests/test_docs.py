"""Dependencies, settings and commands are documented; the locks hold hashes and name no place."""

import ast
import re
from dataclasses import fields
from pathlib import Path

import pytest

from marketplace.settings import Settings

ROOT = Path(__file__).parent.parent
REFERENCE = ROOT / "docs" / "reference"


def requirements(file: str) -> list[str]:
    """The names this .in file asks for, without their extras."""
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    return [line.split("[")[0].strip() for line in lines if line and not line.startswith(("#", "-"))]


def commands() -> list[str]:
    """What `python -m marketplace` can be told: the public functions of its entry point."""
    tree = ast.parse((ROOT / "marketplace" / "__main__.py").read_text(encoding="utf-8"))
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return [node.name for node in functions if not node.name.startswith("_") and node.name != "main"]


@pytest.mark.parametrize("file", ["requirements.in", "requirements-dev.in"])
def test_every_dependency_says_what_it_does_for_us(file: str) -> None:
    text = (REFERENCE / "dependencies.md").read_text(encoding="utf-8")

    assert [name for name in requirements(file) if f"| {name} |" not in text] == []


@pytest.mark.parametrize("file", ["requirements", "requirements-dev"])
def test_every_dependency_is_locked_with_a_hash(file: str) -> None:
    lock = (ROOT / f"{file}.lock").read_text(encoding="utf-8")

    locked = re.findall(r"^([a-z0-9-]+)==[\w.]+ \\\n    --hash=sha256:[0-9a-f]{64}", lock, re.MULTILINE)

    assert set(requirements(f"{file}.in")) <= set(locked)
    assert len(locked) == lock.count("==")
    assert re.findall(r"https?:|file:|--index|--find-links|--extra|/\w+/", lock) == []


def test_one_environment_can_hold_both_locks() -> None:
    runs, tests = (
        set(re.findall(r"^\S+==\S+", (ROOT / f).read_text(encoding="utf-8"), re.MULTILINE))
        for f in ("requirements.lock", "requirements-dev.lock")
    )

    assert runs <= tests


def test_every_setting_is_documented() -> None:
    text = (REFERENCE / "settings.md").read_text(encoding="utf-8")
    names = [f"MARKETPLACE_{field.name.upper()}" for field in fields(Settings)]

    assert [name for name in names if f"`{name}`" not in text] == []
    assert set(re.findall(r"MARKETPLACE_[A-Z_]+", text)) <= set(names)


def test_every_command_is_documented() -> None:
    text = (REFERENCE / "commands.md").read_text(encoding="utf-8")

    assert commands()
    assert [name for name in commands() if f"python -m marketplace {name}" not in text] == []
