"""Every e-mail is in the table of docs/reference/emails.md, and every line of it is an e-mail."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "reference" / "emails.md"
MODULES = sorted((ROOT / "marketplace").glob("*/*emails.py"))
FOR_OTHERS = {"to_managers"}  # by which the functions below post


def documented() -> list[str]:
    """The templates of the general table."""
    table, _, _ = PAGE.read_text(encoding="utf-8").partition("## A story")
    return re.findall(r"^\| .+ \| .+ \| `(\w+)` \|$", table, re.MULTILINE)


def functions() -> Iterator[str]:
    """The public functions of every emails.py: each posts one mail, the one of its name."""
    for module in MODULES:
        for node in ast.parse(module.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.AsyncFunctionDef) and not node.name.startswith("_"):
                yield node.name


def test_every_template_is_in_the_table_once() -> None:
    folders = {path.name for path in (ROOT / "templates" / "email").iterdir()} - {"layout"}

    assert sorted(documented()) == sorted(folders)


def test_every_function_that_posts_is_in_the_table() -> None:
    assert sorted(set(functions()) - FOR_OTHERS) == sorted(documented())
