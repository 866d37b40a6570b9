"""Applications, and the visitors who have not confirmed their e-mail yet."""

from piccolo.columns import Array, Boolean, Date, ForeignKey, OnDelete, Serial, Text, Timestamptz, Varchar
from piccolo.table import Table

from marketplace.applications.lifecycle import Status
from marketplace.lifecycle import By
from marketplace.missions.tables import Slot
from marketplace.volunteers.tables import Volunteer
from marketplace.web.ids import new_public_id


class Application(Table):
    """A volunteer's request for a place in one slot. One live one per volunteer and slot.

    `slot`, `volunteer` and `is_minor` never change; the database counts the slot's places from
    `status`, refuses one too many, and refuses an accepted minor without a given consent line.
    """

    id: Serial
    public_id = Varchar(length=12, unique=True, default=new_public_id)
    slot = ForeignKey(Slot, on_delete=OnDelete.restrict, null=False)
    volunteer = ForeignKey(Volunteer, on_delete=OnDelete.restrict, null=True)  # None: unconfirmed
    status = Varchar(length=20, choices=Status)
    status_at = Timestamptz()  # when it entered the status: deadlines count from here
    is_minor = Boolean(default=False)  # on the slot's day, fixed when made
    came_of_age_at = Timestamptz(null=True, default=None)  # written once
    message = Text()
    tasks = Array(base_column=Varchar(length=200))  # those of the mission the volunteer chose
    undertaking = Text()  # the text accepted; empty: the mission asks none
    prerequisites = Array(base_column=Varchar(length=30))  # those the volunteer confirmed
    ended_by = Varchar(length=20, null=True, default=None, choices=By)
    reason = Varchar(length=30)  # a key of vocabulary.reasons
    reason_message = Text()
    created_at = Timestamptz()
    accepted_at = Timestamptz(null=True, default=None)


class Applicant(Table):
    """Who an unconfirmed application may be for: gone with it, in thirty minutes at most."""

    id: Serial
    application = ForeignKey(Application, on_delete=OnDelete.cascade, null=False, unique=True)
    email = Varchar(length=254, unique=True)  # folded; one unconfirmed hold per address
    first_name = Varchar(length=80)
    family_name = Varchar(length=80)
    born_on = Date(null=True, default=None, secret=True)  # None: an adult
    guardian_email = Varchar(length=254)
    guardian_relationship = Varchar(length=20)
    link_hash = Varchar(length=64, unique=True, secret=True)
    network = Varchar(length=64)  # a keyed fingerprint of the network it came from
    created_at = Timestamptz()
