"""Moderators, their sessions and their decisions."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from marketplace.db import ddl

ID = "2026-11-21T12:00:00:000006"
VERSION = "1.38.0"
DESCRIPTION = "moderation"


async def create() -> None:
    """Create the moderators' tables."""
    await ddl.run(
        """CREATE TABLE moderator (
            id PK, username VARCHAR(100) NOT NULL UNIQUE, password VARCHAR(255) NOT NULL,
            first_name VARCHAR(255), last_name VARCHAR(255), email VARCHAR(255) NOT NULL UNIQUE,
            active BOOLEAN NOT NULL DEFAULT FALSE, admin BOOLEAN NOT NULL DEFAULT FALSE,
            superuser BOOLEAN NOT NULL DEFAULT FALSE, last_login TIMESTAMP,
            totp_secret VARCHAR(200) NOT NULL, totp_last_step BIGINT NOT NULL DEFAULT 0)""",
        """CREATE TABLE moderator_session (
            id PK, token VARCHAR(100) NOT NULL UNIQUE,
            user_id INTEGER NOT NULL REFERENCES moderator (id) ON DELETE CASCADE,
            expiry_date TIMESTAMP NOT NULL, max_expiry_date TIMESTAMP NOT NULL)""",
        """CREATE TABLE decision (
            id PK, public_id VARCHAR(12) NOT NULL UNIQUE,
            moderator INTEGER NOT NULL REFERENCES moderator (id) ON DELETE RESTRICT,
            act VARCHAR(30) NOT NULL, association INTEGER REFERENCES association (id) ON DELETE RESTRICT,
            mission INTEGER REFERENCES mission (id) ON DELETE RESTRICT, reason VARCHAR(30) NOT NULL,
            created_at INSTANT NOT NULL, CHECK ((association IS NULL) <> (mission IS NULL)))""",
        "CREATE INDEX decision_association ON decision (association)",
        "CREATE INDEX decision_mission ON decision (mission)",
        """CREATE TABLE decision_note (
            id PK, decision INTEGER NOT NULL UNIQUE REFERENCES decision (id) ON DELETE RESTRICT,
            note TEXT NOT NULL)""",
    )
    await ddl.append_only("decision")


async def forwards() -> MigrationManager:
    """The step, for Piccolo."""
    manager = MigrationManager(migration_id=ID, app_name="marketplace", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
