"""Hand-written DDL, said once where the two engines agree and twice where they do not.

Words of ours inside a statement: PK (a key never used twice), `name INSTANT` (a UTC instant),
TEXTS (a list of short texts).
"""

import re
from collections.abc import Sequence

from marketplace.db import engine, is_postgres

SQLITE_WORDS = {
    r"\bPK\b": "INTEGER PRIMARY KEY AUTOINCREMENT",
    # stored as text: only sortable when every one of them is in UTC
    r"\b(\w+) INSTANT\b": r"\1 TIMESTAMPTZ CHECK (\1 LIKE '%+00:00')",
    r"\bTEXTS\b": "ARRAY",
}
POSTGRES_WORDS = {r"\bPK\b": "SERIAL PRIMARY KEY", r"\bINSTANT\b": "TIMESTAMPTZ", r"\bTEXTS\b": "VARCHAR[]"}


async def run(*both: str, sqlite: Sequence[str] = (), postgres: Sequence[str] = ()) -> None:
    """Run the statements of both engines, then those of the one in use."""
    words = POSTGRES_WORDS if is_postgres() else SQLITE_WORDS
    for statement in (*both, *(postgres if is_postgres() else sqlite)):
        for word, spelling in words.items():
            statement = re.sub(word, spelling, statement)
        await engine().run_ddl(statement)


def refuse_sqlite(name: str, when: str, table: str, condition: str = "1") -> str:
    """A trigger that refuses, saying its own name. ABORT holds under every OR clause of SQLite."""
    return (
        f"CREATE TRIGGER {name} {when} ON {table} WHEN {condition} BEGIN SELECT RAISE(ABORT, '{name}'); END"
    )


def refuse_postgres(name: str, when: str, table: str, condition: str = "TRUE", body: str = "") -> list[str]:
    """The same on PostgreSQL; `body` runs before the condition is looked at (to lock, to read)."""
    level = "STATEMENT" if "TRUNCATE" in when else "ROW"
    return [
        f"""
        CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            {body}
            IF {condition} THEN
                RAISE EXCEPTION '{name}' USING ERRCODE = '23514', CONSTRAINT = '{name}';
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        END $$
        """,
        f"CREATE TRIGGER {name} {when} ON {table} FOR EACH {level} EXECUTE FUNCTION {name}()",
    ]


async def never_change(table: str, *columns: str) -> None:
    """These columns keep their first value, and an existing key is never inserted over."""
    name = f"{table}_is_fixed"
    fixed = ("id", *columns)
    await run(
        sqlite=[
            refuse_sqlite(
                name, "BEFORE UPDATE", table, " OR ".join(f"NEW.{c} IS NOT OLD.{c}" for c in fixed)
            ),
            refuse_sqlite(
                f"{table}_exists",
                "BEFORE INSERT",
                table,
                f"EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)",
            ),
        ],
        postgres=refuse_postgres(
            name, "BEFORE UPDATE", table, " OR ".join(f"NEW.{c} IS DISTINCT FROM OLD.{c}" for c in fixed)
        ),
    )


async def append_only(table: str) -> None:
    """Rows are added, never changed, removed or replaced."""
    await run(
        sqlite=[
            refuse_sqlite(f"{table}_is_append_only", "BEFORE UPDATE", table),
            refuse_sqlite(f"{table}_is_kept", "BEFORE DELETE", table),
            refuse_sqlite(
                f"{table}_exists",
                "BEFORE INSERT",
                table,
                f"EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)",
            ),
        ],
        postgres=[
            *refuse_postgres(f"{table}_is_append_only", "BEFORE UPDATE OR DELETE", table),
            *refuse_postgres(f"{table}_is_kept", "BEFORE TRUNCATE", table),
        ],
    )
