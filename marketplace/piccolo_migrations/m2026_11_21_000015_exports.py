"""Who took lists of people out of the site."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from marketplace.db import ddl

ID = "2026-11-21T12:00:00:000015"
VERSION = "1.38.0"
DESCRIPTION = "exports"


async def create() -> None:
    """Create the table: only who did it is forgotten, with their account."""
    await ddl.run(
        """CREATE TABLE export_log (
            id PK, account INTEGER REFERENCES account (id) ON DELETE SET NULL,
            association INTEGER NOT NULL REFERENCES association (id) ON DELETE CASCADE,
            mission INTEGER NOT NULL REFERENCES mission (id) ON DELETE CASCADE,
            rows INTEGER NOT NULL CHECK (rows >= 0), at INSTANT NOT NULL)""",
        "CREATE INDEX export_log_association ON export_log (association, at)",
        "CREATE INDEX export_log_mission ON export_log (mission)",
        "CREATE INDEX export_log_account ON export_log (account) WHERE account IS NOT NULL",
    )
    await ddl.never_change("export_log", "association", "mission", "rows", "at")


async def forwards() -> MigrationManager:
    """The step, for Piccolo."""
    manager = MigrationManager(migration_id=ID, app_name="marketplace", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
