"""The search index's rows: written by the database's triggers and by `actions`, by nobody else."""

from datetime import UTC, datetime

from piccolo.columns import (
    DoublePrecision,
    ForeignKey,
    Integer,
    OnDelete,
    Serial,
    SmallInt,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.table import Table

from marketplace.missions.tables import Mission

NO_PLACE_LEFT = 1_000_000  # what has no free place sorts after all that has
FAR = datetime(9999, 12, 31, tzinfo=UTC)  # what has no date is open until then, and starts then


class MissionSearch(Table):
    """A mission that was published once. `id` grows with publication: newest first is by it.

    The database counts `open_until` to `places_left` again at every change of the mission's status, its
    association's, its slots and their places. Its text is up to date when the two editions are the same.
    """

    id: Serial
    mission = ForeignKey(Mission, on_delete=OnDelete.cascade, null=False, unique=True)
    edition = Integer(default=1)  # raised by the database when something below up to `tags` is out of date
    indexed_edition = Integer(default=0)
    title_t = Text()  # normalised words, see normalise.py
    body_t = Text()
    tags = Text()  # its filters, see tags.py

    counted_at = Timestamptz()  # writing it makes the database count again; slots past then are left out
    open_until = Timestamptz(null=True, default=None)  # takes applications until then; None: takes nobody
    shown_until = Timestamptz(null=True, default=None)  # the same, were every slot free; None: not public
    stale_at = Timestamptz(null=True, default=None)  # the two below change then, by themselves
    starts_at = Timestamptz()  # the next slot with a free place, else the next one; FAR: undated
    places_left = Integer(default=0)  # NO_PLACE_LEFT: none

    place_kind = Varchar(length=20)
    latitude = DoublePrecision(null=True, default=None)  # None: remote only, or an unknown place
    longitude = DoublePrecision(null=True, default=None)
    x = DoublePrecision(null=True, default=None)  # the same point on a sphere of radius 1
    y = DoublePrecision(null=True, default=None)
    z = DoublePrecision(null=True, default=None)


class SearchWord(Table):
    """A word of the indexed texts, to suggest when one is mistyped."""

    id: Serial
    word = Varchar(length=40, unique=True)  # folded
    shown = Varchar(length=40)  # as people write it
    letter = Varchar(length=4)  # its first
    length = SmallInt()
    uses = Integer(default=1)  # by about how many missions
