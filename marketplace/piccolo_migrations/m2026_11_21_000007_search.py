"""The search index: a row per mission ever published, and the triggers that keep it right.

What depends on places, statuses and dates is recounted by the database at every change. Texts follow: a change
of theirs raises `edition`, and the index is behind until `indexed_edition` has caught up. The inverted index
is FTS5 on SQLite, a tsvector in a table of its own on PostgreSQL (a place taken must not rewrite it).
"""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from marketplace.db import ddl, is_postgres

ID = "2026-11-21T12:00:00:000007"
VERSION = "1.38.0"
DESCRIPTION = "search"

TEXT_COLUMNS = (
    "title", "presentation", "tasks", "skills_needed", "skills_wished", "audiences", "domain", "activities",
    "rhythm", "day_parts", "place_kind", "latitude", "longitude", "department", "minors", "wheelchair",
    "public_transport", "admission",
)  # fmt: skip
SLOT_COLUMNS = "starts_at, ends_at, places, places_taken, cancelled_at"

# The last instant one may apply: two hours before the start (missions.policies.APPLY_BEFORE).
# Not all of it goes through datetime(), which rounds what is under a second.
SQLITE_UNTIL = "datetime(substr(s.starts_at, 1, 19), '-2 hours') || substr(s.starts_at, 20)"
POSTGRES_UNTIL = "s.starts_at - INTERVAL '2 hours'"
FAR = "'9999-12-31 00:00:00+00:00'"
NO_PLACE_LEFT = 1_000_000  # more than any mission has: « fewest places first » shows the full ones last

COUNTED = "open_until, shown_until, stale_at, starts_at, places_left"
COUNTS = """SELECT max(until) FILTER (WHERE is_public AND is_free), max(until) FILTER (WHERE is_public),
        min(until) FILTER (WHERE starts_at IS NOT NULL AND until > NEW.counted_at),
        COALESCE(min(starts_at) FILTER (WHERE is_free AND until > NEW.counted_at),
            min(starts_at) FILTER (WHERE until > NEW.counted_at), {far}),
        COALESCE(NULLIF(sum(places - places_taken) FILTER (WHERE until > NEW.counted_at), 0), {none_left})
    {into} FROM (SELECT s.starts_at, s.places, s.places_taken, s.places_taken < s.places AS is_free,
            COALESCE({until}, {far}) AS until, m.status = 'published' AND a.status = 'verified' AS is_public
        FROM mission m JOIN association a ON a.id = m.association JOIN slot s ON s.mission = m.id
        WHERE m.id = NEW.mission AND s.cancelled_at IS NULL) AS live"""

ENTER = """INSERT INTO mission_search (mission, counted_at) SELECT NEW.id, NEW.published_at
    WHERE NOT EXISTS (SELECT 1 FROM mission_search WHERE mission = NEW.id)"""
# Writing `counted_at` is how a recount is asked for.
RECOUNT = "UPDATE mission_search SET counted_at = counted_at WHERE mission"
OF_ASSOCIATION = "IN (SELECT id FROM mission WHERE association = NEW.id)"


async def create() -> None:
    """Create the index and fill it with the missions there are; their texts follow by the sweeper."""
    far = f"TIMESTAMPTZ {FAR}" if is_postgres() else FAR
    await ddl.run(
        f"""CREATE TABLE mission_search (
            id PK, mission INTEGER NOT NULL UNIQUE REFERENCES mission (id) ON DELETE CASCADE,
            edition INTEGER NOT NULL DEFAULT 1, indexed_edition INTEGER NOT NULL DEFAULT 0,
            title_t TEXT NOT NULL DEFAULT '', body_t TEXT NOT NULL DEFAULT '', tags TEXT NOT NULL DEFAULT '',
            counted_at INSTANT NOT NULL, open_until INSTANT, shown_until INSTANT, stale_at INSTANT,
            starts_at TIMESTAMPTZ NOT NULL DEFAULT {far}, places_left INTEGER NOT NULL DEFAULT 0,
            place_kind VARCHAR(20) NOT NULL DEFAULT '', latitude DOUBLE PRECISION,
            longitude DOUBLE PRECISION, x DOUBLE PRECISION, y DOUBLE PRECISION, z DOUBLE PRECISION)""",
        """CREATE INDEX mission_search_soonest ON mission_search (starts_at, id DESC)
            WHERE shown_until IS NOT NULL""",
        """CREATE INDEX mission_search_fewest ON mission_search (places_left, id DESC)
            WHERE shown_until IS NOT NULL""",
        """CREATE INDEX mission_search_place ON mission_search (latitude, longitude, id)
            WHERE shown_until IS NOT NULL""",
        "CREATE INDEX mission_search_stale ON mission_search (stale_at) WHERE stale_at IS NOT NULL",
        "CREATE INDEX mission_search_behind ON mission_search (id) WHERE indexed_edition <> edition",
        """CREATE TABLE search_word (
            id PK, word VARCHAR(40) NOT NULL UNIQUE, shown VARCHAR(40) NOT NULL,
            letter VARCHAR(4) NOT NULL, length SMALLINT NOT NULL, uses INTEGER NOT NULL)""",
        "CREATE INDEX search_word_like ON search_word (letter, length, uses DESC)",
        sqlite=[*SQLITE_WORDS, *SQLITE_TRIGGERS],
        postgres=[*POSTGRES_WORDS, *POSTGRES_TRIGGERS],
    )
    await ddl.run(
        """INSERT INTO mission_search (mission, counted_at) SELECT id, published_at FROM mission
            WHERE published_at IS NOT NULL ORDER BY published_at, id"""
    )


def _sqlite_trigger(name: str, when: str, *then: str) -> str:
    return f"CREATE TRIGGER {name} {when} BEGIN {'; '.join(then)}; END"


_INDEXED = "rowid, title_t, body_t, tags"
_FORGET = f"""INSERT INTO mission_words (mission_words, {_INDEXED})
    VALUES ('delete', OLD.id, OLD.title_t, OLD.body_t, OLD.tags)"""
_LEARN = f"INSERT INTO mission_words ({_INDEXED}) VALUES (NEW.id, NEW.title_t, NEW.body_t, NEW.tags)"
_OTHER = " OR ".join(f"NEW.{name} {{differs}} OLD.{name}" for name in ("title_t", "body_t", "tags"))
_COUNT = f"""UPDATE mission_search SET ({COUNTED}) =
    ({COUNTS.format(into="", until=SQLITE_UNTIL, far=FAR, none_left=NO_PLACE_LEFT)}) WHERE id = NEW.id"""

NEWEST = (
    "CREATE INDEX mission_search_newest ON mission_search (id DESC) {with_them} WHERE shown_until IS NOT NULL"
)

SQLITE_WORDS = [
    NEWEST.format(with_them=""),
    """CREATE VIRTUAL TABLE mission_words USING fts5 (title_t, body_t, tags, content = 'mission_search',
        content_rowid = 'id', tokenize = "ascii tokenchars '_'", prefix = '2 3', detail = 'none')""",
    "CREATE VIRTUAL TABLE mission_tokens USING fts5vocab (mission_words, 'row')",  # what it has, to be read
    _sqlite_trigger("search_words_learn", "AFTER INSERT ON mission_search", _LEARN),
    _sqlite_trigger("search_words_forget", "AFTER DELETE ON mission_search", _FORGET),
    _sqlite_trigger(
        "search_words_follow",
        f"AFTER UPDATE OF title_t, body_t, tags ON mission_search WHEN {_OTHER.format(differs='IS NOT')}",
        _FORGET,
        _LEARN,
    ),
]

SQLITE_TRIGGERS = [
    _sqlite_trigger("search_counts_first", "AFTER INSERT ON mission_search", _COUNT),
    _sqlite_trigger("search_counts", "AFTER UPDATE OF counted_at ON mission_search", _COUNT),
    _sqlite_trigger(
        "search_enters_published", "AFTER INSERT ON mission WHEN NEW.published_at IS NOT NULL", ENTER
    ),
    _sqlite_trigger(
        "search_enters", "AFTER UPDATE OF published_at ON mission WHEN NEW.published_at IS NOT NULL", ENTER
    ),
    _sqlite_trigger("search_sees_status", "AFTER UPDATE OF status ON mission", f"{RECOUNT} = NEW.id"),
    _sqlite_trigger(
        "search_sees_text",
        f"""AFTER UPDATE OF {", ".join(TEXT_COLUMNS)} ON mission
            WHEN {" OR ".join(f"NEW.{c} IS NOT OLD.{c}" for c in TEXT_COLUMNS)}""",
        "UPDATE mission_search SET edition = edition + 1 WHERE mission = NEW.id",
    ),
    _sqlite_trigger("search_sees_slot", "AFTER INSERT ON slot", f"{RECOUNT} = NEW.mission"),
    _sqlite_trigger(
        "search_sees_places", f"AFTER UPDATE OF {SLOT_COLUMNS} ON slot", f"{RECOUNT} = NEW.mission"
    ),
    _sqlite_trigger("search_sees_no_slot", "AFTER DELETE ON slot", f"{RECOUNT} = OLD.mission"),
    _sqlite_trigger(
        "search_sees_association", "AFTER UPDATE OF status ON association", f"{RECOUNT} {OF_ASSOCIATION}"
    ),
]


def _postgres_trigger(name: str, when: str, *then: str) -> list[str]:
    return [
        f"""CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN {"; ".join(then)}; RETURN {"NEW" if "BEFORE" in when else "NULL"}; END $$""",
        f"CREATE TRIGGER {name} {when.replace(' WHEN ', ' FOR EACH ROW WHEN ')}"
        f"{'' if ' WHEN ' in when else ' FOR EACH ROW'} EXECUTE FUNCTION {name}()",
    ]


_INTO = "INTO " + ", ".join(f"NEW.{column.strip()}" for column in COUNTED.split(","))
_CHANGED = " OR ".join(f"NEW.{c} IS DISTINCT FROM OLD.{c}" for c in TEXT_COLUMNS)

POSTGRES_WORDS = [
    # with all that conditions look at (statements.SEEN), so that rows that do not answer need not be read
    NEWEST.format(
        with_them="INCLUDE (mission, shown_until, open_until, place_kind, latitude, longitude, x, y, z)"
    ),
    """CREATE TABLE mission_words (
        id INTEGER PRIMARY KEY REFERENCES mission_search (id) ON DELETE CASCADE, doc TSVECTOR NOT NULL)""",
    "CREATE INDEX mission_words_doc ON mission_words USING gin (doc)",
    # `_n_…`: the missions published about then (matching.BLOCK), so that the index can be asked for a stretch
    """CREATE FUNCTION search_document(id INTEGER, title_t TEXT, body_t TEXT, tags TEXT) RETURNS TSVECTOR
        LANGUAGE sql IMMUTABLE AS $$ SELECT array_to_tsvector(string_to_array(title_t, ' ')
            || string_to_array(body_t, ' ') || string_to_array(tags, ' ') || ('_n_' || id / 4096)) $$""",
    *_postgres_trigger(
        "search_words_follow",
        "AFTER INSERT OR UPDATE OF title_t, body_t, tags ON mission_search",
        """INSERT INTO mission_words (id, doc)
            VALUES (NEW.id, search_document(NEW.id, NEW.title_t, NEW.body_t, NEW.tags))
        ON CONFLICT (id) DO UPDATE SET doc = excluded.doc WHERE mission_words.doc <> excluded.doc""",
    ),
]

POSTGRES_TRIGGERS = [
    # BEFORE: it runs once the row is locked, so that it reads what the writer it waited for has committed
    *_postgres_trigger(
        "search_counts",
        "BEFORE INSERT OR UPDATE OF counted_at ON mission_search",
        COUNTS.format(into=_INTO, until=POSTGRES_UNTIL, far=f"TIMESTAMPTZ {FAR}", none_left=NO_PLACE_LEFT),
    ),
    *_postgres_trigger(
        "search_enters",
        "AFTER INSERT OR UPDATE OF published_at ON mission WHEN (NEW.published_at IS NOT NULL)",
        ENTER,
    ),
    *_postgres_trigger("search_sees_status", "AFTER UPDATE OF status ON mission", f"{RECOUNT} = NEW.id"),
    *_postgres_trigger(
        "search_sees_text",
        f"AFTER UPDATE ON mission WHEN ({_CHANGED})",
        "UPDATE mission_search SET edition = edition + 1 WHERE mission = NEW.id",
    ),
    *_postgres_trigger(
        "search_sees_slot", f"AFTER INSERT OR UPDATE OF {SLOT_COLUMNS} ON slot", f"{RECOUNT} = NEW.mission"
    ),
    *_postgres_trigger("search_sees_no_slot", "AFTER DELETE ON slot", f"{RECOUNT} = OLD.mission"),
    *_postgres_trigger(
        "search_sees_association", "AFTER UPDATE OF status ON association", f"{RECOUNT} {OF_ASSOCIATION}"
    ),
]


async def forwards() -> MigrationManager:
    """The step, for Piccolo."""
    manager = MigrationManager(migration_id=ID, app_name="marketplace", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
