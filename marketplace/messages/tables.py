"""Messages: an application's are its thread."""

from enum import StrEnum

from piccolo.columns import Boolean, ForeignKey, OnDelete, Serial, Text, Timestamptz, Varchar
from piccolo.table import Table

from marketplace.accounts.tables import Account
from marketplace.applications.tables import Application


class Side(StrEnum):
    """Who writes: the volunteer, or whoever answers for the association."""

    VOLUNTEER = "volunteer"
    ASSOCIATION = "association"


class Message(Table):
    """Plain text from one side of an application to the other. Never changed; erased with the volunteer."""

    id: Serial
    application = ForeignKey(Application, on_delete=OnDelete.cascade, null=False)
    side = Varchar(length=20, choices=Side)
    author = ForeignKey(Account, on_delete=OnDelete.set_null, null=True)
    text = Text()  # 1 to 2,000 characters
    to_all = Boolean(default=False)  # written once to everybody accepted
    sent_at = Timestamptz()
    read_at = Timestamptz(null=True, default=None)  # by the other side: any of them, for an association
