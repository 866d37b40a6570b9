"""What the statistics job wrote last: the public figures, and how long each association takes to answer."""

from piccolo.columns import ForeignKey, Integer, OnDelete, Serial, SmallInt, Timestamptz, Varchar
from piccolo.table import Table

from marketplace.associations.tables import Association


class Statistic(Table):
    """A line of the public page, as it is published: None where the figure is hidden, and nowhere kept."""

    id: Serial
    scope = Varchar(length=20)  # see policies.Scope
    key = Varchar(length=30)  # a département's code, 'remote', an audience; '' for the whole
    missions = Integer()  # public, with a slot to come or undated
    missions_open = Integer()  # those with a free place
    missions_minors = Integer()  # those open to minors
    places = Integer()  # of these missions' slots to come or undated
    places_taken = Integer()
    applications = Integer(null=True, default=None)  # rounded; about people, like the two below
    answered_tenths = SmallInt(null=True, default=None)  # of ten applications, answered within a week
    answer_days = SmallInt(null=True, default=None)  # median
    computed_at = Timestamptz()


class UsualAnswer(Table, tablename="usual_answer"):
    """An association's median days to an answer; no row below five answers."""

    id: Serial
    association = ForeignKey(Association, on_delete=OnDelete.cascade, null=False, unique=True)
    days = SmallInt()
    computed_at = Timestamptz()
