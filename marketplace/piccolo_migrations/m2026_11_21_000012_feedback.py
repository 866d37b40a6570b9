"""What each side says once a slot is over, and finding the slots that begin soon."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from marketplace.db import ddl

ID = "2026-11-21T12:00:00:000012"
VERSION = "1.38.0"
DESCRIPTION = "feedback"


async def create() -> None:
    """Create the table; each side speaks once, and only the volunteer answers questions."""
    await ddl.run(
        """CREATE TABLE feedback (
            id PK, application INTEGER NOT NULL REFERENCES application (id) ON DELETE CASCADE,
            side VARCHAR(12) NOT NULL CHECK (side IN ('volunteer', 'association')),
            as_described VARCHAR(10) CHECK (as_described IN ('yes', 'partly', 'no')),
            welcomed VARCHAR(10) CHECK (welcomed IN ('yes', 'partly', 'no')),
            words TEXT NOT NULL CHECK (length(words) <= 2000), created_at INSTANT NOT NULL,
            CONSTRAINT the_volunteer_answers CHECK (
                (side = 'volunteer') = (as_described IS NOT NULL)
                AND (side = 'volunteer') = (welcomed IS NOT NULL)),
            CONSTRAINT the_association_writes CHECK (side = 'volunteer' OR words <> ''),
            UNIQUE (application, side))""",
        "CREATE INDEX slot_starts_at ON slot (starts_at) WHERE cancelled_at IS NULL",
    )


async def forwards() -> MigrationManager:
    """The step, for Piccolo."""
    manager = MigrationManager(migration_id=ID, app_name="marketplace", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
