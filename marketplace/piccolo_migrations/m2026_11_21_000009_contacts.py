"""Whom to talk to in each département, and the open missions counted for the pages that say so."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from marketplace.db import ddl, is_postgres

ID = "2026-11-21T12:00:00:000009"
VERSION = "1.38.0"
DESCRIPTION = "contacts and counts"

DEPARTMENTS = (
    *(f"{number:02}" for number in range(1, 96) if number != 20), "2A", "2B",
    "971", "972", "973", "974", "975", "976", "977", "978", "986", "987", "988",
)  # fmt: skip
SQLITE_PHONE = "phone NOT GLOB '*[^0-9+ ]*'"
POSTGRES_PHONE = "phone ~ '^[0-9+ ]*$'"


async def create() -> None:
    """Create both tables."""
    codes = ", ".join(f"'{code}'" for code in DEPARTMENTS)
    await ddl.run(
        f"""CREATE TABLE local_contact (
            id PK, department VARCHAR(3) NOT NULL, organisation VARCHAR(120) NOT NULL,
            phone VARCHAR(20) NOT NULL, email VARCHAR(254) NOT NULL, hours VARCHAR(120) NOT NULL,
            hours_en VARCHAR(120) NOT NULL, notes VARCHAR(300) NOT NULL, notes_en VARCHAR(300) NOT NULL,
            is_backup BOOLEAN NOT NULL DEFAULT FALSE,
            CONSTRAINT contact_department CHECK (department IN ('', {codes})),
            CONSTRAINT contact_somewhere CHECK (department <> '' OR is_backup),
            CONSTRAINT contact_organisation CHECK (length(trim(organisation)) BETWEEN 1 AND 120),
            CONSTRAINT contact_phone CHECK (phone = '' OR (length(phone) BETWEEN 2 AND 20
                AND {POSTGRES_PHONE if is_postgres() else SQLITE_PHONE})),
            CONSTRAINT contact_email CHECK (email = '' OR (email LIKE '%_@_%' AND email NOT LIKE '% %'
                AND email NOT LIKE '%@%@%' AND length(email) <= 254)),
            CONSTRAINT contact_reached CHECK (phone <> '' OR email <> ''),
            CONSTRAINT contact_hours CHECK ((hours = '') = (hours_en = '')
                AND length(hours) <= 120 AND length(hours_en) <= 120),
            CONSTRAINT contact_notes CHECK ((notes = '') = (notes_en = '')
                AND length(notes) <= 300 AND length(notes_en) <= 300))""",
        "CREATE INDEX local_contact_department ON local_contact (department)",
        "CREATE INDEX local_contact_backup ON local_contact (id) WHERE is_backup",
        """CREATE TABLE open_count (
            id PK, kind VARCHAR(20) NOT NULL, key VARCHAR(30) NOT NULL, missions INTEGER NOT NULL,
            places INTEGER NOT NULL, counted_at INSTANT NOT NULL, UNIQUE (kind, key))""",
        # what is counted every few minutes, without reading the presentations
        """CREATE INDEX mission_counted
            ON mission (id, association, status, place_kind, department, domain, audiences)
            WHERE status = 'published'""",
    )


async def forwards() -> MigrationManager:
    """The step, for Piccolo."""
    manager = MigrationManager(migration_id=ID, app_name="marketplace", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
