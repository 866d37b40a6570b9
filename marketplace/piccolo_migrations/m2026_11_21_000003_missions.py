"""Missions and their slots."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from marketplace.db import ddl

ID = "2026-11-21T12:00:00:000003"
VERSION = "1.38.0"
DESCRIPTION = "missions"


async def create() -> None:
    """Create missions and slots."""
    await ddl.run(
        """CREATE TABLE mission (
            id PK, public_id VARCHAR(12) NOT NULL UNIQUE,
            association INTEGER NOT NULL REFERENCES association (id) ON DELETE RESTRICT,
            author INTEGER REFERENCES account (id) ON DELETE SET NULL,
            status VARCHAR(20) NOT NULL CHECK (status IN ('draft', 'submitted', 'returned', 'published',
                'paused', 'suspended', 'finished', 'cancelled')),
            paused_because VARCHAR(20), suspended_from VARCHAR(20), domain VARCHAR(30) NOT NULL,
            activities TEXTS NOT NULL, title VARCHAR(120) NOT NULL, presentation TEXT NOT NULL,
            tasks TEXTS NOT NULL, details TEXT NOT NULL, audiences TEXTS NOT NULL,
            skills_needed TEXTS NOT NULL, skills_wished TEXTS NOT NULL, training VARCHAR(500) NOT NULL,
            place_kind VARCHAR(20) NOT NULL, address VARCHAR(200) NOT NULL, commune_code VARCHAR(5) NOT NULL,
            commune_name VARCHAR(100) NOT NULL, postcode VARCHAR(5) NOT NULL, department VARCHAR(3) NOT NULL,
            latitude DOUBLE PRECISION, longitude DOUBLE PRECISION, timing VARCHAR(20) NOT NULL,
            rhythm VARCHAR(30) NOT NULL, day_parts TEXTS NOT NULL, admission VARCHAR(20) NOT NULL,
            contact_level VARCHAR(20) NOT NULL, exposures TEXTS, minors VARCHAR(20) NOT NULL,
            two_adults BOOLEAN NOT NULL, prerequisites TEXTS NOT NULL, undertaking TEXT NOT NULL,
            supervisor_name VARCHAR(120) NOT NULL, supervisor_role VARCHAR(120) NOT NULL,
            supervisor_phone VARCHAR(20) NOT NULL, wheelchair BOOLEAN NOT NULL,
            public_transport BOOLEAN NOT NULL, peers_welcome BOOLEAN NOT NULL, created_at INSTANT NOT NULL,
            updated_at INSTANT NOT NULL, submitted_at INSTANT, published_at INSTANT,
            referent INTEGER REFERENCES account (id) ON DELETE SET NULL,
            hand_over_note TEXT NOT NULL DEFAULT '', stands_at INSTANT, stands_asked_at INSTANT,
            CHECK ((paused_because IS NOT NULL) = (status = 'paused')),
            CHECK ((suspended_from IS NOT NULL) = (status = 'suspended')),
            CHECK (published_at IS NOT NULL OR status NOT IN ('published', 'paused', 'suspended', 'finished')),
            CHECK (minors IN ('closed', 'requested', 'open')),
            CHECK (minors <> 'open' OR contact_level IN ('none', 'group')),
            CHECK (admission IN ('review', 'instant')))""",
        "CREATE INDEX mission_association ON mission (association)",
        "CREATE INDEX mission_published ON mission (published_at DESC, id DESC) WHERE status = 'published'",
        "CREATE INDEX mission_submitted ON mission (submitted_at) WHERE status = 'submitted'",
        "CREATE INDEX mission_silent ON mission (association, id) WHERE paused_because = 'silent'",
        "CREATE INDEX mission_asking ON mission (id) WHERE minors = 'requested'",
        """CREATE TABLE slot (
            id PK, mission INTEGER NOT NULL REFERENCES mission (id) ON DELETE RESTRICT,
            starts_at INSTANT, ends_at INSTANT,
            places SMALLINT NOT NULL DEFAULT 1 CHECK (places BETWEEN 1 AND 500),
            places_taken SMALLINT NOT NULL DEFAULT 0, cancelled_at INSTANT, created_at INSTANT NOT NULL,
            CONSTRAINT places_taken_fit CHECK (places_taken BETWEEN 0 AND places),
            CONSTRAINT slot_ends_after_its_start CHECK (
                (starts_at IS NULL) = (ends_at IS NULL) AND (starts_at IS NULL OR ends_at > starts_at)))""",
        "CREATE INDEX slot_mission ON slot (mission)",
        # a slot is named by its mission and its start
        """CREATE UNIQUE INDEX one_slot_at_a_time ON slot (mission, starts_at) WHERE cancelled_at IS NULL""",
        """CREATE UNIQUE INDEX one_undated_slot ON slot (mission)
            WHERE starts_at IS NULL AND cancelled_at IS NULL""",
        "CREATE INDEX slot_ends_at ON slot (ends_at) WHERE cancelled_at IS NULL",
    )
    await ddl.never_change("mission", "public_id", "association")
    await ddl.never_change("slot", "mission")


async def forwards() -> MigrationManager:
    """The step, for Piccolo."""
    manager = MigrationManager(migration_id=ID, app_name="marketplace", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
