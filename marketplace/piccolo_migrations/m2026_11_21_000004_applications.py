"""Applications, and the triggers that count places: no writer gets round them."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from marketplace.db import ddl

ID = "2026-11-21T12:00:00:000004"
VERSION = "1.38.0"
DESCRIPTION = "applications"


HOLDS_PLACE = "('unconfirmed', 'awaiting_consent', 'pending', 'accepted', 'offered')"
LIVE = "('unconfirmed', 'awaiting_consent', 'pending', 'accepted', 'offered', 'waiting')"


async def create() -> None:
    """Create applications and the counting of places."""
    await ddl.run(
        """CREATE TABLE applicant (
            id PK, email VARCHAR(254) NOT NULL UNIQUE, first_name VARCHAR(80) NOT NULL,
            family_name VARCHAR(80) NOT NULL, born_on DATE, guardian_email VARCHAR(254) NOT NULL,
            guardian_relationship VARCHAR(20) NOT NULL,
            mission INTEGER NOT NULL REFERENCES mission (id) ON DELETE CASCADE, slots TEXTS NOT NULL, waits TEXTS NOT NULL,
            message TEXT NOT NULL, tasks TEXTS NOT NULL, undertaking TEXT NOT NULL,
            prerequisites TEXTS NOT NULL, link_hash VARCHAR(64) NOT NULL UNIQUE,
            network VARCHAR(64) NOT NULL, created_at INSTANT NOT NULL)""",
        "CREATE INDEX applicant_network ON applicant (network)",
        "CREATE INDEX applicant_created_at ON applicant (created_at)",
        """CREATE TABLE application (
            id PK, public_id VARCHAR(12) NOT NULL UNIQUE,
            slot INTEGER NOT NULL REFERENCES slot (id) ON DELETE RESTRICT,
            volunteer INTEGER REFERENCES volunteer (id) ON DELETE RESTRICT,
            applicant INTEGER REFERENCES applicant (id) ON DELETE CASCADE,
            status VARCHAR(20) NOT NULL CHECK (status IN ('unconfirmed', 'awaiting_consent', 'pending',
                'accepted', 'waiting', 'offered', 'declined', 'withdrawn', 'lapsed')),
            status_at INSTANT NOT NULL, is_minor BOOLEAN NOT NULL, came_of_age_at INSTANT,
            message TEXT NOT NULL, tasks TEXTS NOT NULL, undertaking TEXT NOT NULL,
            prerequisites TEXTS NOT NULL, ended_by VARCHAR(20), reason VARCHAR(30) NOT NULL,
            reason_message TEXT NOT NULL, created_at INSTANT NOT NULL, accepted_at INSTANT,
            answer_by INSTANT, meeting_on DATE, meeting_note VARCHAR(200) NOT NULL DEFAULT '', coming_at INSTANT,
            attendance VARCHAR(10) CHECK (attendance IN ('present', 'absent', 'excused')),
            minutes INTEGER CHECK (minutes BETWEEN 0 AND 60000), noted_at INSTANT,
            CONSTRAINT what_is_noted_says_when CHECK ((attendance IS NULL) = (noted_at IS NULL)),
            CONSTRAINT what_ends_has_no_limit CHECK (answer_by IS NULL OR ended_by IS NULL),
            CONSTRAINT only_the_accepted_attend CHECK (
                accepted_at IS NOT NULL OR (attendance IS NULL AND minutes IS NULL)),
            CONSTRAINT only_the_unconfirmed_are_nobodys CHECK ((status = 'unconfirmed') = (volunteer IS NULL)),
            CONSTRAINT only_the_unconfirmed_await_somebody CHECK (
                (status = 'unconfirmed') = (applicant IS NOT NULL)),
            CONSTRAINT the_ended_say_by_whom CHECK (
                (ended_by IS NOT NULL) = (status IN ('declined', 'withdrawn', 'lapsed'))))""",
        f"""CREATE UNIQUE INDEX one_live_application ON application (slot, volunteer)
            WHERE status IN {LIVE}""",
        "CREATE INDEX application_slot ON application (slot, status)",
        "CREATE INDEX application_volunteer ON application (volunteer)",
        "CREATE INDEX application_applicant ON application (applicant) WHERE applicant IS NOT NULL",
        """CREATE INDEX application_answer_by ON application (status, answer_by)
            WHERE answer_by IS NOT NULL""",
        """CREATE INDEX application_waits ON application (slot, id) WHERE status = 'waiting'""",
        """CREATE INDEX application_entered ON application (status, status_at)
            WHERE status = 'pending'""",
        """CREATE TABLE reminder (
            id PK, application INTEGER NOT NULL REFERENCES application (id) ON DELETE CASCADE,
            kind VARCHAR(20) NOT NULL, sent_at INSTANT NOT NULL, UNIQUE (application, kind))""",
        """CREATE TABLE silence (
            id PK, association INTEGER NOT NULL REFERENCES association (id) ON DELETE CASCADE,
            on_day DATE NOT NULL, UNIQUE (association, on_day))""",
    )
    await ddl.never_change("application", "public_id", "slot", "volunteer", "is_minor")
    await ddl.run(sqlite=SQLITE, postgres=POSTGRES)


SQLITE = [
    # OR IGNORE would skip the CHECK on slot; RAISE(ABORT) it cannot
    f"""CREATE TRIGGER application_takes_place AFTER INSERT ON application
        WHEN NEW.status IN {HOLDS_PLACE} BEGIN
            SELECT RAISE(ABORT, 'slot_is_full') FROM slot WHERE id = NEW.slot AND places_taken >= places;
            UPDATE slot SET places_taken = places_taken + 1 WHERE id = NEW.slot;
        END""",
    f"""CREATE TRIGGER application_frees_place AFTER DELETE ON application
        WHEN OLD.status IN {HOLDS_PLACE} BEGIN
            UPDATE slot SET places_taken = places_taken - 1 WHERE id = OLD.slot;
        END""",
    f"""CREATE TRIGGER application_moves AFTER UPDATE OF status ON application
        WHEN (OLD.status IN {HOLDS_PLACE}) <> (NEW.status IN {HOLDS_PLACE}) BEGIN
            SELECT RAISE(ABORT, 'slot_is_full') FROM slot
                WHERE id = NEW.slot AND NEW.status IN {HOLDS_PLACE} AND places_taken >= places;
            UPDATE slot SET places_taken = places_taken
                + CASE WHEN NEW.status IN {HOLDS_PLACE} THEN 1 ELSE -1 END WHERE id = NEW.slot;
        END""",
    # OR REPLACE deletes the rows in its way, silently where recursive_triggers is off
    ddl.refuse_sqlite(
        "application_id_is_taken",
        "BEFORE INSERT",
        "application",
        "EXISTS (SELECT 1 FROM application WHERE public_id = NEW.public_id)",
    ),
    ddl.refuse_sqlite(
        "application_is_live",
        "BEFORE INSERT",
        "application",
        f"""NEW.status IN {LIVE} AND EXISTS (SELECT 1 FROM application
            WHERE slot = NEW.slot AND volunteer = NEW.volunteer AND status IN {LIVE})""",
    ),
    ddl.refuse_sqlite(
        "application_is_live_again",
        "BEFORE UPDATE OF status",
        "application",
        f"""NEW.status IN {LIVE} AND EXISTS (SELECT 1 FROM application
            WHERE slot = NEW.slot AND volunteer = NEW.volunteer AND status IN {LIVE} AND id <> NEW.id)""",
    ),
    ddl.refuse_sqlite(
        "came_of_age_once",
        "BEFORE UPDATE",
        "application",
        "OLD.came_of_age_at IS NOT NULL AND NEW.came_of_age_at IS NOT OLD.came_of_age_at",
    ),
    # SQLite cannot tell who writes the counter, so it recounts
    ddl.refuse_sqlite(
        "places_taken_is_counted",
        "AFTER UPDATE OF places_taken",
        "slot",
        f"""NEW.places_taken <> (SELECT count(*) FROM application
            WHERE slot = NEW.id AND status IN {HOLDS_PLACE})""",
    ),
    ddl.refuse_sqlite("slot_starts_empty", "BEFORE INSERT", "slot", "NEW.places_taken <> 0"),
    ddl.refuse_sqlite("places_below_taken", "BEFORE UPDATE", "slot", "NEW.places < OLD.places_taken"),
]

POSTGRES = [
    f"""CREATE FUNCTION count_places() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
            before INTEGER := 0;
            after INTEGER := 0;
        BEGIN
            IF TG_OP <> 'INSERT' AND OLD.status IN {HOLDS_PLACE} THEN before := 1; END IF;
            IF TG_OP <> 'DELETE' AND NEW.status IN {HOLDS_PLACE} THEN after := 1; END IF;
            IF after > before THEN
                UPDATE slot SET places_taken = places_taken + 1 WHERE id = NEW.slot AND places_taken < places;
                IF NOT FOUND THEN
                    RAISE EXCEPTION 'slot_is_full' USING ERRCODE = '23514', CONSTRAINT = 'slot_is_full';
                END IF;
            ELSIF before > after THEN
                UPDATE slot SET places_taken = places_taken - 1 WHERE id = OLD.slot;
            END IF;
            RETURN NULL;
        END $$""",
    """CREATE TRIGGER count_places AFTER INSERT OR DELETE OR UPDATE OF status ON application
        FOR EACH ROW EXECUTE FUNCTION count_places()""",
    *ddl.refuse_postgres(
        "came_of_age_once",
        "BEFORE UPDATE",
        "application",
        "OLD.came_of_age_at IS NOT NULL AND NEW.came_of_age_at IS DISTINCT FROM OLD.came_of_age_at",
    ),
    *ddl.refuse_postgres("applications_are_counted", "BEFORE TRUNCATE", "application"),
    *ddl.refuse_postgres(
        "places_taken_is_counted",
        "BEFORE UPDATE",
        "slot",
        "NEW.places_taken <> OLD.places_taken AND pg_trigger_depth() < 2",
    ),
    *ddl.refuse_postgres("slot_starts_empty", "BEFORE INSERT", "slot", "NEW.places_taken <> 0"),
    *ddl.refuse_postgres("places_below_taken", "BEFORE UPDATE", "slot", "NEW.places < OLD.places_taken"),
]


async def forwards() -> MigrationManager:
    """The step, for Piccolo."""
    manager = MigrationManager(migration_id=ID, app_name="marketplace", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
