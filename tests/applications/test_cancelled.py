"""A mission that is cancelled frees everything and tells everyone concerned, once."""

import asyncio

import pytest

from marketplace import db
from marketplace.applications import answers, queries
from marketplace.applications.answers import Ending
from marketplace.applications.lifecycle import Status
from marketplace.applications.tables import Application
from marketplace.consents.lifecycle import Status as ConsentStatus
from marketplace.consents.tables import Consent
from marketplace.errors import Refusal
from marketplace.guardians import actions as guardians
from marketplace.lifecycle import By
from marketplace.mail.tables import Email
from marketplace.missions.places import lock_mission
from tests import make
from tests.client import Client


async def test_every_live_application_ends_and_everyone_hears(client: Client) -> None:
    mission = await make.mission(places=9, minors="open")
    slot = await make.only_slot(mission)
    for status in (Status.PENDING, Status.ACCEPTED, Status.WAITING, Status.UNCONFIRMED, Status.WITHDRAWN):
        await make.application(slot, status=status)
    minor = await make.volunteer(age=16)
    await make.application(slot, minor, status=Status.ACCEPTED)

    async with db.transaction():
        locked = await lock_mission(mission.id)
        ending = Ending(By.ASSOCIATION, "needs_changed", "Le local ferme.")
        told = await answers.end_all(locked, ending, make.NOW)

    assert told == 4
    assert (await make.only_slot(mission)).places_taken == 0
    left = [row["status"] for row in await db.fetch("SELECT status FROM application ORDER BY id")]
    assert sorted(left) == [Status.LAPSED] * 4 + [Status.WITHDRAWN]
    consent = await Consent.objects().first()
    assert consent is not None
    assert consent.status == ConsentStatus.VOID
    mails = await Email.objects()
    assert sorted(mail.template for mail in mails) == ["consent_closed"] + ["mission_cancelled"] * 4
    to_the_minor = (await make.account_of(minor)).email  # an association writes to a minor in messages alone
    for mail in mails:
        assert mission.address not in mail.text
        if mail.template == "mission_cancelled":
            assert ("Le local ferme." in mail.text) == (mail.recipient != to_the_minor)


@pytest.mark.parametrize("first", ["association", "guardian"])
async def test_the_association_accepts_while_the_guardian_takes_it_back(first: str, client: Client) -> None:
    """Whoever comes first, the minor is out at the end and the place is free."""
    mission = await make.mission(minors="open")
    minor = await make.volunteer(age=16)
    application = await make.application(mission, minor)
    await make.consent(minor, await make.only_slot(mission), parent_secret="parent")
    found = await queries.candidacy(application.public_id)
    acts = [answers.accept(found, 1, make.NOW), guardians.withdraw("parent", make.NOW)]

    outcomes = await asyncio.gather(*(acts if first == "association" else acts[::-1]), return_exceptions=True)

    assert all(answer is None or isinstance(answer, Refusal) for answer in outcomes), outcomes
    row = await Application.objects().get(Application.id == application.id)
    consent = await Consent.objects().first()
    assert row is not None
    assert consent is not None
    assert (row.status, consent.status) == (Status.WITHDRAWN, ConsentStatus.WITHDRAWN)
    assert (await make.only_slot(mission)).places_taken == 0


async def test_what_is_past_stays_as_it_was(client: Client) -> None:
    mission = await make.mission(places=3, minors="open", starts_at=make.after(days=-3))
    slot = await make.only_slot(mission)
    came = await make.application(slot, status=Status.ACCEPTED)
    minor = await make.application(slot, await make.volunteer(age=16), status=Status.ACCEPTED)
    never_answered = await make.application(slot)

    async with db.transaction():
        locked = await lock_mission(mission.id)
        told = await answers.end_all(locked, Ending(By.ASSOCIATION), make.NOW)

    assert told == 1
    left = {row.id: row.status for row in await Application.objects()}
    assert left == {came.id: "accepted", minor.id: "accepted", never_answered.id: "lapsed"}
    consent = await Consent.objects().first()
    assert consent is not None
    assert consent.status == ConsentStatus.GIVEN
