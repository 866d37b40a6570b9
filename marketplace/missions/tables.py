"""Missions and their slots."""

from piccolo.columns import (
    Array,
    Boolean,
    DoublePrecision,
    ForeignKey,
    OnDelete,
    Serial,
    SmallInt,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.table import Table

from marketplace.accounts.tables import Account
from marketplace.associations.tables import Association
from marketplace.missions.lifecycle import (
    Admission,
    ContactLevel,
    Minors,
    PausedBecause,
    PlaceKind,
    Status,
    Timing,
)
from marketplace.web.ids import new_public_id


class Mission(Table):
    """The work. Empty texts and lists are what its author has not written yet."""

    id: Serial
    public_id = Varchar(length=12, unique=True, default=new_public_id)
    association = ForeignKey(Association, on_delete=OnDelete.restrict, null=False)
    author = ForeignKey(Account, on_delete=OnDelete.set_null, null=True)
    status = Varchar(length=20, choices=Status, default=Status.DRAFT)
    paused_because = Varchar(length=20, null=True, default=None, choices=PausedBecause)
    suspended_from = Varchar(length=20, null=True, default=None, choices=Status)

    domain = Varchar(length=30)  # a key of vocabulary.domains
    activities = Array(base_column=Varchar(length=30))  # 1 to 3 keys
    title = Varchar(length=120)
    presentation = Text()
    tasks = Array(base_column=Varchar(length=200))  # 0 to 20, in the author's words and order
    details = Text()
    audiences = Array(base_column=Varchar(length=30))
    skills_needed = Array(base_column=Varchar(length=30))
    skills_wished = Array(base_column=Varchar(length=30))
    training = Varchar(length=500)  # what is offered; empty: none
    place_kind = Varchar(length=20, choices=PlaceKind)
    address = Varchar(length=200)  # for accepted volunteers and guardians asked to agree, nobody else
    commune_code = Varchar(length=5)
    commune_name = Varchar(length=100)
    postcode = Varchar(length=5)
    department = Varchar(length=3)
    latitude = DoublePrecision(null=True, default=None)
    longitude = DoublePrecision(null=True, default=None)
    timing = Varchar(length=20, choices=Timing)
    rhythm = Varchar(length=30)
    day_parts = Array(base_column=Varchar(length=30))
    admission = Varchar(length=20, choices=Admission, default=Admission.REVIEW)
    contact_level = Varchar(length=20, choices=ContactLevel)
    exposures = Array(base_column=Varchar(length=30), null=True, default=None)  # None: not answered yet
    minors = Varchar(length=20, choices=Minors, default=Minors.CLOSED)
    two_adults = Boolean(default=False)  # two adults are always present
    prerequisites = Array(base_column=Varchar(length=30))  # 0 to 5 keys
    undertaking = Text()  # the confidentiality text volunteers accept; empty: none
    supervisor_name = Varchar(length=120)
    supervisor_role = Varchar(length=120)
    supervisor_phone = Varchar(length=20)
    wheelchair = Boolean(default=False)
    public_transport = Boolean(default=False)
    peers_welcome = Boolean(default=False)  # about the mission, never about a person

    created_at = Timestamptz()
    updated_at = Timestamptz()
    submitted_at = Timestamptz(null=True, default=None)
    published_at = Timestamptz(null=True, default=None)
    referent = ForeignKey(Account, on_delete=OnDelete.set_null, null=True)  # the member who answers for it
    hand_over_note = Text()  # for the members who come after
    stands_at = Timestamptz(null=True, default=None)  # the last sign that it still stands
    stands_asked_at = Timestamptz(null=True, default=None)  # asked since, without an answer yet


class Slot(Table):
    """When a mission happens, with its own places. `places_taken` is counted by the database alone."""

    id: Serial
    mission = ForeignKey(Mission, on_delete=OnDelete.restrict, null=False)
    starts_at = Timestamptz(null=True, default=None)  # None: undated
    ends_at = Timestamptz(null=True, default=None)
    places = SmallInt(default=1)  # 1 to 500
    places_taken = SmallInt(default=0)
    cancelled_at = Timestamptz(null=True, default=None)
    created_at = Timestamptz()
