"""When an association may still write its few words: as messages, and to a minor with the guardian only."""

from datetime import datetime, timedelta

import pytest

from marketplace.applications import queries
from marketplace.applications.feedback_actions import thank
from marketplace.applications.feedback_errors import ThanksClosed, ThanksOnHold
from marketplace.applications.lifecycle import Attendance, Status
from marketplace.applications.tables import Application
from marketplace.associations.lifecycle import Status as AssociationStatus
from marketplace.associations.tables import Association
from marketplace.guardians import actions as guardians
from marketplace.lifecycle import By, note
from marketplace.mail.tables import Email
from tests import make
from tests.client import Client, Clock

pytestmark = pytest.mark.usefixtures("database", "site")
ENDS = make.after(days=5, hours=2)  # slots of tests/make.py last two hours
PARENT = "q" * 43


async def accepted() -> Application:
    mission = await make.mission(starts_at=make.after(days=5))
    return await make.application(mission, status=Status.ACCEPTED)


async def thanks(one: Application, at: datetime) -> None:
    await thank(await queries.candidacy(one.public_id), "Merci", at)


async def test_until_thirty_days_after_the_end() -> None:
    first, second = await accepted(), await accepted()

    await thanks(first, ENDS + timedelta(days=30) - timedelta(seconds=1))
    with pytest.raises(ThanksClosed):
        await thanks(second, ENDS + timedelta(days=30))

    assert await Email.count() == 1


async def test_not_by_an_association_that_is_suspended() -> None:
    one = await accepted()
    await Association.update({Association.status: AssociationStatus.SUSPENDED.value}, force=True)

    with pytest.raises(ThanksOnHold):
        await thanks(one, ENDS)

    assert await Email.count() == 0


async def test_not_to_a_minor_whose_guardian_no_longer_agrees(client: Client, clock: Clock) -> None:
    mission = await make.mission(minors="open")
    slot, minor = await make.only_slot(mission), await make.volunteer(age=16)
    await make.consent(minor, slot, parent_secret=PARENT)
    one = await make.application(slot, minor)
    noted = {"status": Status.ACCEPTED, "accepted_at": make.NOW, "answer_by": None, "minutes": 60}
    noted |= {"attendance": Attendance.PRESENT.value, "noted_at": make.NOW}
    await Application.update(noted).where(Application.id == one.id)  # type: ignore[arg-type]
    await note("application", one.id, Status.PENDING, Status.ACCEPTED, By.ASSOCIATION, make.NOW)
    await guardians.withdraw(PARENT, make.after(hours=1))
    mails = await Email.count()

    with pytest.raises(ThanksClosed):
        await thanks(one, make.after(hours=2))
    association = await Association.objects().get(Association.id == mission.association)
    assert association is not None
    await client.sign_in(await make.owner_of(association))
    clock.move(hours=2)
    page = await client.get(f"/candidatures/{one.public_id}/retour")

    assert await Email.count() == mails
    assert page.forms() == []
    assert "tant que son parent est d’accord" in page.text
