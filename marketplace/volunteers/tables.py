"""Volunteers, the birth dates of those who are minors, and what volunteers say they look for."""

from piccolo.columns import (
    Array,
    Date,
    DoublePrecision,
    ForeignKey,
    OnDelete,
    Serial,
    SmallInt,
    Timestamptz,
    Varchar,
)
from piccolo.table import Table

from marketplace.accounts.tables import Account


class Volunteer(Table):
    """An account offering time. Outlives the account as a pseudonym, so that counts hold."""

    id: Serial
    account = ForeignKey(Account, on_delete=OnDelete.set_null, null=True, unique=True)
    created_at = Timestamptz()


class BirthDate(Table, tablename="birth_date"):
    """A minor's birth date, apart from everything else; an adult has none. Erased at 18."""

    id: Serial
    volunteer = ForeignKey(Volunteer, on_delete=OnDelete.cascade, null=False, unique=True)
    born_on = Date(secret=True)


class Preferences(Table, tablename="volunteer_preferences"):
    """What a volunteer says they look for. Seen by nobody else; nothing about who or how they are.

    Lists hold keys of the vocabularies. Everything is optional: who says nothing has no row.
    """

    id: Serial
    volunteer = ForeignKey(Volunteer, on_delete=OnDelete.cascade, null=False, unique=True)
    skills = Array(base_column=Varchar(length=30))
    audiences = Array(base_column=Varchar(length=30))
    domains = Array(base_column=Varchar(length=30))
    rhythms = Array(base_column=Varchar(length=30))
    day_parts = Array(base_column=Varchar(length=30))
    place_kind = Varchar(length=20)  # "remote", "on_site" or '' for both
    commune_code = Varchar(length=5)  # '' when it was written freely, or not said
    commune_name = Varchar(length=100)
    postcode = Varchar(length=5)
    department = Varchar(length=3)
    latitude = DoublePrecision(null=True, default=None)  # WGS 84 degrees, of the commune
    longitude = DoublePrecision(null=True, default=None)
    radius_km = SmallInt(default=30)  # of no effect without a commune
    updated_at = Timestamptz()
