"""When each job last ran, and who runs it now."""

from piccolo.columns import Serial, Timestamptz, Varchar
from piccolo.table import Table


class Job(Table):
    """One line per job of the schedule: its lease and its last success."""

    id: Serial
    name = Varchar(length=60, unique=True)
    leased_until = Timestamptz(null=True, default=None)
    due_at = Timestamptz()
    succeeded_at = Timestamptz(null=True, default=None)
    error = Varchar(length=300)
