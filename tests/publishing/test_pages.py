"""The pages of a mission that is online, as its members see and use them."""

from typing import Any

import pytest

from marketplace.associations.tables import Association
from marketplace.missions.lifecycle import Status
from marketplace.missions.tables import Mission
from tests import make
from tests.client import Client, fields


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


@pytest.mark.parametrize("status", list(Status))
async def test_every_state_has_a_page_that_says_it(client: Client, status: Status) -> None:
    mission = await mine(client, status=status)
    page = await client.get(f"/mes-missions/{mission.public_id}")
    words = {
        "draft": "Brouillon",
        "submitted": "Votre mission est envoyée",
        "returned": "À corriger",
        "published": "En ligne",
        "paused": "En pause",
        "suspended": "Suspendue",
        "finished": "Terminée",
        "cancelled": "Annulée",
    }
    assert words[status] in page.text
    assert ("Il reste 2 places" in page.text) is (status in ("published", "paused", "suspended"))
    assert "4 rue des Tilleuls" in page.text


async def test_pausing_and_resuming_by_buttons(client: Client) -> None:
    mission = await mine(client)
    page = await client.get(f"/mes-missions/{mission.public_id}")
    page = await client.follow(await client.submit(page, form="pause"))
    assert "En pause" in page.text
    page = await client.follow(await client.submit(page, form="reprise"))
    assert "En ligne" in page.text


async def test_free_fields_change_and_nothing_else(client: Client) -> None:
    mission = await mine(client)
    page = await client.get(f"/mes-missions/{mission.public_id}/precisions")

    await client.submit(
        page,
        {"details": "On vient à deux.", "skills_needed": ["filing"], "training": "Un matin", "rhythm": ""},
        extra={"title": "Autre titre posté", "status": "draft", "minors": "open", "day_parts": ["night"]},
    )

    kept = await now_is(mission)
    assert (kept.details, kept.skills_needed, kept.training, kept.rhythm) == (
        "On vient à deux.",
        ["filing"],
        "Un matin",
        "",
    )
    assert (kept.title, kept.status, kept.minors, kept.day_parts) == (
        mission.title,
        "published",
        "closed",
        ["morning"],
    )


async def test_the_pages_of_a_published_mission_refuse_saying_what_may_change(client: Client) -> None:
    mission = await mine(client)
    path = f"/mes-missions/{mission.public_id}/ecrire/presentation"
    page = await client.get(path, status=409)
    assert "les précisions, les compétences, la formation, le rythme et le nombre de places" in page.text

    places = await client.get(f"/mes-missions/{mission.public_id}/dates/sans-date")
    await client.post(path, {"form_key": places.form_key, "title": "Un autre titre"}, status=409)
    assert (await now_is(mission)).title == mission.title


async def test_places_below_those_taken_are_refused_clearly(client: Client) -> None:
    mission = await mine(client, places=3)
    await make.application(mission)
    await make.application(mission)
    page = await client.get(f"/mes-missions/{mission.public_id}/dates/sans-date")
    assert "au moins 2" in page.text

    refused = await client.submit(page, {"places": "1"}, status=422)

    assert "2 places sont prises" in refused.text
    assert fields(refused.form())["places"] == ["1"]
    assert (await make.only_slot(mission)).places == 3
    shown = await client.follow(await client.submit(page, {"places": "2"}))
    assert "Complet" in shown.text


@pytest.mark.parametrize("places", ["", "0", "501", "-1", "deux", "9" * 40, "2.5", "abc\x00"])
async def test_bad_numbers_of_places(client: Client, places: str) -> None:
    mission = await mine(client)
    page = await client.get(f"/mes-missions/{mission.public_id}/dates/sans-date")
    answer = await client.submit(page, {"places": places}, status=422)
    assert "Il y a un problème" in answer.text
    assert (await make.only_slot(mission)).places == 2


async def test_cancelling_asks_first_then_tells(client: Client) -> None:
    mission = await mine(client)
    await make.application(mission)
    page = await client.get(f"/mes-missions/{mission.public_id}/annulation")
    assert "1 place est prise" in page.text
    too_long = await client.submit(page, {"message": "x" * 2001}, status=422)
    assert (await now_is(mission)).status == Status.PUBLISHED

    shown = await client.follow(await client.submit(too_long, {"message": "Nous fermons."}))

    assert "Annulée" in shown.text
    again = await client.get(f"/mes-missions/{mission.public_id}/annulation", status=303)
    assert again.location == f"/mes-missions/{mission.public_id}"


async def test_an_abandoned_draft_leaves_the_list(client: Client) -> None:
    mission = await mine(client, status=Status.DRAFT)
    page = await client.get(f"/mes-missions/{mission.public_id}/annulation")
    await client.submit(page)
    association = await Association.objects().get(Association.id == mission.association)
    assert association is not None
    index = await client.get(f"/mes-associations/{association.public_id}/missions")
    assert mission.title not in index.text


async def test_a_double_post_makes_one_draft(client: Client) -> None:
    mission = await mine(client)
    page = await client.get(f"/mes-missions/{mission.public_id}")
    first = await client.submit(page, form="copie")
    second = await client.submit(page, form="copie")
    assert first.location == second.location
    assert await Mission.count() == 2


async def test_the_preview_shows_a_draft_as_visitors_will_see_it(client: Client) -> None:
    mission = await mine(client, status=Status.DRAFT)
    page = await client.get(f"/mes-missions/{mission.public_id}/apercu")
    assert page.h1 == mission.title
    assert "Aperçu" in page.text
    assert "4 rue des Tilleuls" not in page.text
    await client.get(f"/missions/{mission.public_id}", status=404)


async def test_an_empty_draft_can_be_previewed_and_listed(client: Client) -> None:
    await mine(client)
    association = (await Association.objects().first()) or await make.association()
    index = await client.get(f"/mes-associations/{association.public_id}/missions")
    draft = await client.submit(index, form="missions")
    public_id = draft.location.split("/")[2]
    await client.get(f"/mes-missions/{public_id}/apercu")
    index = await client.get(f"/mes-associations/{association.public_id}/missions")
    assert "Mission sans titre" in index.text


async def test_a_long_list_goes_on_to_a_second_page(client: Client) -> None:
    association, account = await make.association(), await make.account()
    await make.member(association, account)
    await client.sign_in(account)
    made = [await make.mission(association=association, title=f"Mission numéro {n}") for n in range(21)]
    first = await client.get(f"/mes-associations/{association.public_id}/missions")
    assert made[20].title in first.text
    assert f"/mes-missions/{made[0].public_id}" not in first.links
    second = await client.get(next(link for link in first.links if "apres=" in link))
    assert f"/mes-missions/{made[0].public_id}" in second.links
    assert f"/mes-missions/{made[1].public_id}" not in second.links
    for unknown in ("nothing", "%00"):
        await client.get(f"/mes-associations/{association.public_id}/missions?apres={unknown}")
