"""The lists of missions: complete, in order, light, and open to everybody without a trace."""

import pytest

from tests import make
from tests.client import Client
from tests.front.searching import indexed, missions_on

PAGES = ("/", "/missions", "/associations", "/a-propos", "/accessibilite", "/vos-donnees")


async def test_a_page_still_follows_a_mission_that_filled_up_meanwhile(client: Client) -> None:
    association = await make.association()
    made = [await make.mission(association=association) for _ in range(12)][::-1]
    await indexed()
    first = await client.get("/missions")
    last_shown = made[9]
    await make.application(last_shown)
    await make.application(last_shown)

    page = await client.get(next(href for href in first.links if "suite=" in href))

    assert missions_on(first)[-1] == last_shown.public_id
    assert missions_on(page) == [made[10].public_id, made[11].public_id]


async def test_only_missions_with_a_place_to_take_are_listed_and_counted(client: Client) -> None:
    shown = await make.mission(title="Une place à prendre")
    full = await make.mission(places=1)
    await make.application(full)
    for status in ("draft", "submitted", "paused", "suspended", "finished", "cancelled"):
        await make.mission(status=status)
    await make.mission(association=await make.association(status="suspended"))
    await make.mission(starts_at=make.after(hours=1))

    await indexed()

    page, home = await client.get("/missions"), await client.get("/")

    assert missions_on(page) == missions_on(home) == [shown.public_id]
    assert "<title>1 mission — " in page.html


async def test_a_card_says_where_when_for_whom_and_the_places_left(client: Client) -> None:
    await make.mission(
        places=3, title="Trier les livres", audiences=["seniors"], minors="open", starts_at=make.after(days=3)
    )
    await make.mission(place_kind="remote", title="Relire des lettres", starts_at=make.after(days=4))

    await indexed()
    text = (await client.get("/missions")).text.replace("\u00a0", " ")

    assert "Rennes (Ille-et-Vilaine) vendredi 5 mars 2027 de 10 h à 12 h Personnes âgées" in text
    assert "Ouverte aux mineurs Il reste 3 places" in text
    assert "À distance samedi 6 mars 2027" in text
    assert "Bientôt Il reste 2 places" in text


async def test_a_card_says_the_first_date_with_a_place_and_how_many_others_have_one(client: Client) -> None:
    mission = await make.mission(places=1, starts_at=make.after(days=3))  # full
    await make.application(mission)
    await make.slot(mission, places=2, starts_at=make.after(days=10))
    await make.slot(mission, places=2, starts_at=make.after(days=17))
    await make.slot(mission, places=2, starts_at=make.after(days=24), cancelled_at=make.NOW)
    await indexed()

    for path in ("/", "/missions"):
        text = (await client.get(path)).text.replace("\u00a0", " ")

        assert "vendredi 12 mars 2027 de 10 h à 12 h et 1 autre date" in text
        assert "5 mars" not in text


async def test_the_home_page_shows_six_missions_and_the_ways_in(client: Client) -> None:
    association = await make.association()
    for _ in range(7):
        await make.mission(association=association)

    page = await client.get("/")

    assert len(missions_on(page)) == 6
    assert {"/missions", "/mon-espace", "/associations", "/a-propos"} <= set(page.links)


async def test_empty_lists_say_what_to_do(client: Client) -> None:
    page = await client.get("/missions")

    assert "Aucune mission n’a de place en ce moment" in page.text
    assert "<title>Aucune mission — " in page.html
    assert "Toutes les places sont prises pour le moment." in (await client.get("/")).text


@pytest.mark.parametrize("path", PAGES)
async def test_a_visitor_who_reads_gets_no_cookie_and_a_light_page(client: Client, path: str) -> None:
    association = await make.association(name="Association " + "d’entraide " * 9)
    for _ in range(13):
        await make.mission(
            association=association,
            places=12,
            title="Accompagner des familles au marché " * 3,
            audiences=["excluded", "in_difficulty", "prison_leavers", "homeless", "exiles", "seniors"],
        )

    await indexed()
    page = await client.get(path)

    assert "set-cookie" not in page.response.headers
    assert len(page.response.content) < 60_000
    assert 'name="description" content="' in page.html


async def test_a_visitor_who_reads_a_mission_and_its_association_gets_no_cookie(client: Client) -> None:
    association = await make.association()
    mission = await make.mission(association=association)

    for path in (f"/missions/{mission.public_id}", f"/associations/{association.public_id}"):
        page = await client.get(path)
        assert "set-cookie" not in page.response.headers
        assert 'name="description" content="' in page.html


async def test_monitors_read_that_the_site_is_well(client: Client) -> None:
    page = await client.get("/sante")

    assert page.html == "ok\n"
