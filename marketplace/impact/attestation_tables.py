"""Attestations of hours: what each one says never changes."""

from piccolo.columns import ForeignKey, Integer, OnDelete, Serial, SmallInt, Timestamptz, Varchar
from piccolo.table import Table

from marketplace.accounts.tables import Account
from marketplace.associations.tables import Association
from marketplace.web.ids import new_public_id


class Attestation(Table):
    """The hours somebody gave to an association in a year, as they were counted when it was made."""

    id: Serial
    code = Varchar(length=12, unique=True, default=new_public_id)  # who is shown it may check it
    account = ForeignKey(Account, on_delete=OnDelete.cascade, null=False)
    association = ForeignKey(Association, on_delete=OnDelete.restrict, null=False)
    association_name = Varchar(length=120)
    first_name = Varchar(length=80)
    family_name = Varchar(length=80)
    year = SmallInt()
    minutes = Integer()
    participations = Integer()
    made_at = Timestamptz()
