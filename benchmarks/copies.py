"""SQL that repeats the missions that were invented: to invent a million texts would take half an hour."""

from collections.abc import Iterator, Mapping, Sequence

TEXTS = 100_000  # missions with a text of their own; the next ones have theirs again, under other ids
COPIED = ("mission", "slot", "mission_search")


def repeat(missions: int, columns: Mapping[str, Sequence[str]]) -> Iterator[tuple[int, list[str]]]:
    """(how many missions there are then, the statements) of one copy after the other.

    A copy differs from what it repeats in its ids only: it is of the same association, in the same place, and
    its slots have the same dates. `columns`: those of each table.
    """
    for turn in range(1, -(-missions // TEXTS)):
        first = turn * TEXTS
        yield (
            min(first + TEXTS, missions),
            [_copy(table, columns[table], turn, missions - first) for table in COPIED],
        )


def _copy(table: str, columns: Sequence[str], turn: int, at_most: int) -> str:
    of = "mission" if table == "slot" else "id"
    values = [_value(table, name, turn) for name in columns if (table, name) != ("slot", "id")]
    names = [name for name in columns if (table, name) != ("slot", "id")]
    return (
        f"INSERT INTO {table} ({', '.join(names)}) SELECT {', '.join(values)} "
        f"FROM {table} WHERE {of} <= {min(TEXTS, at_most)} ORDER BY id"
    )


def _value(table: str, name: str, turn: int) -> str:
    if (table, name) in (("mission", "id"), ("slot", "mission"), ("mission_search", "id")):
        return f"{name} + {turn * TEXTS}"
    if (table, name) == ("mission_search", "mission"):
        return f"mission + {turn * TEXTS}"
    if (table, name) == ("mission", "public_id"):  # turned round, as it was at random
        return f"substr(public_id, {turn % 12 + 1}) || substr(public_id, 1, {turn % 12})"
    return name
