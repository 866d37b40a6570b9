"""What volunteers say they look for."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from marketplace.db import ddl

ID = "2026-11-21T12:00:00:000010"
VERSION = "1.38.0"
DESCRIPTION = "preferences"


async def create() -> None:
    """Create the table: at most one row per volunteer, gone with them."""
    await ddl.run(
        """CREATE TABLE volunteer_preferences (
            id PK, volunteer INTEGER NOT NULL UNIQUE REFERENCES volunteer (id) ON DELETE CASCADE,
            skills TEXTS NOT NULL, audiences TEXTS NOT NULL, domains TEXTS NOT NULL, rhythms TEXTS NOT NULL,
            day_parts TEXTS NOT NULL,
            place_kind VARCHAR(20) NOT NULL CHECK (place_kind IN ('', 'remote', 'on_site')),
            commune_code VARCHAR(5) NOT NULL, commune_name VARCHAR(100) NOT NULL, postcode VARCHAR(5) NOT NULL,
            department VARCHAR(3) NOT NULL,
            latitude DOUBLE PRECISION CHECK (latitude BETWEEN -90 AND 90),
            longitude DOUBLE PRECISION CHECK (longitude BETWEEN -180 AND 180),
            radius_km SMALLINT NOT NULL CHECK (radius_km BETWEEN 5 AND 200), updated_at INSTANT NOT NULL,
            CHECK ((latitude IS NULL) = (longitude IS NULL)),
            CHECK (commune_name <> '' OR (commune_code = '' AND latitude IS NULL)))"""
    )
    await ddl.never_change("volunteer_preferences", "volunteer")


async def forwards() -> MigrationManager:
    """The step, for Piccolo."""
    manager = MigrationManager(migration_id=ID, app_name="marketplace", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
