"""What the web kit counts and remembers: attempts per window, and forms already sent."""

from piccolo.columns import Integer, Serial, Timestamptz, Varchar
from piccolo.table import Table


class Attempt(Table):
    """How many times something was tried in a window. `key` holds no address in clear."""

    id: Serial
    key = Varchar(length=120)
    window_at = Timestamptz()
    tries = Integer(default=0)


class SentForm(Table, tablename="sent_form"):
    """A form already sent, and where its answer sent the person: a double click changes nothing."""

    id: Serial
    key_hash = Varchar(length=64, unique=True)
    location = Varchar(length=1000, null=True, default=None)  # None: being answered now
    created_at = Timestamptz()
