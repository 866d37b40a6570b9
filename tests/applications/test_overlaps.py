"""Before applying, one is told of the dates that overlap."""

from marketplace.applications.lifecycle import Status
from marketplace.applications.overlap_queries import own_overlaps, planned
from marketplace.missions.policies import slot_key
from marketplace.missions.queries import slots_of
from tests import make
from tests.applications.journeys import VISITOR, fill
from tests.client import Client

WARNING = "Des dates se chevauchent"


async def test_a_date_that_overlaps_another_one_is_said_before_sending(client: Client) -> None:
    zoe = await make.volunteer()
    other = await make.mission(starts_at=make.after(days=5, hours=1), title="Aide aux devoirs")
    await make.application(other, zoe, status=Status.ACCEPTED)
    mission = await make.mission(starts_at=make.after(days=5))
    await client.sign_in(await make.account_of(zoe))

    page = await fill(client, mission, {})

    assert WARNING in page.text
    assert "se chevauche avec « Aide aux devoirs »" in page.text.replace("\u00a0", " ")


async def test_dates_of_one_form_that_overlap_are_said(client: Client) -> None:
    mission = await make.mission(starts_at=make.after(days=5))
    await make.slot(mission, starts_at=make.after(days=5, hours=1))
    keys = [slot_key(slot) for slot in await slots_of(mission.id)]

    both = await fill(client, mission, {**VISITOR, "slots": keys})
    one = await fill(client, mission, {**VISITOR, "slots": keys[:1]})

    assert WARNING in both.text
    assert WARNING not in one.text


async def test_dates_that_only_touch_and_undated_missions_are_not(client: Client) -> None:
    zoe = await make.volunteer()
    await make.application(await make.mission(starts_at=make.after(days=5, hours=2)), zoe, status="accepted")
    await make.application(await make.mission(), zoe, status="accepted")
    await client.sign_in(await make.account_of(zoe))

    assert WARNING not in (await fill(client, await make.mission(starts_at=make.after(days=5)), {})).text
    assert WARNING not in (await fill(client, await make.mission(), {})).text


async def test_only_dates_where_a_place_is_held_count(database: None) -> None:
    zoe = await make.volunteer()
    account = (await make.account_of(zoe)).id
    for status in set(Status) - {Status.UNCONFIRMED}:
        await make.application(
            await make.mission(starts_at=make.after(days=5), title=status), zoe, status=status
        )
    slot = await make.only_slot(await make.mission(starts_at=make.after(days=5, hours=1)))

    found = await own_overlaps(account, [slot], make.NOW)

    held = {"accepted", "awaiting_consent", "offered", "pending"}
    assert {one.title for one in found[slot.id]} == held
    assert {one.title for one in await planned(account, make.NOW)} == held
    assert await planned(account, make.after(days=6)) == []
