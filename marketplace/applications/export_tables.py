"""Who took a list of people out of the site, and when."""

from piccolo.columns import ForeignKey, Integer, OnDelete, Serial, Timestamptz
from piccolo.table import Table

from marketplace.accounts.tables import Account
from marketplace.associations.tables import Association
from marketplace.missions.tables import Mission


class ExportLog(Table, tablename="export_log"):
    """One download of the people accepted in a mission."""

    id: Serial
    account = ForeignKey(Account, on_delete=OnDelete.set_null, null=True)
    association = ForeignKey(Association, on_delete=OnDelete.cascade, null=False)
    mission = ForeignKey(Mission, on_delete=OnDelete.cascade, null=False)
    rows = Integer()  # people in it
    at = Timestamptz()
