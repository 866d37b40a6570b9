"""The whole schedule, stopped for three days, then on again: the same ends, and the mails that still help."""

from collections import Counter
from datetime import datetime, timedelta

import pytest

from marketplace.applications.lifecycle import Status
from marketplace.applications.tables import Application
from marketplace.associations.tables import Association
from marketplace.consents.tables import Consent
from marketplace.jobs.clock import tick
from marketplace.mail.tables import Email
from marketplace.missions.tables import Mission
from marketplace.schedule import SCHEDULE
from tests import make
from tests.clock.worlds import OPEN_TO_MINORS, volunteers_wait
from tests.databases import clean

STEP, DAYS, STOPPED = timedelta(hours=12), 16, timedelta(days=3)
Ends = dict[str, str]
Mails = Counter[tuple[str, str]]

# From which day the clock stands still: the mails that are not sent then. None is sent in their place.
OVERTAKEN: dict[int, list[tuple[str, str]]] = {
    2: [],  # asked on day 5, the reminder and the question still help
    3: [  # the reminder of day 6 says it; tomorrow's says where
        ("application_reminder", "owner@example.org"),
        ("still_coming", "accepted@example.org"),
    ],
    5: [  # the application has lapsed, the slot is over
        ("application_reminder", "owner@example.org"),
        ("eve_of_slot", "accepted@example.org"),
    ],
}

pytestmark = pytest.mark.usefixtures("migrated", "site")


@pytest.fixture(scope="module")
async def on_time(migrated: None, site: object) -> tuple[Ends, Mails]:
    return await _lived()


@pytest.mark.parametrize("day", OVERTAKEN)
async def test_a_clock_that_stood_still_comes_to_the_same_end(day: int, on_time: tuple[Ends, Mails]) -> None:
    ends, mails = on_time

    late_ends, late_mails = await _lived(make.after(days=day))

    assert {"lapsed", "withdrawn", "expired", "accepted"} <= set(ends.values())
    assert late_ends == ends
    assert list((late_mails - mails).elements()) == []
    assert list((mails - late_mails).elements()) == OVERTAKEN[day]


async def _lived(stopped: datetime | None = None) -> tuple[Ends, Mails]:
    """What days in which nobody acts make of everything, the clock standing still for three of them."""
    await clean()
    await _world()
    for step in range(DAYS * 2 + 1):
        now = make.NOW + step * STEP
        if stopped is None or not stopped <= now < stopped + STOPPED:
            await tick(SCHEDULE, now)
    return await _ends(), Counter((row.template, row.recipient) for row in await Email.objects())


async def _world() -> None:
    """Somebody in each state, and lists behind them; nobody answers anybody."""
    association = await make.association(owner=await make.account(email="owner@example.org"))
    mission = await make.mission(places=3, association=association, **OPEN_TO_MINORS)
    slot = await make.only_slot(mission)
    await make.application(slot, await make.volunteer(email="pending@example.org"))
    minor = await make.volunteer(age=16, email="minor@example.org")
    await make.consent(minor, slot, status="asked")
    await make.application(slot, minor, status=Status.AWAITING_CONSENT)
    await make.application(slot, status=Status.UNCONFIRMED)
    await volunteers_wait(mission, *(f"waits{number}@example.org" for number in range(4)))
    dated = await make.mission(places=1, association=association, starts_at=make.after(days=6, hours=1))
    await make.application(dated, await make.volunteer(email="accepted@example.org"), status=Status.ACCEPTED)
    await volunteers_wait(dated, "never@example.org")


async def _ends() -> Ends:
    """The last state of everything that has one, by a name that two runs share."""
    found: Ends = {}
    for table in (Association, Mission, Consent, Application):
        rows = await table.objects().order_by(table._meta.primary_key)
        found |= {f"{table._meta.tablename} {n}": str(row.status) for n, row in enumerate(rows)}  # type: ignore[attr-defined]
    return found
