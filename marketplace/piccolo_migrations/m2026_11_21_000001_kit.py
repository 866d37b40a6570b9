"""What the kit keeps: e-mails on their way, jobs, attempts, sent forms, the journal; and the communes."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from marketplace.db import ddl

ID = "2026-11-21T12:00:00:000001"
VERSION = "1.38.0"
DESCRIPTION = "the kit"


async def create() -> None:
    """Create the kit's tables."""
    await ddl.run(
        """CREATE TABLE commune (
            id PK, code VARCHAR(5) NOT NULL UNIQUE, name VARCHAR(100) NOT NULL,
            search_name VARCHAR(100) NOT NULL, postcodes TEXTS NOT NULL, department VARCHAR(3) NOT NULL,
            population INTEGER NOT NULL, latitude DOUBLE PRECISION, longitude DOUBLE PRECISION,
            approximate BOOLEAN NOT NULL DEFAULT FALSE)""",
        "CREATE INDEX commune_search_name ON commune (search_name, population)",
        "CREATE INDEX commune_department ON commune (department)",
        """CREATE TABLE commune_postcode (
            id PK, commune INTEGER NOT NULL REFERENCES commune (id) ON DELETE CASCADE,
            postcode VARCHAR(5) NOT NULL)""",
        "CREATE INDEX commune_postcode_postcode ON commune_postcode (postcode)",
        "CREATE INDEX commune_postcode_commune ON commune_postcode (commune)",
        """CREATE TABLE email (
            id PK, message_id VARCHAR(80) NOT NULL UNIQUE, template VARCHAR(60) NOT NULL,
            recipient VARCHAR(254) NOT NULL, subject VARCHAR(200) NOT NULL, text TEXT NOT NULL,
            html TEXT NOT NULL, calendar TEXT NOT NULL DEFAULT '', unsubscribe VARCHAR(300) NOT NULL DEFAULT '',
            created_at INSTANT NOT NULL, due_at INSTANT NOT NULL,
            attempts SMALLINT NOT NULL DEFAULT 0, claimed_until INSTANT, sent_at INSTANT,
            failed_at INSTANT, error VARCHAR(300) NOT NULL DEFAULT '')""",
        "CREATE INDEX email_due ON email (due_at) WHERE sent_at IS NULL AND failed_at IS NULL",
        """CREATE TABLE job (
            id PK, name VARCHAR(60) NOT NULL UNIQUE, leased_until INSTANT, due_at INSTANT NOT NULL,
            succeeded_at INSTANT, error VARCHAR(300) NOT NULL DEFAULT '')""",
        """CREATE TABLE attempt (
            id PK, key VARCHAR(120) NOT NULL, window_at INSTANT NOT NULL, tries INTEGER NOT NULL DEFAULT 0,
            UNIQUE (key, window_at))""",
        """CREATE TABLE sent_form (
            id PK, key_hash VARCHAR(64) NOT NULL UNIQUE, location VARCHAR(1000), created_at INSTANT NOT NULL)""",
        "CREATE INDEX sent_form_created_at ON sent_form (created_at)",
        """CREATE TABLE journal (
            id PK, subject VARCHAR(20) NOT NULL, row_id BIGINT NOT NULL, source VARCHAR(20) NOT NULL,
            target VARCHAR(20) NOT NULL, by VARCHAR(20) NOT NULL, actor BIGINT, at INSTANT NOT NULL)""",
        "CREATE INDEX journal_row ON journal (subject, row_id)",
    )
    await ddl.append_only("journal")


async def forwards() -> MigrationManager:
    """The step, for Piccolo."""
    manager = MigrationManager(migration_id=ID, app_name="marketplace", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
