"""Consents, and the wall: no accepted minor without a given line for the slot."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from marketplace.db import ddl

ID = "2026-11-21T12:00:00:000005"
VERSION = "1.38.0"
DESCRIPTION = "consents"


async def create() -> None:
    """Create consents and the top invariant."""
    statuses = "('asked', 'given', 'refused', 'withdrawn', 'expired', 'void')"
    await ddl.run(
        f"""CREATE TABLE consent (
            id PK, public_id VARCHAR(12) NOT NULL UNIQUE,
            volunteer INTEGER NOT NULL REFERENCES volunteer (id) ON DELETE RESTRICT,
            mission INTEGER NOT NULL REFERENCES mission (id) ON DELETE RESTRICT,
            status VARCHAR(20) NOT NULL CHECK (status IN {statuses}), text_version VARCHAR(10) NOT NULL,
            link_hash VARCHAR(64) UNIQUE, link_expires_at INSTANT NOT NULL,
            parent_link_hash VARCHAR(64) UNIQUE, created_at INSTANT NOT NULL, decided_at INSTANT,
            UNIQUE (id, volunteer))""",
        "CREATE INDEX consent_volunteer ON consent (volunteer)",
        f"""CREATE TABLE consent_line (
            id PK, consent INTEGER NOT NULL REFERENCES consent (id) ON DELETE RESTRICT,
            volunteer BIGINT NOT NULL, slot INTEGER NOT NULL REFERENCES slot (id) ON DELETE RESTRICT,
            status VARCHAR(20) NOT NULL CHECK (status IN {statuses}), UNIQUE (consent, slot),
            FOREIGN KEY (consent, volunteer) REFERENCES consent (id, volunteer) ON DELETE RESTRICT)""",
        # two given lines, each taken back by a transaction that sees the other, would leave none
        """CREATE UNIQUE INDEX one_given_line ON consent_line (volunteer, slot) WHERE status = 'given'""",
        """CREATE TABLE guardian (
            id PK, consent INTEGER NOT NULL UNIQUE REFERENCES consent (id) ON DELETE CASCADE,
            email VARCHAR(254) NOT NULL, name VARCHAR(120) NOT NULL, relationship VARCHAR(20) NOT NULL,
            phone VARCHAR(20) NOT NULL)""",
        "CREATE INDEX guardian_email ON guardian (email)",
    )
    await ddl.never_change("consent", "public_id", "volunteer", "mission")
    await ddl.never_change("consent_line", "consent", "volunteer", "slot")
    await ddl.run(sqlite=SQLITE, postgres=POSTGRES)


GIVEN_LINE = """SELECT 1 FROM consent_line
    WHERE volunteer = NEW.volunteer AND slot = NEW.slot AND status = 'given'"""
MINOR_ACCEPTED = "NEW.status = 'accepted' AND NEW.is_minor AND NEW.came_of_age_at IS NULL"
ACCEPTED_MINOR = """SELECT 1 FROM application WHERE volunteer = OLD.volunteer AND slot = OLD.slot
    AND status = 'accepted' AND is_minor AND came_of_age_at IS NULL"""

SQLITE = [
    ddl.refuse_sqlite(
        "minor_needs_consent",
        "BEFORE INSERT",
        "application",
        f"{MINOR_ACCEPTED} AND NOT EXISTS ({GIVEN_LINE})",
    ),
    ddl.refuse_sqlite(
        "accepting_minor_needs_consent",
        "BEFORE UPDATE",
        "application",
        f"{MINOR_ACCEPTED} AND NOT EXISTS ({GIVEN_LINE})",
    ),
    ddl.refuse_sqlite(
        "accepted_minor_keeps_consent",
        "BEFORE UPDATE",
        "consent_line",
        f"OLD.status = 'given' AND NEW.status <> 'given' AND EXISTS ({ACCEPTED_MINOR})",
    ),
    ddl.refuse_sqlite(
        "accepted_minor_keeps_line",
        "BEFORE DELETE",
        "consent_line",
        f"OLD.status = 'given' AND EXISTS ({ACCEPTED_MINOR})",
    ),
    # OR REPLACE would remove the line in its way without a word where recursive_triggers is off
    ddl.refuse_sqlite(
        "consent_line_is_given",
        "BEFORE INSERT",
        "consent_line",
        """EXISTS (SELECT 1 FROM consent_line WHERE (consent = NEW.consent AND slot = NEW.slot)
            OR (volunteer = NEW.volunteer AND slot = NEW.slot AND status = 'given' AND NEW.status = 'given'))""",
    ),
    ddl.refuse_sqlite(
        "consent_line_is_given_already",
        "BEFORE UPDATE",
        "consent_line",
        """NEW.status = 'given' AND EXISTS (SELECT 1 FROM consent_line
            WHERE volunteer = NEW.volunteer AND slot = NEW.slot AND status = 'given' AND id <> NEW.id)""",
    ),
]

POSTGRES = [
    # FOR SHARE: a transaction taking the line back waits for us, or we for it
    *ddl.refuse_postgres(
        "minor_needs_consent",
        "BEFORE INSERT OR UPDATE",
        "application",
        f"{MINOR_ACCEPTED} AND NOT FOUND",
        body=f"PERFORM 1; IF {MINOR_ACCEPTED} THEN PERFORM {GIVEN_LINE.removeprefix('SELECT ')} FOR SHARE; END IF;",
    ),
    # AFTER: the row is ours by then, and this statement's snapshot sees what was committed meanwhile
    *ddl.refuse_postgres(
        "accepted_minor_keeps_consent",
        "AFTER UPDATE",
        "consent_line",
        f"OLD.status = 'given' AND NEW.status <> 'given' AND EXISTS ({ACCEPTED_MINOR})",
    ),
    *ddl.refuse_postgres(
        "accepted_minor_keeps_line",
        "AFTER DELETE",
        "consent_line",
        f"OLD.status = 'given' AND EXISTS ({ACCEPTED_MINOR})",
    ),
    *ddl.refuse_postgres("consent_lines_are_kept", "BEFORE TRUNCATE", "consent_line"),
]


async def forwards() -> MigrationManager:
    """The step, for Piccolo."""
    manager = MigrationManager(migration_id=ID, app_name="marketplace", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
