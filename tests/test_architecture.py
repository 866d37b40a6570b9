"""Who may import whom, held by reading the imports; every rule is shown to break on a planted mistake."""

import ast
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "marketplace"

# Inside a feature, a module imports only from the rungs below its own.
RUNGS = (
    {"endpoints"},
    {"forms"},
    {"actions"},
    {"emails"},
    {"queries"},
    {"policies"},
    {"tables"},
    {"lifecycle", "errors"},
)
RUNG = {name: height for height, names in enumerate(RUNGS) for name in names}
MECHANISMS = {"db", "web", "piccolo_migrations"}  # packages that are no feature: they have forms of their own
RULES = {"actions", "policies", "queries", "tables", "lifecycle"}
READS_DATA = {"select", "objects", "exists", "raw", "count"}
READS_CLOCK = {"now", "utcnow", "today", "time", "monotonic"}


@dataclass(frozen=True)
class Module:
    """One file: `feature` is its package ('' at the top), `role` its own name."""

    path: Path
    feature: str
    role: str
    tree: ast.Module

    @property
    def rung(self) -> str:
        """What it is, as its name ends: `own_endpoints` are endpoints."""
        return rung_of(self.role)

    @property
    def imports(self) -> set[str]:
        """Every module or name imported, dotted."""
        return _imports(self.tree)

    def says(self, what: str) -> str:
        return f"{self.feature}/{self.role}: {what}"


@cache
def _imports(tree: ast.Module) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def rung_of(role: str) -> str:
    return role.rpartition("_")[2]


def modules(package: Path) -> Iterator[Module]:
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package).parts
        feature = parts[0] if len(parts) > 1 else ""
        role = parts[1].removesuffix(".py") if feature else parts[0].removesuffix(".py")
        if feature != "piccolo_migrations":
            yield Module(path, feature, role, _parsed(path.read_text(encoding="utf-8")))


_parsed = cache(ast.parse)  # the copies differ by one file


def target(name: str) -> tuple[str, str]:
    """The (feature, role) that an imported name belongs to; ('', '') outside our package."""
    parts = name.split(".")
    return (parts[1], parts[2]) if parts[0] == "marketplace" and len(parts) > 2 else ("", "")


def climbs_inside_its_feature(package: Path) -> list[str]:
    found = []
    for module in modules(package):
        if module.feature in MECHANISMS or module.rung not in RUNG:
            continue
        for name in sorted(module.imports):
            feature, role = target(name)
            fine = rung_of(role) == module.rung or RUNG.get(rung_of(role), 99) > RUNG[module.rung]
            if feature == module.feature and not fine:
                found.append(module.says(f"imports {role}"))
    return found


def calls_the_pages_of_another_feature(package: Path) -> list[str]:
    return [
        module.says(f"imports {feature}.{role}")
        for module in modules(package)
        for feature, role in sorted({target(name) for name in module.imports})
        if module.feature
        and rung_of(role) in {"endpoints", "forms"}
        and feature not in {module.feature, *MECHANISMS}
    ]


def knows_http(package: Path) -> list[str]:
    return [
        module.says(f"imports {name}")
        for module in modules(package)
        if module.feature not in {"", *MECHANISMS} and module.rung in RULES
        for name in sorted(module.imports)
        if name.split(".")[0] in {"starlette", "fastapi", "uvicorn"}
    ]


def reads_data_or_the_clock(package: Path) -> list[str]:
    return [
        module.says(what)
        for module in modules(package)
        if module.rung == "policies"
        for what in sorted({*_impure_imports(module), *_impure_code(module.tree)})
    ]


def _impure_imports(module: Module) -> Iterator[str]:
    for name in module.imports:
        feature, role = target(name)
        if (
            name.split(".")[0] in {"piccolo", "asyncio", "time"}
            or name.split(".")[-1] in READS_CLOCK
            or role in {"queries", "actions", "emails"}
            or feature == "db"
            or name == "marketplace.db"
        ):
            yield f"imports {name}"


def _impure_code(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.AsyncFunctionDef | ast.Await):
            yield "waits for something"
        elif isinstance(node, ast.Attribute) and node.attr in READS_DATA | READS_CLOCK:
            yield f"calls {node.attr}"


def has_no_place_in_the_list(package: Path) -> list[str]:
    """import-linter does not see a folder without `__init__.py`, so nothing would hold it."""
    config = tomllib.loads((package.parent / "pyproject.toml").read_text(encoding="utf-8"))
    (contract,) = config["tool"]["importlinter"]["contracts"]
    listed = {name.strip(" ()") for layer in contract["layers"] for name in layer.split("|")}
    here = {path.relative_to(package).parts[0].removesuffix(".py") for path in package.rglob("*.py")}
    folders = sorted({path.parent for path in package.rglob("*.py")})
    return [
        *(f"{name} is in no layer of pyproject.toml" for name in sorted(here - listed - {"__init__"})),
        *(f"{path.name} has no __init__.py" for path in folders if not (path / "__init__.py").exists()),
    ]


Rule = Callable[[Path], list[str]]

RULES_BROKEN_BY: list[tuple[Rule, str, str]] = [
    (climbs_inside_its_feature, "missions/queries.py", "from marketplace.missions import actions"),
    (climbs_inside_its_feature, "missions/policies.py", "import marketplace.missions.queries"),
    (climbs_inside_its_feature, "missions/care_forms.py", "from marketplace.missions import endpoints"),
    (
        climbs_inside_its_feature,
        "applications/actions.py",
        "from marketplace.applications import own_endpoints",
    ),
    (
        calls_the_pages_of_another_feature,
        "missions/actions.py",
        "from marketplace.accounts.forms import SignIn",
    ),
    (calls_the_pages_of_another_feature, "front/endpoints.py", "from marketplace.missions import endpoints"),
    (knows_http, "missions/actions.py", "from starlette.requests import Request"),
    (reads_data_or_the_clock, "missions/policies.py", "from marketplace.accounts import queries"),
    (reads_data_or_the_clock, "missions/policies.py", "from marketplace import db"),
    (reads_data_or_the_clock, "missions/policies.py", "late = datetime.now(UTC) > limit"),
    (reads_data_or_the_clock, "missions/policies.py", "async def why(): return 1"),
    (has_no_place_in_the_list, "shop/__init__.py", "'''A new package.'''"),
    (has_no_place_in_the_list, "missions/plans/late.py", "'''A folder without __init__.'''"),
]


@pytest.mark.parametrize(
    "rule", dict.fromkeys(rule for rule, *_ in RULES_BROKEN_BY), ids=lambda r: r.__name__
)
def test_no_module(rule: Rule) -> None:
    assert rule(PACKAGE) == []


@pytest.mark.parametrize(("rule", "file", "mistake"), RULES_BROKEN_BY)
def test_a_planted_mistake_is_seen(rule: Rule, file: str, mistake: str, tmp_path: Path) -> None:
    copy = plant(tmp_path, file, mistake)

    assert len(set(rule(copy)) - set(rule(PACKAGE))) == 1


def test_an_import_that_goes_up_breaks_the_contract(tmp_path: Path) -> None:
    plant(tmp_path, "errors.py", "from marketplace import web")

    result = run(tmp_path, "lint-imports", "--no-cache", "--no-logo")

    assert result.returncode == 1
    assert "marketplace.errors is not allowed to import marketplace.web" in result.stdout


def test_only_the_settings_read_the_environment(tmp_path: Path) -> None:
    plant(tmp_path, "errors.py", "import os\n\nDEBUG = os.environ['DEBUG']")

    result = run(
        tmp_path, "ruff", "check", "--no-cache", "--select=TID251", "--output-format=concise", "marketplace"
    )

    assert result.returncode == 1
    assert {line.split(":")[0] for line in result.stdout.splitlines() if "TID251" in line} == {
        "marketplace/errors.py"
    }


def plant(folder: Path, file: str, mistake: str) -> Path:
    """A copy of the package with this line added to this file; the copy's path."""
    copy = folder / "marketplace"
    shutil.copytree(
        PACKAGE, copy, ignore=lambda _, names: [n for n in names if "." in n and not n.endswith(".py")]
    )
    shutil.copy(ROOT / "pyproject.toml", folder)
    path = copy / file
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(f"{before}\n{mistake}\n", encoding="utf-8")
    return copy


def run(folder: Path, command: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """One of the tools installed beside this Python."""
    tool = Path(sys.executable).parent / command
    return subprocess.run([tool, *arguments], cwd=folder, capture_output=True, text=True, check=False)
