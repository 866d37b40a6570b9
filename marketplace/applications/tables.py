"""Applications, and the visitors who have not confirmed their e-mail yet."""

from piccolo.columns import (
    Array,
    Boolean,
    Date,
    ForeignKey,
    Integer,
    OnDelete,
    Serial,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.table import Table

from marketplace.applications.lifecycle import Attendance, Status
from marketplace.associations.tables import Association
from marketplace.lifecycle import By
from marketplace.missions.tables import Mission, Slot
from marketplace.volunteers.tables import Volunteer
from marketplace.web.ids import new_public_id


class Applicant(Table):
    """A visitor who applies, until their address is confirmed: gone after thirty minutes at most."""

    id: Serial
    email = Varchar(length=254, unique=True)  # folded; one unconfirmed hold per address
    first_name = Varchar(length=80)
    family_name = Varchar(length=80)
    born_on = Date(null=True, default=None, secret=True)  # None: an adult
    guardian_email = Varchar(length=254)
    guardian_relationship = Varchar(length=20)
    mission = ForeignKey(Mission, on_delete=OnDelete.cascade, null=False)
    slots = Array(base_column=Varchar(length=20))  # the keys of those they chose
    waits = Array(base_column=Varchar(length=20))  # of these, whose list is joined if they are full
    message = Text()
    tasks = Array(base_column=Varchar(length=200))
    undertaking = Text()
    prerequisites = Array(base_column=Varchar(length=30))
    link_hash = Varchar(length=64, unique=True, secret=True)
    network = Varchar(length=64)  # a keyed fingerprint of the network it came from
    created_at = Timestamptz()


class Application(Table):
    """A volunteer's request for a place in one slot. One live one per volunteer and slot.

    `slot`, `volunteer` and `is_minor` never change; the database counts the slot's places from
    `status`, refuses one too many, and refuses an accepted minor without a given consent line.
    """

    id: Serial
    public_id = Varchar(length=12, unique=True, default=new_public_id)
    slot = ForeignKey(Slot, on_delete=OnDelete.restrict, null=False)
    volunteer = ForeignKey(Volunteer, on_delete=OnDelete.restrict, null=True)  # None: unconfirmed
    applicant = ForeignKey(Applicant, on_delete=OnDelete.cascade, null=True)  # of an unconfirmed one
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
    answer_by = Timestamptz(null=True, default=None)  # how long it may stay in this status; None: no limit
    meeting_on = Date(null=True, default=None)  # « on se rencontre le … », once
    meeting_note = Varchar(length=200)  # at what time, where, or by which link; empty for a minor
    coming_at = Timestamptz(null=True, default=None)  # when the volunteer said « je viens »
    attendance = Varchar(length=10, null=True, default=None, choices=Attendance)
    minutes = Integer(null=True, default=None)  # given, as the association counts them
    noted_at = Timestamptz(null=True, default=None)  # when these two were noted, or last corrected


class Reminder(Table):
    """One mail that must go out once: written in the transaction that posts it."""

    id: Serial
    application = ForeignKey(Application, on_delete=OnDelete.cascade, null=False)
    kind = Varchar(length=20)
    sent_at = Timestamptz()


class Silence(Table):
    """A day on which an association let the whole time to answer pass. Forgotten when it comes back."""

    id: Serial
    association = ForeignKey(Association, on_delete=OnDelete.cascade, null=False)
    on_day = Date()
