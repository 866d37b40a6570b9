"""The missions that somebody keeps."""

from piccolo.columns import ForeignKey, OnDelete, Serial, Timestamptz
from piccolo.table import Table

from marketplace.accounts.tables import Account
from marketplace.missions.tables import Mission


class Favourite(Table):
    """A mission kept by an account, once. Seen by nobody else, and counted for nobody else."""

    id: Serial
    account = ForeignKey(Account, on_delete=OnDelete.cascade, null=False)
    mission = ForeignKey(Mission, on_delete=OnDelete.cascade, null=False)
    created_at = Timestamptz()
