"""Hours that were noted stay, whatever becomes of the mission."""

import pytest

from marketplace import check
from marketplace.applications.attendance_actions import Noted, note_attendance
from marketplace.applications.lifecycle import Status
from marketplace.applications.tables import Application
from marketplace.publishing import actions as publishing
from tests import make
from tests.client import emails_to

pytestmark = pytest.mark.usefixtures("database", "site")


async def test_cancelling_an_undated_mission_leaves_those_who_were_there() -> None:
    mission = await make.mission(places=2)
    person = await make.volunteer(email="alix@example.org")
    went = await make.application(mission, person, status=Status.ACCEPTED)
    came_later = await make.application(mission, status=Status.ACCEPTED)
    noted = {went.public_id: Noted("present", 600)}
    await note_attendance(await make.only_slot(mission), noted, make.after(days=2))

    await publishing.cancel(mission, await make.account(), make.after(days=3))

    rows = {row.id: row for row in await Application.objects()}
    assert (rows[went.id].status, rows[went.id].minutes) == (Status.ACCEPTED, 600)
    assert rows[came_later.id].status == Status.LAPSED
    assert "mission_cancelled" not in [mail.template for mail in await emails_to("alix@example.org")]
    assert await check.broken(make.after(days=3)) == {}
