"""A guardian's consent, the slots it covers, and the guardian's contact, erasable beside it."""

from piccolo.columns import BigInt, ForeignKey, OnDelete, Serial, Timestamptz, Varchar
from piccolo.table import Table

from marketplace.consents.lifecycle import Status
from marketplace.missions.tables import Mission, Slot
from marketplace.volunteers.tables import Volunteer
from marketplace.web.ids import new_public_id


class Consent(Table):
    """A guardian's permission for one minor in one mission. One request per form."""

    id: Serial
    public_id = Varchar(length=12, unique=True, default=new_public_id)
    volunteer = ForeignKey(Volunteer, on_delete=OnDelete.restrict, null=False)
    mission = ForeignKey(Mission, on_delete=OnDelete.restrict, null=False)
    status = Varchar(length=20, choices=Status, default=Status.ASKED)
    text_version = Varchar(length=10)  # of the statement the guardian is shown
    link_hash = Varchar(
        length=64, null=True, default=None, unique=True, secret=True
    )  # None: used or replaced
    link_expires_at = Timestamptz()
    parent_link_hash = Varchar(length=64, null=True, default=None, unique=True, secret=True)
    created_at = Timestamptz()
    decided_at = Timestamptz(null=True, default=None)


class ConsentLine(Table, tablename="consent_line"):
    """One slot of a consent. The database lets no accepted minor's slot lose its given line."""

    id: Serial
    consent = ForeignKey(Consent, on_delete=OnDelete.restrict, null=False)
    volunteer = BigInt()  # the consent's, repeated so that the database can hold the two together
    slot = ForeignKey(Slot, on_delete=OnDelete.restrict, null=False)
    status = Varchar(length=20, choices=Status, default=Status.ASKED)


class Guardian(Table):
    """Who was asked, and who answered. Erased at the end; the consent stays."""

    id: Serial
    consent = ForeignKey(Consent, on_delete=OnDelete.cascade, null=False, unique=True)
    email = Varchar(length=254, secret=True)
    name = Varchar(length=120)
    relationship = Varchar(length=20)  # a key of vocabulary.relationships
    phone = Varchar(length=20)
