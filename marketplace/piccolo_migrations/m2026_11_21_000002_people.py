"""Accounts, volunteers, associations and their members."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from marketplace.db import ddl

ID = "2026-11-21T12:00:00:000002"
VERSION = "1.38.0"
DESCRIPTION = "people and associations"


async def create() -> None:
    """Create the tables of people and of associations."""
    await ddl.run(
        """CREATE TABLE account (
            id PK, email VARCHAR(254) NOT NULL UNIQUE, first_name VARCHAR(80) NOT NULL,
            family_name VARCHAR(80) NOT NULL, language VARCHAR(2) NOT NULL DEFAULT 'fr',
            adult_attested_on DATE, created_at INSTANT NOT NULL, seen_at INSTANT NOT NULL)""",
        """CREATE TABLE session (
            id PK, account INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
            token_hash VARCHAR(64) NOT NULL UNIQUE, device VARCHAR(120) NOT NULL, created_at INSTANT NOT NULL,
            seen_at INSTANT NOT NULL, expires_at INSTANT NOT NULL)""",
        "CREATE INDEX session_account ON session (account)",
        """CREATE TABLE sign_in (
            id PK, purpose VARCHAR(20) NOT NULL CHECK (purpose IN ('sign_in', 'change_email')),
            email VARCHAR(254) NOT NULL, account INTEGER REFERENCES account (id) ON DELETE CASCADE,
            link_hash VARCHAR(64) NOT NULL UNIQUE, code_hash VARCHAR(64) NOT NULL,
            browser_hash VARCHAR(64) NOT NULL, attempts SMALLINT NOT NULL DEFAULT 0,
            next_path VARCHAR(200) NOT NULL, created_at INSTANT NOT NULL, expires_at INSTANT NOT NULL,
            used_at INSTANT, CHECK ((purpose = 'change_email') = (account IS NOT NULL)))""",
        "CREATE INDEX sign_in_browser ON sign_in (browser_hash)",
        "CREATE INDEX sign_in_expires_at ON sign_in (expires_at)",
        """CREATE TABLE volunteer (
            id PK, account INTEGER UNIQUE REFERENCES account (id) ON DELETE SET NULL,
            created_at INSTANT NOT NULL)""",
        """CREATE TABLE birth_date (
            id PK, volunteer INTEGER NOT NULL UNIQUE REFERENCES volunteer (id) ON DELETE CASCADE,
            born_on DATE NOT NULL)""",
        """CREATE TABLE association (
            id PK, public_id VARCHAR(12) NOT NULL UNIQUE,
            status VARCHAR(20) NOT NULL CHECK (status IN
                ('draft', 'submitted', 'returned', 'verified', 'suspended', 'closed')),
            name VARCHAR(120) NOT NULL, legal_kind VARCHAR(30) NOT NULL, rna VARCHAR(10) NOT NULL,
            siret VARCHAR(14) NOT NULL, purpose TEXT NOT NULL, address VARCHAR(200) NOT NULL,
            commune_code VARCHAR(5) NOT NULL, commune_name VARCHAR(100) NOT NULL,
            postcode VARCHAR(5) NOT NULL, department VARCHAR(3) NOT NULL, website VARCHAR(200) NOT NULL,
            contact_email VARCHAR(254) NOT NULL, contact_phone VARCHAR(20) NOT NULL,
            insurer VARCHAR(120) NOT NULL, insured_until DATE, insurance_warned_at INSTANT,
            safeguarding_name VARCHAR(120) NOT NULL, safeguarding_contact VARCHAR(254) NOT NULL, charter_version VARCHAR(10) NOT NULL,
            charter_accepted_at INSTANT,
            charter_accepted_by INTEGER REFERENCES account (id) ON DELETE SET NULL,
            created_at INSTANT NOT NULL, submitted_at INSTANT, verified_at INSTANT,
            absent_from DATE, absent_until DATE,
            CHECK ((absent_from IS NULL) = (absent_until IS NULL)))""",
        """CREATE TABLE absent_day (
            id PK, association INTEGER NOT NULL REFERENCES association (id) ON DELETE CASCADE,
            on_day DATE NOT NULL, UNIQUE (association, on_day))""",
        "CREATE INDEX association_submitted ON association (submitted_at) WHERE status = 'submitted'",
        """CREATE TABLE membership (
            id PK, public_id VARCHAR(12) NOT NULL UNIQUE,
            account INTEGER NOT NULL REFERENCES account (id) ON DELETE RESTRICT,
            association INTEGER NOT NULL REFERENCES association (id) ON DELETE RESTRICT,
            role VARCHAR(20) NOT NULL CHECK (role IN ('owner', 'manager', 'reader')),
            created_at INSTANT NOT NULL, UNIQUE (account, association))""",
        "CREATE INDEX membership_association ON membership (association)",
    )
    await ddl.never_change("association", "public_id")
    await ddl.never_change("membership", "public_id", "account", "association")
    await ddl.never_change("birth_date", "volunteer")


async def forwards() -> MigrationManager:
    """The step, for Piccolo."""
    manager = MigrationManager(migration_id=ID, app_name="marketplace", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
