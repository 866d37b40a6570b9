"""The public figures as they are published, each association's usual days to an answer, and what counts them."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from marketplace.db import ddl

ID = "2026-11-21T12:00:00:000011"
VERSION = "1.38.0"
DESCRIPTION = "statistics"


async def create() -> None:
    """Create both tables, and the indexes that let the job leave presentations and messages unread."""
    await ddl.run(
        """CREATE TABLE statistic (
            id PK, scope VARCHAR(20) NOT NULL CHECK (scope IN ('all', 'department', 'audience')),
            key VARCHAR(30) NOT NULL, missions INTEGER NOT NULL, missions_open INTEGER NOT NULL,
            missions_minors INTEGER NOT NULL, places INTEGER NOT NULL, places_taken INTEGER NOT NULL,
            applications INTEGER, answered_tenths SMALLINT, answer_days SMALLINT,
            computed_at INSTANT NOT NULL, UNIQUE (scope, key),
            CONSTRAINT people_are_rounded CHECK (applications >= 5 AND applications % 5 = 0),
            CONSTRAINT hidden_together CHECK (applications IS NOT NULL
                OR (answered_tenths IS NULL AND answer_days IS NULL)))""",
        """CREATE TABLE usual_answer (
            id PK, association INTEGER NOT NULL UNIQUE REFERENCES association (id) ON DELETE CASCADE,
            days SMALLINT NOT NULL CHECK (days >= 1), computed_at INSTANT NOT NULL)""",
        """CREATE INDEX mission_figures
            ON mission (association, id, status, place_kind, department, minors, audiences)""",
        "CREATE INDEX journal_seen ON journal (row_id, at) WHERE subject = 'application' AND target = 'pending'",
        """CREATE INDEX journal_heard ON journal (row_id, at, by, target)
            WHERE subject = 'application' AND source = 'pending'""",
    )


async def forwards() -> MigrationManager:
    """The step, for Piccolo."""
    manager = MigrationManager(migration_id=ID, app_name="marketplace", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
