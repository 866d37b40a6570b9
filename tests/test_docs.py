"""What is documented exists, and what exists is documented; the locks hold hashes and name no place."""

import ast
import re
import tomllib
from dataclasses import fields
from enum import StrEnum
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest

from marketplace.applications.lifecycle import Status as ApplicationStatus
from marketplace.consents.lifecycle import Status as ConsentStatus
from marketplace.routes import DEMO, ROUTES
from marketplace.settings import Settings

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
REFERENCE = DOCS / "reference"
ARCHITECTURE = DOCS / "explanation" / "architecture.md"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
DECISIONS = sorted((DOCS / "decisions").glob("*.md"))
OURS = ("marketplace/", "templates/", "tests/", "docs/", "bin/", "tools/", "static/", "locale/", ".ci/")
LIFE_CYCLES = {
    "Application": ApplicationStatus,
    "Consent": ConsentStatus,
}


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def requirements(file: str) -> list[str]:
    """The names this .in file asks for, without their extras."""
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    return [line.split("[")[0].strip() for line in lines if line and not line.startswith(("#", "-"))]


def commands() -> dict[str, str]:
    """What `python -m marketplace` can be told, and the first line of its help."""
    tree = ast.parse(read(ROOT / "marketplace" / "__main__.py"))
    helps = {
        node.name: ast.get_docstring(node) or "" for node in tree.body if isinstance(node, ast.FunctionDef)
    }
    (table,) = (
        node.value
        for node in tree.body
        if isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == "COMMANDS"
    )
    assert isinstance(table, ast.Dict)
    names = {
        ast.literal_eval(k or ast.Constant("")): ast.unparse(v)
        for k, v in zip(table.keys, table.values, strict=True)
    }
    return {name: helps[function].splitlines()[0] for name, function in names.items()}


def prose(page: Path) -> str:
    """The text of a page without its blocks of code, where brackets are not links."""
    return re.sub(r"^ *```.*?^ *```", "", read(page), flags=re.MULTILINE | re.DOTALL)


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


def test_every_command_is_documented_with_the_help_it_prints() -> None:
    text = read(REFERENCE / "commands.md")
    rows = dict(re.findall(r"^\| `python -m marketplace ([\w-]+)` \|.*\| (.+) \|$", text, re.MULTILINE))

    assert rows == commands()


def test_every_group_of_urls_and_every_first_word_of_a_path_is_documented() -> None:
    text = read(REFERENCE / "urls.md")
    rows = {row.split("`")[1]: row for row in re.findall(r"^\| `/.*", text, re.MULTILINE)}
    of_routes = {(f"/{route.url.path.split('/')[1]}", route.group) for route in [*ROUTES, *DEMO]}

    assert sorted(f"{path}: {group}" for path, group in of_routes if group not in rows.get(path, "")) == []
    assert {path for path in rows if path.count("/") == 1} >= {path for path, _ in of_routes}


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_links_lead_somewhere(page: Path) -> None:
    links = [unquote(link.split("#")[0]) for link in re.findall(r"\]\(([^)\s]+)\)", prose(page))]
    local = [link for link in links if link and ":" not in link]

    assert [link for link in local if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_files_that_are_named_exist(page: Path) -> None:
    words = re.findall(r"`([^`\s]+)`", prose(page))
    paths = [word for word in words if word.startswith(OURS) and not re.search(r"[<…*{]", word)]

    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_no_page_is_left_aside() -> None:
    linked = {
        (page.parent / unquote(link.split("#")[0])).resolve()
        for page in PAGES
        for link in re.findall(r"\]\(([^)\s]+)\)", prose(page))
    }

    aside = {page for page in PAGES if page not in linked and page.parent not in linked}
    assert aside == {ROOT / "README.md"}


@pytest.mark.parametrize("name", LIFE_CYCLES)
def test_every_status_is_in_its_life_cycle(name: str) -> None:
    text = read(ARCHITECTURE)
    part = re.split(r"^(?:## |\*\*)", text[text.index(f"**{name}**") + 2 :], flags=re.MULTILINE)[0]
    statuses: type[StrEnum] = LIFE_CYCLES[name]

    assert [status for status in statuses if not re.search(rf"\b{status}\b", part)] == []


def test_the_picture_shows_the_layers() -> None:
    config = tomllib.loads(read(ROOT / "pyproject.toml"))
    (contract,) = config["tool"]["importlinter"]["contracts"]
    here = {path.name.removesuffix(".py") for path in (ROOT / "marketplace").iterdir()}
    layers = [[name.strip(" ()") for name in layer.split("|")] for layer in contract["layers"]]
    standing = [" | ".join(names) for layer in layers if (names := [name for name in layer if name in here])]

    assert drawn("layer") == standing


def test_the_picture_shows_the_inside_of_a_feature() -> None:
    tree = ast.parse(read(ROOT / "tests" / "test_architecture.py"))
    (rungs,) = (
        ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "RUNGS"
    )

    assert [set(names.split(" | ")) for names in drawn("rung")] == list(rungs)


def drawn(kind: str) -> list[str]:
    """The texts of a class on the picture of the architecture, from top to bottom."""
    picture = ElementTree.parse(DOCS / "images" / "architecture.svg")
    return [
        text.text or ""
        for text in picture.iter("{http://www.w3.org/2000/svg}text")
        if text.get("class") == kind
    ]


def test_decisions_are_numbered_without_gap() -> None:
    assert [int(path.name[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))


@pytest.mark.parametrize("page", DECISIONS, ids=named)
def test_a_decision_is_short_and_says_what_enforces_it(page: Path) -> None:
    lines = read(page).splitlines()

    assert len(lines) <= 30
    assert lines[0].startswith(f"# {int(page.name[:4])}. ")
    assert [line[3:] for line in lines if line.startswith("## ")] == [
        "Context", "Decision", "Consequences", "Alternatives", "Enforced by",
    ]  # fmt: skip
