"""The missions one keeps: from their page, in a list that tells how each stands now, forgotten when over."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from marketplace import db
from marketplace.accounts.tables import Account
from marketplace.front import favourites_actions
from marketplace.front.favourites_actions import MOST, forget_over, keep
from marketplace.front.favourites_errors import TooManyKept
from marketplace.front.favourites_tables import Favourite
from marketplace.lifecycle import By, Change
from marketplace.missions.tables import Mission
from tests import make
from tests.client import Client, Page
from tests.walls import must_refuse

LIST = "/mon-espace/favoris"
HOUR = timedelta(hours=1)


async def kept() -> set[tuple[int, int]]:
    return {(row.account, row.mission) for row in await Favourite.objects()}


async def seen_by(client: Client, account: Account, path: str = LIST) -> Page:
    return await (await client.another().sign_in(account)).get(path)


async def test_a_mission_is_kept_from_its_page_and_no_longer_from_there(client: Client) -> None:
    account, mission = await make.account(), await make.mission()
    path = f"/missions/{mission.public_id}"
    await client.sign_in(account)

    answer = await client.submit(await client.get(path), form="/garder")
    page = await client.get(answer.location)

    assert answer.location == path
    assert await kept() == {(account.id, mission.id)}
    assert "Gardée dans les favoris" in page.text
    assert LIST in page.links

    await client.submit(page, form="/ne-plus-garder")

    assert await kept() == set()
    assert "Garder cette mission" in (await client.get(path)).text


async def test_a_visitor_signs_in_and_comes_back_to_the_button(client: Client) -> None:
    account, mission = await make.account(), await make.mission()
    page = await client.get(f"/missions/{mission.public_id}")

    (href,) = (href for href in page.links if href.endswith("/garder"))
    door = await client.get(href, status=303)
    await client.sign_in(account)
    answer = await client.submit(await client.get(href), form="/garder")

    assert page.forms() == []
    assert door.location == f"/connexion?next=%2Fmissions%2F{mission.public_id}%2Fgarder"
    assert answer.location == f"/missions/{mission.public_id}"
    assert await kept() == {(account.id, mission.id)}
    assert (await client.get(href)).h1 == "Cette mission est gardée"


async def test_a_minor_may_keep_missions(client: Client) -> None:
    minor = await make.volunteer(age=16)
    mission = await make.mission()
    await client.sign_in(await make.account_of(minor))

    await client.submit(await client.get(f"/missions/{mission.public_id}"), form="/garder")

    assert mission.title in (await client.get(LIST)).text


async def test_an_author_who_reads_the_preview_finds_no_button(client: Client) -> None:
    association = await make.association()
    mission = await make.mission(status="draft", association=association)

    page = await seen_by(
        client, await make.owner_of(association), f"/mes-missions/{mission.public_id}/apercu"
    )

    assert "Garder cette mission" not in page.text


@pytest.mark.parametrize("status", ["draft", "submitted", "returned", "suspended"])
async def test_a_mission_that_is_not_public_is_not_kept(client: Client, status: str) -> None:
    mission, other = await make.mission(status=status), await make.mission()
    await client.sign_in(await make.account())
    key = (await client.get(f"/missions/{other.public_id}")).form_key

    await client.get(f"/missions/{mission.public_id}/garder", status=404)
    await client.post(f"/missions/{mission.public_id}/garder", {"form_key": key}, status=404)

    assert await kept() == set()


async def test_the_list_tells_how_each_mission_stands_now_the_last_kept_first(client: Client) -> None:
    account = await make.account()
    full = await make.mission(places=1, title="La complète")
    await make.application(full)
    suspended = await make.association(status="suspended")
    missions = [
        await make.mission(title="L’ouverte"),
        full,
        await make.mission(status="paused", title="La pause"),
        await make.mission(starts_at=make.after(days=-3), title="La passée"),
        await make.mission(status="cancelled", title="L’annulée"),
        await make.mission(association=suspended, title="La cachée"),
    ]
    for mission in missions:
        await make.favourite(account, mission)

    text = (await seen_by(client, account)).text

    expected = [
        "Une mission qui n’est pas publiée en ce moment.",
        "L’annulée",
        "Cette mission est terminée",
        "La passée",
        "Cette mission est terminée",
        "La pause",
        "Les inscriptions sont fermées pour le moment",
        "La complète",
        "La mission est désormais complète",
        "L’ouverte",
        "Il reste 2 places",
    ]
    place = 0
    for words in expected:
        assert words in text[place:], words
        place += text[place:].index(words) + len(words)
    assert "La cachée" not in text
    assert text.count("Il reste") == 1  # an ended mission has no place left to offer


async def test_one_that_is_not_public_any_more_can_still_be_removed(client: Client) -> None:
    account, mission = await make.account(), await make.mission(status="suspended")
    await make.favourite(account, mission)
    await client.sign_in(account)

    answer = await client.submit(await client.get(LIST), form=mission.public_id)

    assert answer.location == LIST
    assert await kept() == set()
    assert "Aucune mission gardée" in (await client.get(LIST)).text


async def test_nobody_else_sees_or_removes_what_one_keeps(client: Client) -> None:
    account, other, mission = await make.account(), await make.account(), await make.mission()
    await make.favourite(account, mission)
    await client.sign_in(other)
    key = (await client.get(f"/missions/{mission.public_id}")).form_key

    await client.post(f"{LIST}/{mission.public_id}/retrait", {"form_key": key}, status=404)

    assert await kept() == {(account.id, mission.id)}
    assert mission.public_id not in (await client.get(LIST)).html
    assert "Garder cette mission" in (await client.get(f"/missions/{mission.public_id}")).text


async def test_a_long_list_is_read_page_by_page_each_once(client: Client) -> None:
    account = await make.account()
    association = await make.association()
    made = [await make.mission(association=association) for _ in range(41)]
    for mission in made:
        await make.favourite(account, mission)
    await client.sign_in(account)
    read, path = [], LIST

    while path:
        page = await client.get(path)
        read += [href.rsplit("/", 1)[1] for href in page.links if href.startswith("/missions/")]
        path = next((href for href in page.links if "apres=" in href), "")

    assert read == [mission.public_id for mission in reversed(made)]
    elsewhere = await make.mission()
    for nonsense in (elsewhere.public_id, "zzzzzzzzzzzz", "%00"):
        assert made[-1].public_id in (await client.get(f"{LIST}?apres={nonsense}")).html
    assert "41 missions gardées" in (await client.get("/mon-espace")).text


async def test_a_hundred_at_most_and_the_same_twice_is_once(client: Client) -> None:
    account, association = await make.account(), await make.association()
    made = [await make.mission(association=association) for _ in range(MOST + 1)]
    for mission in made[:MOST]:
        await make.favourite(account, mission)

    await keep(account.id, made[0], make.NOW)
    with pytest.raises(TooManyKept):
        await keep(account.id, made[MOST], make.NOW)

    assert len(await kept()) == MOST
    await client.sign_in(account)
    page = await client.get(f"/missions/{made[MOST].public_id}")
    refusal = await client.submit(page, form="/garder", status=409)
    assert refusal.h1 == "Cent missions sont déjà gardées"
    assert LIST in refusal.links


async def test_two_clicks_at_once_keep_it_once_and_no_more_than_a_hundred(
    database: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    account, association = await make.account(), await make.association()
    made = [await make.mission(association=association) for _ in range(6)]
    monkeypatch.setattr(favourites_actions, "MOST", 3)

    results = await asyncio.gather(
        *(keep(account.id, mission, make.NOW) for mission in made + made), return_exceptions=True
    )

    assert len(await kept()) == 3
    assert {type(result) for result in results} == {type(None), TooManyKept}


async def test_the_database_keeps_a_mission_once_and_lets_nothing_change_hands(
    database: None, database_url: str
) -> None:
    account, other, mission = await make.account(), await make.account(), await make.mission()
    await make.favourite(account, mission)
    again = f"({account.id}, {mission.id}, '2027-03-02 09:00:00+00:00')"

    await must_refuse(database_url, f"INSERT INTO favourite (account, mission, created_at) VALUES {again}")
    await must_refuse(database_url, f"UPDATE favourite SET account = {other.id}", wall="favourite_is_fixed")

    assert await kept() == {(account.id, mission.id)}


async def over(**values: Any) -> Mission:
    """A mission that a member finished or cancelled this many days ago, with its journal."""
    days = values.pop("days")
    mission = await make.mission(**values)
    about: dict[str, Any] = {"subject": "mission", "row_id": mission.id, "source": "published"}
    about |= {"by": By.ASSOCIATION}
    await Change(**about, target=mission.status, at=make.after(days=-days)).save()
    return mission


async def test_what_has_been_over_for_ninety_days_is_forgotten_and_nothing_else(database: None) -> None:
    account = await make.account()
    gone = [
        await over(status="finished", days=91),
        await over(status="cancelled", days=91),
        await make.mission(starts_at=make.after(days=-91)),
    ]
    weekly = await make.mission(starts_at=make.after(days=-91))
    await make.slot(weekly, starts_at=make.after(days=-89))
    undated_again = await make.mission(starts_at=make.after(days=-200))
    await make.slot(undated_again)
    called_off = await make.mission(starts_at=make.after(days=30))
    await db.fetch(
        "UPDATE slot SET cancelled_at = {} WHERE mission = {} RETURNING id", make.NOW, called_off.id
    )
    stays = [
        await over(status="finished", days=89),
        await over(status="cancelled", days=89, starts_at=make.after(days=5)),
        await make.mission(),
        await make.mission(status="paused"),
        await make.mission(starts_at=make.after(days=5)),
        weekly,
        undated_again,
        called_off,
    ]
    for mission in gone + stays:
        await make.favourite(account, mission)

    assert await forget_over(make.NOW) == 3
    assert await forget_over(make.NOW) == 0
    assert await kept() == {(account.id, mission.id) for mission in stays}
    assert await forget_over(make.after(days=2) + HOUR) == 3


async def test_more_than_one_batch_is_forgotten_at_once(
    database: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(favourites_actions, "FORGOTTEN_AT_ONCE", 2)
    mission = await make.mission(starts_at=make.after(days=-100))
    for _ in range(5):
        await make.favourite(await make.account(), mission)

    assert await forget_over(make.NOW) == 5
    assert await kept() == set()


async def test_an_account_that_is_erased_keeps_nothing(database: None) -> None:
    account, mission = await make.account(), await make.mission()
    await make.favourite(account, mission)

    await Account.delete().where(Account.id == account.id)

    assert await kept() == set()
