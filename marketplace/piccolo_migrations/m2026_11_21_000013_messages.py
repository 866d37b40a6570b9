"""Messages between a volunteer and an association."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from marketplace.db import ddl

ID = "2026-11-21T12:00:00:000013"
VERSION = "1.38.0"
DESCRIPTION = "messages"


async def create() -> None:
    """Create the table: what was written stays as it was written, and to whom."""
    await ddl.run(
        """CREATE TABLE message (
            id PK, application INTEGER NOT NULL REFERENCES application (id) ON DELETE CASCADE,
            side VARCHAR(20) NOT NULL CHECK (side IN ('volunteer', 'association')),
            author INTEGER REFERENCES account (id) ON DELETE SET NULL,
            text TEXT NOT NULL CHECK (length(text) BETWEEN 1 AND 2000),
            to_all BOOLEAN NOT NULL, sent_at INSTANT NOT NULL, read_at INSTANT,
            CONSTRAINT volunteers_write_to_one CHECK (side = 'association' OR NOT to_all),
            CONSTRAINT read_once_sent CHECK (read_at >= sent_at))""",
        "CREATE INDEX message_application ON message (application, id)",
        "CREATE INDEX message_unread ON message (application, side) WHERE read_at IS NULL",
        "CREATE INDEX message_author ON message (author) WHERE author IS NOT NULL",
    )
    await ddl.never_change("message", "application", "side", "text", "to_all", "sent_at")


async def forwards() -> MigrationManager:
    """The step, for Piccolo."""
    manager = MigrationManager(migration_id=ID, app_name="marketplace", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
