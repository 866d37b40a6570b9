"""« Toujours d’actualité ? »: asked every three months, paused without an answer, resumed by a click."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest

from marketplace.accounts.tables import Account
from marketplace.associations.lifecycle import Status as Association_
from marketplace.associations.tables import Association
from marketplace.lifecycle import Change
from marketplace.missions.lifecycle import Status
from marketplace.missions.tables import Mission
from marketplace.publishing import actions, stands
from marketplace.publishing.stands import ASKED_EVERY, PAUSED_AFTER
from tests import make
from tests.client import Client, emails_to
from tests.make import NOW

SECOND = timedelta(seconds=1)
ASKED = NOW + ASKED_EVERY
LATE = timedelta(days=3)


async def now_is(mission: Mission) -> Any:
    found = await Mission.objects().get(Mission.id == mission.id)
    assert found is not None
    return found


async def owner(mission: Mission) -> Account:
    association = await Association.objects().get(Association.id == mission.association)
    assert association is not None
    return await make.owner_of(association)


async def mails(mission: Mission) -> list[str]:
    return [mail.template for mail in await emails_to((await owner(mission)).email)]


async def undated(**values: Any) -> Mission:
    return await make.mission(**{"stands_at": NOW} | values)


@pytest.mark.usefixtures("database", "site")
@pytest.mark.parametrize("late", [timedelta(0), LATE], ids=["on time", "three days late"])
async def test_asked_once_then_paused_once(late: timedelta) -> None:
    mission = await undated()
    assert await stands.ask_and_pause(ASKED - SECOND) == 0

    asked = ASKED + late
    for _ in range(2):
        await stands.ask_and_pause(asked)
    assert await mails(mission) == ["mission_stands_asked"]
    assert (await now_is(mission)).stands_asked_at == asked
    await stands.ask_and_pause(asked + PAUSED_AFTER - SECOND)
    assert (await now_is(mission)).status == Status.PUBLISHED

    for _ in range(2):
        await stands.ask_and_pause(asked + PAUSED_AFTER + late)
    paused = await now_is(mission)
    assert (paused.status, paused.paused_because) == (Status.PAUSED, "undated")
    assert await mails(mission) == ["mission_stands_asked", "mission_paused_automatically"]


@pytest.mark.usefixtures("database", "site")
async def test_a_clock_that_stopped_for_half_a_year_still_asks_before_it_pauses() -> None:
    mission = await undated()
    await stands.ask_and_pause(NOW + timedelta(days=180))
    assert (await now_is(mission)).status == Status.PUBLISHED
    assert await mails(mission) == ["mission_stands_asked"]


@pytest.mark.usefixtures("database", "site")
async def test_two_clocks_at_once_ask_once_and_pause_once() -> None:
    mission = await undated()
    await asyncio.gather(*(stands.ask_and_pause(ASKED) for _ in range(3)))
    assert await mails(mission) == ["mission_stands_asked"]
    await asyncio.gather(*(stands.ask_and_pause(ASKED + PAUSED_AFTER) for _ in range(3)))
    assert await mails(mission) == ["mission_stands_asked", "mission_paused_automatically"]
    assert await Change.count().where(Change.row_id == mission.id, Change.target == "paused") == 1


@pytest.mark.usefixtures("database", "site")
@pytest.mark.parametrize(
    ("values", "count", "asked"),
    [
        ({"starts_at": ASKED + timedelta(days=9), "rhythm": ""}, 1, False),  # once
        ({"starts_at": ASKED + timedelta(days=9), "rhythm": "few_hours_week"}, 1, True),
        ({"starts_at": ASKED + timedelta(days=9), "rhythm": ""}, 2, True),
        ({"starts_at": NOW, "rhythm": "few_hours_week"}, 1, False),  # over
        ({"status": Status.PAUSED}, 1, False),
        ({"status": Status.DRAFT}, 1, False),
        ({"status": Status.CANCELLED}, 1, False),
    ],
)
async def test_who_is_asked(values: dict[str, Any], count: int, asked: bool) -> None:
    mission = await undated(**values)
    for number in range(1, count):
        await make.slot(mission, starts_at=ASKED + timedelta(days=9 + number))
    await stands.ask_and_pause(ASKED)
    assert (await mails(mission) == ["mission_stands_asked"]) is asked


@pytest.mark.usefixtures("database", "site")
async def test_dates_that_come_back_are_asked_about_again_and_never_paused() -> None:
    mission = await undated(starts_at=NOW + timedelta(days=400), rhythm="few_hours_week")
    for day in range(91, 91 * 3 + 1, 7):
        await stands.ask_and_pause(NOW + timedelta(days=day))
    assert await mails(mission) == ["mission_stands_asked"] * 3
    assert (await now_is(mission)).status == Status.PUBLISHED


@pytest.mark.usefixtures("database", "site")
async def test_a_suspended_association_is_left_alone() -> None:
    association = await make.association(status=Association_.SUSPENDED)
    mission = await undated(association=association)
    await stands.ask_and_pause(ASKED)
    assert await mails(mission) == []


@pytest.mark.usefixtures("database", "site")
async def test_any_change_is_a_sign() -> None:
    mission = await undated()
    await stands.ask_and_pause(ASKED)
    slot = await make.only_slot(mission)
    later = ASKED + timedelta(days=1)
    for act in (
        actions.edit(mission, {"details": "On vient à deux."}, later),
        actions.change_places(mission, slot, 4, later),
        stands.stand(mission, await owner(mission), later),
    ):
        await Mission.update({Mission.stands_at: NOW, Mission.stands_asked_at: ASKED}).where(
            Mission.id == mission.id
        )
        await act
        sign = await now_is(mission)
        assert (sign.stands_at, sign.stands_asked_at) == (later, None)
    await stands.ask_and_pause(ASKED + PAUSED_AFTER)
    assert (await now_is(mission)).status == Status.PUBLISHED


async def link_of(mission: Mission) -> str:
    mail = (await emails_to((await owner(mission)).email))[-1]
    return next(word for word in mail.text.split() if "/toujours-d-actualite/" in word)


async def test_the_link_of_the_mail_leads_to_a_button_and_needs_no_account(client: Client) -> None:
    mission = await undated()
    await stands.ask_and_pause(ASKED)
    link = await link_of(mission)

    page = await client.follow(await client.get(link, status=303))
    assert (await now_is(mission)).stands_asked_at == ASKED  # looking changes nothing
    done = await client.follow(await client.submit(page))

    assert "Merci, c’est noté" in done.text
    assert (await now_is(mission)).stands_asked_at is None
    assert "/toujours-d-actualite/demande/" in done.path


async def test_the_link_resumes_what_was_paused_for_want_of_a_sign_only(client: Client) -> None:
    mission = await undated()
    await stands.ask_and_pause(ASKED)
    link = await link_of(mission)
    await stands.ask_and_pause(ASKED + PAUSED_AFTER)
    page = await client.follow(await client.get(link, status=303))
    await client.submit(page)
    assert (await now_is(mission)).status == Status.PUBLISHED

    await actions.pause(mission, await owner(mission), ASKED)
    again = await client.follow(await client.get(link, status=303))
    assert "n’est plus en ligne" in again.text
    await stands.confirm(mission.public_id, ASKED)
    assert (await now_is(mission)).status == Status.PAUSED


async def test_a_link_that_is_not_ours(client: Client) -> None:
    page = await client.get("/toujours-d-actualite/forged", status=303)
    await client.get(page.location, status=404)


async def test_a_member_says_so_on_the_missions_page(client: Client) -> None:
    asked: datetime = ASKED
    mission = await undated(stands_asked_at=asked)
    await client.sign_in(await owner(mission))
    page = await client.get(f"/mes-missions/{mission.public_id}")
    page = await client.follow(await client.submit(page, form="actualite"))
    assert "toujours d’actualité" not in page.text
    assert (await now_is(mission)).stands_at == NOW
