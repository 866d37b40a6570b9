"""An insurance that ends: warned of twice, then no minor comes."""

from datetime import date, timedelta

import pytest

from marketplace import db
from marketplace.applications import actions, answers, queries, waiting
from marketplace.applications.actions import Choices
from marketplace.applications.answer_errors import InsuranceOver
from marketplace.applications.errors import AdultsOnly
from marketplace.applications.lifecycle import Status
from marketplace.applications.tables import Application
from marketplace.associations.insurance_actions import warn
from marketplace.associations.tables import Association
from marketplace.consents.actions import Answer, GuardianAddress
from marketplace.guardians import actions as guardians
from marketplace.missions.lifecycle import Minors
from marketplace.missions.tables import Mission
from marketplace.publishing import actions as publishing
from marketplace.publishing.errors import MinorsStayOut
from marketplace.web.clock import paris_day
from tests import make
from tests.client import Client, emails_to, last_email, links_in
from tests.make import NOW, after

TODAY = paris_day(NOW)
PARENT = "parent@example.org"

pytestmark = pytest.mark.usefixtures("database", "site")


async def insured_until(until: date, mission: Mission) -> None:
    await Association.update({Association.insured_until: until}).where(Association.id == mission.association)


async def insurance_over(mission: Mission) -> None:
    await insured_until(TODAY - timedelta(days=1), mission)


async def status_of(row: Application) -> str:
    return (await queries.candidacy(row.public_id)).application.status


async def test_it_is_warned_of_thirty_and_seven_days_before_once_each() -> None:
    association = await make.association(insured_until=TODAY + timedelta(days=31))
    email = (await make.owner_of(association)).email
    told = []
    for day in range(40):
        told += [day] if await warn(after(days=day)) else []
        assert await warn(after(days=day)) == 0
    assert told == [1, 24]
    assert len(await emails_to(email)) == 2
    mail = await last_email(email)
    assert "se termine le" in mail.text
    assert f"/{association.public_id}/assurance" in mail.text


async def test_a_renewed_insurance_is_warned_of_anew() -> None:
    association = await make.association(insured_until=TODAY + timedelta(days=5))
    assert await warn(NOW) == 1
    await Association.update({Association.insured_until: TODAY + timedelta(days=370)}).where(
        Association.id == association.id
    )
    assert await warn(after(days=339)) == 0
    assert await warn(after(days=340)) == 1


async def test_a_clock_that_stood_still_says_that_it_is_over_and_nobody_else_is_warned() -> None:
    over = await make.association(insured_until=TODAY - timedelta(days=1))
    for status in ("draft", "suspended", "closed"):
        await make.association(status=status, insured_until=TODAY)
    await make.association(insured_until=None)
    assert await warn(NOW) == 1
    assert await warn(after(days=1)) == 0
    assert "s’est terminée le" in (await last_email((await make.owner_of(over)).email)).text


async def test_a_minor_is_refused_and_an_adult_is_not() -> None:
    mission = await make.mission(minors=Minors.OPEN)
    await insurance_over(mission)
    slot = await make.only_slot(mission)
    minor = await make.account_of(await make.volunteer(age=16))
    with pytest.raises(AdultsOnly):
        await actions.apply(minor, None, [slot], Choices(guardian=GuardianAddress(PARENT, "parent")), NOW)
    assert (await actions.apply(await make.account(), None, [slot], Choices(), NOW)).applications


async def test_a_guardian_s_yes_accepts_nobody() -> None:
    mission = await make.mission(minors=Minors.OPEN, admission="instant", starts_at=after(days=20))
    minor = await make.account_of(await make.volunteer(age=16))
    choices = Choices(guardian=GuardianAddress(PARENT, "parent"))
    done = await actions.apply(minor, None, [await make.only_slot(mission)], choices, NOW)
    await insurance_over(mission)
    token = links_in(await last_email(PARENT))[0].rpartition("/")[2]
    await guardians.give(token, Answer("Maman", "parent", "0600000000"), None, NOW)
    assert await status_of(done.applications[0]) == Status.PENDING


async def test_a_minor_is_accepted_once_it_is_renewed() -> None:
    mission = await make.mission(minors=Minors.OPEN, places=3)
    slot = await make.only_slot(mission)
    minor = await make.volunteer(age=16)
    await make.consent(minor, slot)
    waits = await make.application(slot, minor)
    adult = await make.application(mission)
    await insurance_over(mission)
    with pytest.raises(InsuranceOver):
        await answers.accept(await queries.candidacy(waits.public_id), 1, NOW)
    await answers.accept(await queries.candidacy(adult.public_id), 1, NOW)
    await insured_until(TODAY, mission)
    await answers.accept(await queries.candidacy(waits.public_id), 1, NOW)
    assert await status_of(waits) == await status_of(adult) == Status.ACCEPTED


async def test_no_freed_place_goes_to_a_minor() -> None:
    mission = await make.mission(minors=Minors.OPEN, places=1)
    minor = await make.volunteer(age=16)
    waits = await make.application(mission, minor, status=Status.WAITING)
    await insurance_over(mission)
    assert await waiting.sweep(NOW) == 0
    assert await status_of(waits) == Status.WAITING


async def test_a_moderator_opens_nothing_to_minors() -> None:
    mission = await make.mission(minors=Minors.REQUESTED)
    await insurance_over(mission)
    with pytest.raises(MinorsStayOut, match="assurance"):
        async with db.transaction():
            await publishing.open_to_minors(mission, 1, NOW)


async def test_the_page_of_a_mission_says_that_it_is_for_adults(client: Client) -> None:
    mission = await make.mission(minors=Minors.OPEN)
    assert "Dès 16 ans" in (await client.get(f"/missions/{mission.public_id}")).text
    await insurance_over(mission)
    page = (await client.get(f"/missions/{mission.public_id}")).text
    assert "Dès 16 ans" not in page
    assert "À partir de 18 ans" in page


async def test_the_association_is_led_to_its_insurance(client: Client) -> None:
    mission = await make.mission(minors=Minors.OPEN)
    slot = await make.only_slot(mission)
    minor = await make.volunteer(age=16)
    await make.consent(minor, slot)
    waits = await make.application(slot, minor)
    await insurance_over(mission)
    association = await Association.objects().get(Association.id == mission.association)
    assert association is not None
    await client.sign_in(await make.owner_of(association))
    page = await client.get(f"/candidatures/{waits.public_id}")
    refused = await client.submit(page, form="/oui", status=409)
    assert "Votre assurance est terminée" in refused.text
    assert f"/{association.public_id}/assurance" in refused.html
    assert await status_of(waits) == Status.PENDING
