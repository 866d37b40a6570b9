"""« Dates et places », as the members of a mission see and use it."""

from typing import Any

import pytest

from marketplace.applications.lifecycle import Status as Application_
from marketplace.missions.policies import slot_key
from tests import make
from tests.client import Client, fields
from tests.publishing.dating import mine, series, standing


async def test_the_page_lists_dates_and_adds_a_series(client: Client) -> None:
    mission = await series(2)
    await mine(client, mission)
    slots = await standing(mission)
    for _ in range(3):
        await make.application(slots[0])
    await make.application(slots[0], status=Application_.WAITING)
    page = await client.get(f"/mes-missions/{mission.public_id}/dates")
    assert "Complet" in page.text
    assert "1 personne attend" in page.text

    day = {"starts_day": "1", "starts_month": "6", "starts_year": "2027", "starts_time": "18:00"}
    end = {"ends_day": "1", "ends_month": "6", "ends_year": "2027", "ends_time": "20:00"}
    until = {"until_day": "29", "until_month": "6", "until_year": "2027"}
    answer = await client.submit(page, {**day, **end, **until, "weekdays": ["2", "4"], "places": "7"})

    page = await client.follow(answer)
    assert "Les dates sont ajoutées." in page.text
    assert "mardi 29 juin 2027 de 18 h à 20 h" in page.text.replace("\u00a0", " ")
    assert [slot.places for slot in await standing(mission)] == [3, 3] + [7] * 9


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({}, "Écrivez le jour et l’heure."),
        ({"weekdays": ["2"]}, "première date"),
        ({"weekdays": ["9"]}, "dans la liste"),
        ({"places": "0"}, "à partir de 1"),
        ({"places": "deux"}, "nombre entier"),
        ({"starts_day": "31", "starts_month": "2", "starts_year": "2027", "starts_time": "9:00"}, "existent"),
        ({"starts_day": "1", "starts_month": "3", "starts_year": "2027", "starts_time": "9:00"}, "à venir"),
        ({"until_day": "abc\x00"}, "qui existe"),
    ],
)
async def test_bad_dates_are_said_and_nothing_is_added(
    client: Client, typed: dict[str, Any], words: str
) -> None:
    mission = await series(1)
    await mine(client, mission)
    page = await client.get(f"/mes-missions/{mission.public_id}/dates")
    answer = await client.submit(page, typed, status=422)
    assert words in answer.text.replace("\u00a0", " ")
    assert len(await standing(mission)) == 1


TAKEN = {"starts_day": "9", "starts_month": "3", "starts_year": "2027", "starts_time": "10:00"} | {
    "ends_day": "9", "ends_month": "3", "ends_year": "2027", "ends_time": "12:00"
}  # fmt: skip
NIGHT = TAKEN | {"starts_time": "21:00", "ends_time": "23:00"}
SOON = TAKEN | {"starts_day": "2", "ends_day": "2", "starts_time": "11:30", "ends_time": "13:00"}


@pytest.mark.parametrize(
    ("typed", "words"),
    [(TAKEN, "toutes ces dates"), (NIGHT, "entre 22 h et 6 h"), (SOON, "deux heures avant")],
)
async def test_dates_a_rule_refuses_stay_in_the_form(
    client: Client, typed: dict[str, Any], words: str
) -> None:
    mission = await series(1, minors="open")
    await mine(client, mission)
    page = await client.get(f"/mes-missions/{mission.public_id}/dates")
    assert "200 dates au plus" in page.text.replace("\u00a0", " ")

    answer = await client.submit(page, {**typed, "places": "4"}, status=422)

    assert words in answer.text.replace("\u00a0", " ")
    kept = fields(answer.form())
    assert {name: kept[name] for name in typed} == {name: [value] for name, value in typed.items()}
    assert kept["places"] == ["4"]
    assert len(await standing(mission)) == 1


async def test_giving_up_asks_first_saying_how_many_hear(client: Client) -> None:
    mission = await series()
    await mine(client, mission)
    slots = await standing(mission)
    person = await make.volunteer()
    for slot in slots[1:]:
        await make.application(slot, person)
    await make.application(slots[3], status=Application_.WAITING)
    path = f"/mes-missions/{mission.public_id}/dates/{slot_key(slots[1])}"

    page = await client.get(f"{path}/annulation")
    assert "1 personne sera prévenue" in page.text
    assert "3 dates" in page.text
    assert "2 personnes seront prévenues" in page.text
    too_long = await client.submit(page, {"message": "x" * 2001}, status=422)
    assert len(await standing(mission)) == 4

    answer = await client.submit(too_long, {"message": "Nous déménageons.", "which": "following"})
    assert "C’est annulé." in (await client.follow(answer)).text

    assert len(await standing(mission)) == 1
    shown = await client.get(f"/mes-missions/{mission.public_id}/dates?passees=oui")
    assert shown.text.count("Annulée") == 3
    over = await client.get(path)
    assert "ne change plus" in over.text
    await client.get(f"{path}/annulation", status=409)


async def test_a_date_that_does_not_exist(client: Client) -> None:
    mission = await series(1)
    await mine(client, mission)
    for name in ("20990101T0000Z", "sans-date", "x", "%00"):
        await client.get(f"/mes-missions/{mission.public_id}/dates/{name}", status=404)


async def test_many_dates_go_on_to_a_second_page(client: Client) -> None:
    mission = await series(25)
    await mine(client, mission)
    slots = await standing(mission)
    first = await client.get(f"/mes-missions/{mission.public_id}/dates")
    assert f"/mes-missions/{mission.public_id}/dates/{slot_key(slots[19])}" in first.links
    second = await client.get(next(link for link in first.links if "apres=" in link))
    assert f"/mes-missions/{mission.public_id}/dates/{slot_key(slots[19])}" not in second.links
    assert f"/mes-missions/{mission.public_id}/dates/{slot_key(slots[24])}" in second.links


async def test_an_undated_mission_says_that_it_stays_so(client: Client) -> None:
    mission = await make.mission()
    await mine(client, mission)
    page = await client.get(f"/mes-missions/{mission.public_id}/dates")
    assert "n’en prend plus une fois publiée" in page.text
    assert page.forms() == []


async def test_visitors_see_five_dates_then_the_others_behind_a_disclosure(client: Client) -> None:
    mission = await series(8)
    page = await client.get(f"/missions/{mission.public_id}")
    assert "Et 3 autres dates" in page.text
    assert "Il reste 24 places" in page.text
