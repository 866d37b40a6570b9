"""Searches that people asked to be mailed the new missions of."""

from enum import StrEnum

from piccolo.columns import ForeignKey, OnDelete, Serial, SmallInt, Text, Timestamptz, Varchar
from piccolo.table import Table

from marketplace.accounts.tables import Account


class Frequency(StrEnum):
    """How often new missions are mailed."""

    DAILY = "daily"
    WEEKLY = "weekly"


class SavedSearch(Table, tablename="saved_search"):
    """A search whose new missions are mailed to an account, or to an address that confirmed it (never both).

    `number`, 1 to 10 and once per account or address, is how the database holds that they have ten at most.
    """

    id: Serial
    public_id = Varchar(length=12, unique=True)
    account = ForeignKey(Account, on_delete=OnDelete.cascade, null=True)
    email = Varchar(length=254, null=True, default=None)  # folded
    language = Varchar(length=2)  # of the mails to an address; an account has its own
    query = Text()  # what follows « ? » in the address of the search, '' for all missions
    frequency = Varchar(length=10, choices=Frequency)
    number = SmallInt(null=True, default=None)
    consent_version = Varchar(length=10)  # of the sentence that was ticked
    consented_at = Timestamptz()
    link_hash = Varchar(
        length=64, null=True, default=None, unique=True, secret=True
    )  # of the mail to confirm
    created_at = Timestamptz()
    confirmed_at = Timestamptz(null=True, default=None)  # None: nothing is sent, gone after 7 days
    paused_at = Timestamptz(null=True, default=None)
    seen_until = Timestamptz(
        null=True, default=None
    )  # what was published before was mailed, or could be seen
    next_due_at = Timestamptz(null=True, default=None)
