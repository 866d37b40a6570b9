"""Private calendars, and attestations of hours."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from marketplace.db import ddl

ID = "2026-11-21T12:00:00:000016"
VERSION = "1.38.0"
DESCRIPTION = "attestations"


async def create() -> None:
    """Create the tables; an attestation never changes once it is made."""
    await ddl.run(
        """CREATE TABLE calendar_feed (
            id PK, account INTEGER NOT NULL UNIQUE REFERENCES account (id) ON DELETE CASCADE,
            secret_hash VARCHAR(64) NOT NULL UNIQUE, created_at INSTANT NOT NULL)""",
        """CREATE TABLE attestation (
            id PK, code VARCHAR(12) NOT NULL UNIQUE,
            account INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
            association INTEGER NOT NULL REFERENCES association (id) ON DELETE RESTRICT,
            association_name VARCHAR(120) NOT NULL, first_name VARCHAR(80) NOT NULL,
            family_name VARCHAR(80) NOT NULL, year SMALLINT NOT NULL,
            minutes INTEGER NOT NULL CHECK (minutes > 0),
            participations INTEGER NOT NULL CHECK (participations > 0), made_at INSTANT NOT NULL)""",
        "CREATE INDEX attestation_account ON attestation (account)",
        "CREATE INDEX attestation_association ON attestation (association)",
    )
    await ddl.never_change(
        "attestation",
        "code",
        "account",
        "association",
        "association_name",
        "first_name",
        "family_name",
        "year",
        "minutes",
        "participations",
        "made_at",
    )


async def forwards() -> MigrationManager:
    """The step, for Piccolo."""
    manager = MigrationManager(migration_id=ID, app_name="marketplace", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
