"""What each side says once a slot is over: a volunteer of how it went, an association in thanks."""

from enum import StrEnum

from piccolo.columns import ForeignKey, OnDelete, Serial, Text, Timestamptz, Varchar
from piccolo.table import Table

from marketplace.applications.tables import Application


class Side(StrEnum):
    """Who speaks."""

    VOLUNTEER = "volunteer"
    ASSOCIATION = "association"


class Grade(StrEnum):
    """A volunteer's short answer."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class Feedback(Table):
    """Once per application and side. Read by the other side alone: no rating, nothing public."""

    id: Serial
    application = ForeignKey(Application, on_delete=OnDelete.cascade, null=False)
    side = Varchar(length=12, choices=Side)
    as_described = Varchar(length=10, null=True, default=None, choices=Grade)  # the volunteer's
    welcomed = Varchar(length=10, null=True, default=None, choices=Grade)  # the volunteer's
    words = Text()
    created_at = Timestamptz()
