"""Associations and who belongs to them."""

from piccolo.columns import Date, ForeignKey, OnDelete, Serial, Text, Timestamptz, Varchar
from piccolo.table import Table

from marketplace.accounts.tables import Account
from marketplace.associations.lifecycle import Role, Status
from marketplace.web.ids import new_public_id


class Association(Table):
    """Publishes missions, once verified."""

    id: Serial
    public_id = Varchar(length=12, unique=True, default=new_public_id)
    status = Varchar(length=20, choices=Status, default=Status.DRAFT)
    name = Varchar(length=120)
    legal_kind = Varchar(length=30)  # a key of vocabulary.legal_kinds
    rna = Varchar(length=10)  # W and nine digits
    siret = Varchar(length=14)  # SIREN (9) or SIRET (14): passes the Luhn check
    purpose = Text()
    address = Varchar(length=200)
    commune_code = Varchar(length=5)  # empty when the commune was typed freely
    commune_name = Varchar(length=100)
    postcode = Varchar(length=5)
    department = Varchar(length=3)
    website = Varchar(length=200)
    contact_email = Varchar(length=254)  # shown to everyone
    contact_phone = Varchar(length=20)
    insurer = Varchar(length=120)
    insured_until = Date(null=True, default=None)
    insurance_warned_at = Timestamptz(null=True, default=None)  # last, that it ends
    safeguarding_name = Varchar(length=120)
    safeguarding_contact = Varchar(length=254)
    charter_version = Varchar(length=10)
    charter_accepted_at = Timestamptz(null=True, default=None)
    charter_accepted_by = ForeignKey(Account, on_delete=OnDelete.set_null, null=True)
    created_at = Timestamptz()
    submitted_at = Timestamptz(null=True, default=None)
    verified_at = Timestamptz(null=True, default=None)
    absent_from = Date(null=True, default=None)  # announced: both days included, both or neither
    absent_until = Date(null=True, default=None)


class AbsentDay(Table):
    """A day that an association said, before it began, that nobody would answer. Kept as long as silences."""

    id: Serial
    association = ForeignKey(Association, on_delete=OnDelete.cascade, null=False)
    on_day = Date()


class Membership(Table):
    """An account in an association. One per pair."""

    id: Serial
    public_id = Varchar(length=12, unique=True, default=new_public_id)
    account = ForeignKey(Account, on_delete=OnDelete.restrict, null=False)
    association = ForeignKey(Association, on_delete=OnDelete.restrict, null=False)
    role = Varchar(length=20, choices=Role)
    created_at = Timestamptz()
