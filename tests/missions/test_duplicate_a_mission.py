"""A copy of a mission."""

from typing import Any

from marketplace.accounts.tables import Account
from marketplace.associations.tables import Association
from marketplace.missions.lifecycle import Minors, Status
from marketplace.missions.tables import Mission
from tests import make
from tests.client import Client, Page
from tests.make import NOW


async def stored(public_id: str) -> Any:
    mission = await Mission.objects().get(Mission.public_id == public_id)
    assert mission is not None
    return mission


def draft_id(page: Page) -> str:
    return page.location.split("/")[2]


async def test_a_copy_is_a_new_draft_without_dates_nor_minors(client: Client) -> None:
    mission = await make.mission(
        starts_at=make.after(days=20), places=9, minors=Minors.OPEN, skills_needed=["filing"]
    )
    await client.sign_in(await _owner(mission))
    page = await client.get(f"/mes-missions/{mission.public_id}")

    answer = await client.submit(page, form="copie")

    copy = await stored(draft_id(answer))
    slot: Any = await make.only_slot(copy)
    assert copy.id != mission.id
    assert (copy.status, copy.minors, copy.published_at) == (Status.DRAFT, Minors.CLOSED, None)
    assert (copy.title, copy.skills_needed, slot.places) == (mission.title, ["filing"], 9)
    assert (slot.starts_at, slot.places_taken) == (None, 0)
    assert copy.created_at == NOW
    check = await client.follow(answer)
    assert "Écrivez le jour et l’heure." in check.text


async def _owner(mission: Mission) -> Account:
    association = await Association.objects().get(Association.id == mission.association)
    assert association is not None
    return await make.owner_of(association)
