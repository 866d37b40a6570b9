"""Words that come with a no: an adult reads them; not a minor, nor people of a suspended association."""

import pytest

from marketplace.applications import answers, queries
from marketplace.applications.answers import Ending
from marketplace.applications.bulk_letters import letters
from marketplace.applications.tables import Application
from marketplace.associations.lifecycle import Status as AssociationStatus
from marketplace.associations.tables import Association
from marketplace.lifecycle import By
from tests import make
from tests.client import Client, last_email

pytestmark = pytest.mark.usefixtures("database", "site")
WORDS = "Écris-moi au 06 12 34 56 78."
NO = Ending(By.ASSOCIATION, "other", WORDS)


async def pending(age: int | None = None) -> Application:
    mission = await make.mission(minors="open")
    slot, person = await make.only_slot(mission), await make.volunteer(age=age, email="alix@example.org")
    if age:
        await make.consent(person, slot)
    return await make.application(slot, person)


@pytest.mark.parametrize(("age", "reads"), [(None, True), (16, False)])
async def test_of_the_association(age: int | None, reads: bool) -> None:
    found = await queries.candidacy((await pending(age)).public_id)

    (preview,) = await letters([found], NO, make.NOW)
    await answers.decline(found, NO, 1, make.NOW)

    mail = await last_email("alix@example.org")
    kept = await Application.objects().get(Application.id == found.application.id)
    assert kept is not None
    assert (WORDS in preview.text, WORDS in mail.text, WORDS in mail.html) == (reads, reads, reads)
    assert kept.reason_message == (WORDS if reads else "")


async def test_of_an_association_that_is_suspended(client: Client) -> None:
    one = await pending()
    mission = (await queries.candidacy(one.public_id)).mission
    association = await Association.objects().get(Association.id == mission.association)
    assert association is not None
    await Association.update({Association.status: AssociationStatus.SUSPENDED.value}, force=True)

    await answers.decline(await queries.candidacy(one.public_id), NO, 1, make.NOW)
    await client.sign_in(await make.owner_of(association))
    page = await client.get(f"/mes-missions/{mission.public_id}/acceptes.csv", status=409)

    assert WORDS not in (await last_email("alix@example.org")).text
    assert page.h1 == "Votre association est suspendue"
