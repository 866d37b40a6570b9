"""An association is reminded of who waits: after three days, after six, and not while it was suspended."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from marketplace.applications.late import remind
from marketplace.applications.tables import Application, Reminder
from marketplace.mail.tables import Email
from tests import make
from tests.publishing.test_suspension import lift, suspend

pytestmark = pytest.mark.usefixtures("database", "site")
SECOND = timedelta(seconds=1)


async def reminded(at: datetime) -> list[str]:
    """What the clock reminds of at this instant."""
    before = await Email.count()
    await remind(at)
    kinds = [row["kind"] for row in await Reminder.select(Reminder.kind).where(Reminder.sent_at == at)]
    assert await Email.count() - before == len(kinds)
    return kinds


async def pending(**mission: Any) -> Application:
    return await make.application(await make.mission(**mission))


async def test_after_three_days_and_after_six() -> None:
    await pending()

    assert await reminded(make.after(days=3) - SECOND) == []
    assert await reminded(make.after(days=3)) == ["day_3"]
    assert await reminded(make.after(days=6) - SECOND) == []
    assert await reminded(make.after(days=6)) == ["day_6"]
    assert await reminded(make.after(days=7) - SECOND) == []


async def test_a_clock_that_comes_late_sends_the_later_one_alone() -> None:
    await pending()

    assert await reminded(make.after(days=6, hours=1)) == ["day_6"]
    assert await reminded(make.after(days=6, hours=2)) == []


async def test_where_the_start_cuts_the_time_to_answer() -> None:
    await pending(starts_at=make.after(days=4))

    assert await reminded(make.after(days=3) - SECOND) == []
    assert await reminded(make.after(days=3)) == ["day_3"]


async def test_days_of_a_suspension_do_not_count() -> None:
    mission = await make.mission()
    await make.application(mission)
    await suspend(mission, make.after(days=1))
    await lift(mission, make.after(days=11))

    assert await reminded(make.after(days=13) - SECOND) == []
    assert await reminded(make.after(days=13)) == ["day_3"]
    assert await reminded(make.after(days=16) - SECOND) == []
    assert await reminded(make.after(days=16)) == ["day_6"]
