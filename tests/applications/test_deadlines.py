"""An association that does not answer in time: the place is free, and everybody is told."""

from datetime import datetime, timedelta

import pytest

from marketplace.applications import answers, late, queries
from marketplace.applications.deadlines import ANSWERED_WITHIN
from marketplace.applications.lifecycle import Status
from marketplace.applications.tables import Application
from marketplace.associations.lifecycle import Status as AssociationStatus
from marketplace.associations.tables import Association
from marketplace.errors import Refusal
from marketplace.mail.tables import Email
from marketplace.missions.policies import APPLY_BEFORE
from tests import make
from tests.client import Client, last_email

SECOND = timedelta(seconds=1)
IN_SEVEN_DAYS = make.NOW + ANSWERED_WITHIN
STARTS = make.NOW + timedelta(days=3)


async def status_of(application: Application) -> str:
    row = await Application.objects().get(Application.id == application.id)
    assert row is not None
    return str(row.status)


@pytest.mark.parametrize(
    ("starts_at", "limit"), [(None, IN_SEVEN_DAYS), (STARTS, STARTS - APPLY_BEFORE)], ids=["undated", "dated"]
)
async def test_a_silent_association_loses_the_application_at_its_limit_and_not_before(
    site: object, database: None, starts_at: datetime | None, limit: datetime
) -> None:
    mission = await make.mission(places=1, starts_at=starts_at)
    application = await make.application(mission, await make.volunteer(email="alix@example.org"))

    assert await late.end_late(limit - SECOND) == 0
    assert await late.end_late(limit) == 1
    assert await late.end_late(limit) == 0

    assert await status_of(application) == Status.LAPSED
    assert (await make.only_slot(mission)).places_taken == 0
    assert (await last_email("alix@example.org")).template == "application_lapsed"
    assert await Email.exists().where(Email.template == "application_unanswered")


async def test_the_answer_and_the_deadline_do_not_both_win(site: object, database: None) -> None:
    application = await make.application(await make.mission())
    found = await queries.candidacy(application.public_id)

    with pytest.raises(Refusal) as no:
        await answers.accept(found, 1, IN_SEVEN_DAYS)

    assert "délai" in no.value.title
    assert await status_of(application) == Status.PENDING


async def test_a_minor_who_is_not_answered_is_told_and_the_consent_closes(
    site: object, database: None
) -> None:
    minor = await make.volunteer(age=16, email="noa@example.org")
    mission = await make.mission(minors="open", contact_level="none", exposures=[])
    slot = await make.only_slot(mission)
    await make.consent(minor, slot)
    application = await make.application(slot, minor)

    await late.end_late(IN_SEVEN_DAYS)

    assert await status_of(application) == Status.LAPSED
    assert "tu n’y es pour rien" in (await last_email("noa@example.org")).text
    assert (await last_email("parent@example.org")).template == "consent_closed"


async def test_a_suspended_association_takes_nobody_and_its_deadlines_wait(
    site: object, database: None
) -> None:
    mission = await make.mission()
    application = await make.application(mission)
    await Association.update({Association.status: AssociationStatus.SUSPENDED.value}).where(
        Association.id == mission.association
    )
    found = await queries.candidacy(application.public_id)

    with pytest.raises(Refusal) as no:
        await answers.accept(found, 1, make.NOW)

    assert "suspendue" in no.value.title
    assert await late.end_late(IN_SEVEN_DAYS) == 0
    assert await status_of(application) == Status.PENDING


async def test_a_late_click_on_yes_is_a_page_that_says_so(client: Client, clock: object) -> None:
    mission = await make.mission()
    application = await make.application(mission)
    association = await Association.objects().get(Association.id == mission.association)
    assert association is not None
    await client.sign_in(await make.owner_of(association))
    page = await client.get(f"/candidatures/{application.public_id}")

    clock.move(days=7)  # type: ignore[attr-defined]
    answer = await client.submit(page, form="/oui", status=409)

    assert "Le délai pour répondre est passé" in answer.text
