"""The open missions and their places, counted every few minutes: written by `counts.recount` only."""

from piccolo.columns import Integer, Serial, Timestamptz, Varchar
from piccolo.table import Table


class OpenCount(Table):
    """How many missions of a kind take people. A kind and key without a row: none, once there is any row."""

    id: Serial
    kind = Varchar(length=20)  # see counts.Kind
    key = Varchar(length=30)  # a département's code, a domain, an audience; '' for all and remote
    missions = Integer()
    places = Integer()  # free ones
    counted_at = Timestamptz()
