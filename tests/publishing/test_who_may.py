"""Who may see and move a mission: its owners and managers; readers look; to the others it is not there."""

from typing import Any

import pytest

from marketplace.associations.tables import Association
from marketplace.missions.lifecycle import Status
from marketplace.missions.tables import Mission
from tests import make
from tests.client import OURS, Client

DATE = "/dates/sans-date"
PATHS = [
    "",
    "/apercu",
    "/verification",
    "/ecrire/domaine",
    "/precisions",
    "/dates",
    DATE,
    f"{DATE}/annulation",
    "/fin",
    "/annulation",
]
POSTS = [
    "/verification",
    "/ecrire/places",
    "/copie",
    "/pause",
    "/reprise",
    "/precisions",
    "/dates",
    DATE,
    f"{DATE}/annulation",
    "/actualite",
    "/fin",
    "/annulation",
]


async def mine(client: Client, role: str = "manager", **values: object) -> Mission:
    """A mission, and the client signed in as a member of its association."""
    association, account = await make.association(), await make.account()
    await make.member(association, account, role=role)
    await client.sign_in(account)
    return await make.mission(association=association, **values)  # type: ignore[arg-type]


async def now_is(mission: Mission) -> Any:
    found = await Mission.objects().get(Mission.id == mission.id)
    assert found is not None
    return found


@pytest.mark.parametrize("path", PATHS)
async def test_somebody_elses_mission_is_not_found(client: Client, path: str) -> None:
    await mine(client)
    other = await make.mission(status=Status.DRAFT)
    await client.get(f"/mes-missions/{other.public_id}{path}", status=404)
    await client.get(f"/mes-missions/nothing-here%00{path}", status=404)


@pytest.mark.parametrize("path", POSTS)
async def test_somebody_elses_mission_is_not_moved(client: Client, path: str) -> None:
    own = await mine(client)
    key = (await client.get(f"/mes-missions/{own.public_id}{DATE}")).form_key
    other = await make.mission(status=Status.DRAFT)
    sent = {"form_key": key, "places": "9"}
    await client.post(f"/mes-missions/{other.public_id}{path}", sent, status=404, headers=OURS)
    assert (await now_is(other)).status == Status.DRAFT
    assert (await make.only_slot(other)).places == 2


@pytest.mark.parametrize("path", POSTS)
async def test_a_reader_sees_missions_and_moves_nothing(client: Client, path: str) -> None:
    mission = await mine(client, role="reader")
    page = await client.get(f"/mes-missions/{mission.public_id}")
    assert page.forms() == []
    account = await client.get("/mon-compte")
    sent = {"form_key": account.form_key, "places": "9"}
    await client.post(f"/mes-missions/{mission.public_id}{path}", sent, status=404)
    assert (await now_is(mission)).status == Status.PUBLISHED
    assert (await make.only_slot(mission)).places == 2


async def test_a_reader_lists_missions_without_a_button(client: Client) -> None:
    mission = await mine(client, role="reader")
    association = await Association.objects().get(Association.id == mission.association)
    assert association is not None
    index = await client.get(f"/mes-associations/{association.public_id}/missions")
    assert mission.title in index.text
    assert index.forms() == []


async def test_an_unverified_association_is_told_to_wait(client: Client) -> None:
    association, account = await make.association(status="submitted"), await make.account()
    await make.member(association, account)
    await client.sign_in(account)
    mission = await make.mission(association=association, status=Status.DRAFT)
    page = await client.get(f"/mes-missions/{mission.public_id}/verification")
    assert "L’association n’est pas encore vérifiée" in page.text
    assert all("verification" not in form.get("action", "") for form in page.forms())
    sent = {"form_key": page.form_key}
    answer = await client.post(f"/mes-missions/{mission.public_id}/verification", sent, status=409)
    assert "L’association n’est pas encore vérifiée" in answer.text
    assert (await now_is(mission)).status == Status.DRAFT
