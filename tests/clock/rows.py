"""Everything a database holds, in a form that two runs of the same history share."""

from collections import Counter
from datetime import date
from typing import Any

from marketplace import db
from marketplace.jobs.tables import Job
from marketplace.piccolo_app import APP_CONFIG
from marketplace.vocabulary.tables import Commune, CommunePostcode

LEFT_OUT = {Job, Commune, CommunePostcode}
TABLES = [table for table in APP_CONFIG.table_classes if table not in LEFT_OUT]
# drawn by chance, counted by the order two processes came in, or words that hold what was drawn
CHANCE = {"id", "public_id", "token", "message_id", "text", "html", "unsubscribe", "calendar"}

Rows = dict[str, Counter[str]]


async def rows(*, instants: bool = True) -> Rows:
    """Each table's rows, in any order; without `instants`, only what does not tell when."""
    found: Rows = {}
    for table in TABLES:
        name = table._meta.tablename
        found[name] = Counter(_row(row, instants) for row in await db.fetch(f'SELECT * FROM "{name}"'))
    return found


def differences(ours: Rows, theirs: Rows) -> tuple[list[str], list[str]]:
    """What only the first has, and what only the second has: `table: row`."""
    return _missing(ours, theirs), _missing(theirs, ours)


def _missing(here: Rows, there: Rows) -> list[str]:
    return sorted(f"{table}: {row}" for table in here for row in (here[table] - there[table]).elements())


def _row(row: dict[str, Any], instants: bool) -> str:
    kept = {k: v for k, v in row.items() if k not in CHANCE and not k.endswith("_hash")}
    if not instants:
        kept = {k: v for k, v in kept.items() if not _tells_when(k, v) and k not in ("subject", "attempts")}
    return " ".join(f"{k}={v}" for k, v in kept.items() if v not in (None, ""))


def _tells_when(name: str, value: Any) -> bool:
    return isinstance(value, date) or name.endswith(("_at", "_on", "_by_at", "_until", "answer_by"))
