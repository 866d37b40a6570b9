"""Links that calendar programs follow."""

from piccolo.columns import ForeignKey, OnDelete, Serial, Timestamptz, Varchar
from piccolo.table import Table

from marketplace.accounts.tables import Account


class CalendarFeed(Table, tablename="calendar_feed"):
    """An account's one private link to its accepted slots. Only the fingerprint of its secret is stored."""

    id: Serial
    account = ForeignKey(Account, on_delete=OnDelete.cascade, null=False, unique=True)
    secret_hash = Varchar(length=64, unique=True, secret=True)
    created_at = Timestamptz()
