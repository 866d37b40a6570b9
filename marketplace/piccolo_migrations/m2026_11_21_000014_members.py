"""Invitations, and the wall that keeps an owner in every association."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from marketplace.db import ddl

ID = "2026-11-21T12:00:00:000014"
VERSION = "1.38.0"
DESCRIPTION = "members"

IS_LAST_OWNER = """OLD.role = 'owner'
    AND EXISTS (SELECT 1 FROM association a WHERE a.id = OLD.association AND a.status <> 'closed')
    AND NOT EXISTS (SELECT 1 FROM membership m
        WHERE m.association = OLD.association AND m.role = 'owner' AND m.id <> OLD.id)"""
# two owners who leave at once: the second looks again once the first has gone
LOCK_ASSOCIATION = "PERFORM 1 FROM association a WHERE a.id = OLD.association FOR NO KEY UPDATE;"


async def create() -> None:
    """Create the table and the wall."""
    await ddl.run(
        """CREATE TABLE invitation (
            id PK, public_id VARCHAR(12) NOT NULL UNIQUE,
            association INTEGER NOT NULL REFERENCES association (id) ON DELETE RESTRICT,
            email VARCHAR(254) NOT NULL, role VARCHAR(20) NOT NULL CHECK (role IN ('owner', 'manager', 'reader')),
            link_hash VARCHAR(64) NOT NULL UNIQUE,
            invited_by INTEGER REFERENCES account (id) ON DELETE SET NULL, created_at INSTANT NOT NULL,
            sent_at INSTANT NOT NULL, expires_at INSTANT NOT NULL, accepted_at INSTANT, ended_at INSTANT,
            CHECK (accepted_at IS NULL OR ended_at IS NULL))""",
        """CREATE UNIQUE INDEX invitation_open ON invitation (association, email)
            WHERE accepted_at IS NULL AND ended_at IS NULL""",
        "CREATE INDEX invitation_expires_at ON invitation (expires_at)",
    )
    await ddl.never_change("invitation", "public_id", "association", "email")
    await ddl.run(
        sqlite=[
            ddl.refuse_sqlite("membership_keeps_owner", "BEFORE DELETE", "membership", IS_LAST_OWNER),
            ddl.refuse_sqlite(
                "membership_keeps_owner_in_role",
                "BEFORE UPDATE OF role",
                "membership",
                f"NEW.role <> 'owner' AND {IS_LAST_OWNER}",
            ),
            # OR REPLACE would remove the row of the pair, without a word where triggers are not recursive
            ddl.refuse_sqlite(
                "membership_is_once",
                "BEFORE INSERT",
                "membership",
                """EXISTS (SELECT 1 FROM membership m WHERE m.public_id = NEW.public_id
                    OR (m.account = NEW.account AND m.association = NEW.association))""",
            ),
        ],
        postgres=[
            *ddl.refuse_postgres(
                "membership_keeps_owner", "BEFORE DELETE", "membership", IS_LAST_OWNER, LOCK_ASSOCIATION
            ),
            *ddl.refuse_postgres(
                "membership_keeps_owner_in_role",
                "BEFORE UPDATE OF role",
                "membership",
                f"NEW.role <> 'owner' AND {IS_LAST_OWNER}",
                LOCK_ASSOCIATION,
            ),
            *ddl.refuse_postgres("membership_is_kept", "BEFORE TRUNCATE", "membership"),
        ],
    )


async def forwards() -> MigrationManager:
    """The step, for Piccolo."""
    manager = MigrationManager(migration_id=ID, app_name="marketplace", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
