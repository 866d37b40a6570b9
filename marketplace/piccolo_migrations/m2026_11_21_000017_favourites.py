"""The missions that somebody keeps to come back to."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from marketplace.db import ddl

ID = "2026-11-21T12:00:00:000017"
VERSION = "1.38.0"
DESCRIPTION = "favourites"


async def create() -> None:
    """Create the table: a mission is kept once by an account, and gone with either."""
    await ddl.run(
        """CREATE TABLE favourite (
            id PK, account INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
            mission INTEGER NOT NULL REFERENCES mission (id) ON DELETE CASCADE,
            created_at INSTANT NOT NULL, CONSTRAINT kept_once UNIQUE (account, mission))""",
        "CREATE INDEX favourite_mission ON favourite (mission)",
    )
    await ddl.never_change("favourite", "account", "mission", "created_at")


async def forwards() -> MigrationManager:
    """The step, for Piccolo."""
    manager = MigrationManager(migration_id=ID, app_name="marketplace", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
