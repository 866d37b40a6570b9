"""What the panel may read: the columns that hold nothing about a person.

Its API serves and filters by hidden columns too, so the columns of people are not hidden there:
these classes, over the same tables, do not have them. Keys are plain numbers, or the panel would
follow them into tables that are not listed.
"""

from piccolo.columns import BigInt, Boolean, Date, Integer, Serial, SmallInt, Timestamptz, Varchar
from piccolo.table import Table

from marketplace.associations.lifecycle import Status as AssociationStatus
from marketplace.lifecycle import By
from marketplace.missions.lifecycle import Admission, ContactLevel, Minors, PlaceKind, Timing
from marketplace.missions.lifecycle import Status as MissionStatus
from marketplace.moderation.lifecycle import Act


class AssociationFile(Table, tablename="association"):
    """Without its address (often somebody's home), its contacts and its free texts."""

    id: Serial
    public_id = Varchar(length=12)
    name = Varchar(length=120)
    status = Varchar(length=20, choices=AssociationStatus)
    legal_kind = Varchar(length=30)
    rna = Varchar(length=10)
    siret = Varchar(length=14)
    commune_name = Varchar(length=100)
    department = Varchar(length=3)
    insured_until = Date(null=True)
    created_at = Timestamptz()
    submitted_at = Timestamptz(null=True)
    verified_at = Timestamptz(null=True)


class MissionFile(Table, tablename="mission"):
    """Without its author, its supervisor, its address and its free texts."""

    id: Serial
    public_id = Varchar(length=12)
    association = Integer()
    title = Varchar(length=120)
    status = Varchar(length=20, choices=MissionStatus)
    domain = Varchar(length=30)
    place_kind = Varchar(length=20, choices=PlaceKind)
    commune_name = Varchar(length=100)
    department = Varchar(length=3)
    timing = Varchar(length=20, choices=Timing)
    admission = Varchar(length=20, choices=Admission)
    contact_level = Varchar(length=20, choices=ContactLevel)
    minors = Varchar(length=20, choices=Minors)
    two_adults = Boolean()
    created_at = Timestamptz()
    submitted_at = Timestamptz(null=True)
    published_at = Timestamptz(null=True)


class SlotFile(Table, tablename="slot"):
    """When, and how many places."""

    id: Serial
    mission = Integer()
    starts_at = Timestamptz(null=True)
    ends_at = Timestamptz(null=True)
    places = SmallInt()
    places_taken = SmallInt()
    cancelled_at = Timestamptz(null=True)


class DecisionFile(Table, tablename="decision"):
    """Without the free note."""

    id: Serial
    public_id = Varchar(length=12)
    moderator = Integer()
    act = Varchar(length=30, choices=Act)
    association = Integer(null=True)
    mission = Integer(null=True)
    reason = Varchar(length=30)
    created_at = Timestamptz()


class JournalFile(Table, tablename="journal"):
    """Without who moved the row: an account's number is somebody."""

    id: Serial
    subject = Varchar(length=20)
    row_id = BigInt()
    source = Varchar(length=20)
    target = Varchar(length=20)
    by = Varchar(length=20, choices=By)
    at = Timestamptz()


class JobFile(Table, tablename="job"):
    """Without its last error: a database's message may quote an address."""

    id: Serial
    name = Varchar(length=60)
    leased_until = Timestamptz(null=True)
    due_at = Timestamptz()
    succeeded_at = Timestamptz(null=True)


class CommuneFile(Table, tablename="commune"):
    """The communes of France."""

    id: Serial
    code = Varchar(length=5)
    name = Varchar(length=100)
    department = Varchar(length=3)
    population = Integer()
    approximate = Boolean()
