"""Searches that people asked to be mailed the new missions of."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from marketplace.db import ddl

ID = "2026-11-21T12:00:00:000008"
VERSION = "1.38.0"
DESCRIPTION = "saved searches"


async def create() -> None:
    """Create the table; `number` holds that nobody has more than ten."""
    await ddl.run(
        """CREATE TABLE saved_search (
            id PK, public_id VARCHAR(12) NOT NULL UNIQUE,
            account INTEGER REFERENCES account (id) ON DELETE CASCADE, email VARCHAR(254),
            language VARCHAR(2) NOT NULL, query TEXT NOT NULL,
            frequency VARCHAR(10) NOT NULL CHECK (frequency IN ('daily', 'weekly')),
            number SMALLINT CHECK (number BETWEEN 1 AND 10), consent_version VARCHAR(10) NOT NULL,
            consented_at INSTANT NOT NULL, link_hash VARCHAR(64) UNIQUE, created_at INSTANT NOT NULL,
            confirmed_at INSTANT, paused_at INSTANT, seen_until INSTANT, next_due_at INSTANT,
            CHECK ((account IS NULL) <> (email IS NULL)),
            CHECK (account IS NULL OR confirmed_at IS NOT NULL),
            CHECK ((confirmed_at IS NULL) = (number IS NULL)),
            CHECK ((confirmed_at IS NULL) = (seen_until IS NULL)),
            CHECK ((confirmed_at IS NULL) = (next_due_at IS NULL)),
            CHECK (length(query) <= 2000),
            UNIQUE (account, number), UNIQUE (account, query), UNIQUE (email, number))""",
        # one search is confirmed once, but may be asked for again while the first mail is on its way
        """CREATE UNIQUE INDEX saved_search_of_address ON saved_search (email, query)
            WHERE confirmed_at IS NOT NULL""",
        """CREATE INDEX saved_search_due ON saved_search (next_due_at)
            WHERE next_due_at IS NOT NULL AND paused_at IS NULL""",
        "CREATE INDEX saved_search_unconfirmed ON saved_search (created_at) WHERE confirmed_at IS NULL",
    )


async def forwards() -> MigrationManager:
    """The step, for Piccolo."""
    manager = MigrationManager(migration_id=ID, app_name="marketplace", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
