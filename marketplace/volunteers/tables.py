"""Volunteers, and the birth dates of those who are minors."""

from piccolo.columns import Date, ForeignKey, OnDelete, Serial, Timestamptz
from piccolo.table import Table

from marketplace.accounts.tables import Account


class Volunteer(Table):
    """An account offering time. Outlives the account as a pseudonym, so that counts hold."""

    id: Serial
    account = ForeignKey(Account, on_delete=OnDelete.set_null, null=True, unique=True)
    created_at = Timestamptz()


class BirthDate(Table, tablename="birth_date"):
    """A minor's birth date, apart from everything else; an adult has none. Erased at 18."""

    id: Serial
    volunteer = ForeignKey(Volunteer, on_delete=OnDelete.cascade, null=False, unique=True)
    born_on = Date(secret=True)
