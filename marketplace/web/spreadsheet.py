"""CSV as spreadsheets in French open it: UTF-8 with its mark, semicolons, no cell that runs as a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

MARK = "\ufeff"
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def written(rows: Iterable[Sequence[object]]) -> str:
    """The rows as text; None is an empty cell."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return MARK + text.getvalue()


def _safe(cell: object) -> object:
    """A text that a spreadsheet would run becomes one that it shows; numbers stay numbers."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(STARTS_A_FORMULA) else cell
