"""The lists of missions: complete, in order, light, and open to everybody without a trace."""

from datetime import timedelta

import pytest

from tests import make
from tests.client import Client

PAGES = ("/", "/missions", "/associations", "/a-propos", "/accessibilite", "/vos-donnees")


def missions_on(links: list[str]) -> list[str]:
    return [href.rsplit("/", 1)[1] for href in links if href.startswith("/missions/")]


async def test_forty_five_missions_are_read_page_by_page_without_gap_or_repeat(client: Client) -> None:
    association = await make.association()
    # two by two published at one instant: the order does not rest on the instant alone
    made = [
        await make.mission(association=association, published_at=make.NOW - timedelta(minutes=n // 2))
        for n in range(45)
    ]

    seen: list[str] = []
    address, pages = "/missions", 0
    while address:
        page = await client.get(address)
        seen += missions_on(page.links)
        address = next((href for href in page.links if "apres=" in href), "")
        pages += 1

    newest_first = sorted(made, key=lambda m: (m.published_at, m.id), reverse=True)
    assert seen == [mission.public_id for mission in newest_first]
    assert pages == 4


async def test_a_page_still_follows_a_mission_that_filled_up_meanwhile(client: Client) -> None:
    association = await make.association()
    made = [
        await make.mission(association=association, published_at=make.NOW - timedelta(minutes=n))
        for n in range(14)
    ]
    first = await client.get("/missions")
    last_shown = made[11]
    await make.application(last_shown)
    await make.application(last_shown)

    page = await client.get(next(href for href in first.links if "apres=" in href))

    assert missions_on(first.links)[-1] == last_shown.public_id
    assert missions_on(page.links) == [made[12].public_id, made[13].public_id]


@pytest.mark.parametrize("cursor", ["", "abc", "234567892345", "%00", "%FF", "a' OR 1=1 --", "x" * 3000])
async def test_an_unknown_cursor_shows_the_first_page(client: Client, cursor: str) -> None:
    mission = await make.mission()

    page = await client.get(f"/missions?apres={cursor}")

    assert missions_on(page.links) == [mission.public_id]
    assert "(suite)" not in page.html


async def test_a_draft_is_no_cursor(client: Client) -> None:
    mission, draft = await make.mission(), await make.mission(status="draft")

    page = await client.get(f"/missions?apres={draft.public_id}")

    assert missions_on(page.links) == [mission.public_id]


async def test_only_missions_with_a_place_to_take_are_listed_and_counted(client: Client) -> None:
    shown = await make.mission(title="Une place à prendre")
    full = await make.mission(places=1)
    await make.application(full)
    for status in ("draft", "submitted", "paused", "suspended", "finished", "cancelled"):
        await make.mission(status=status)
    await make.mission(association=await make.association(status="suspended"))
    await make.mission(starts_at=make.after(hours=1))

    page, home = await client.get("/missions"), await client.get("/")

    assert missions_on(page.links) == missions_on(home.links) == [shown.public_id]
    assert "1 mission a encore de la place." in page.text
    assert "<title>1 mission cherche des bénévoles" in page.html


async def test_a_card_says_where_when_for_whom_and_the_places_left(client: Client) -> None:
    await make.mission(
        places=3, title="Trier les livres", audiences=["seniors"], minors="open", starts_at=make.after(days=3)
    )
    await make.mission(place_kind="remote", title="Relire des lettres", starts_at=make.after(days=4))

    text = (await client.get("/missions")).text.replace("\u00a0", " ")

    assert "Rennes (Ille-et-Vilaine) vendredi 5 mars 2027 de 10 h à 12 h Personnes âgées" in text
    assert "Il reste 3 places Ouverte aux mineurs" in text
    assert "À distance samedi 6 mars 2027" in text
    assert "Il reste 2 places Bientôt" in text


async def test_the_home_page_shows_six_missions_and_the_ways_in(client: Client) -> None:
    association = await make.association()
    for _ in range(7):
        await make.mission(association=association)

    page = await client.get("/")

    assert len(missions_on(page.links)) == 6
    assert {"/missions", "/mon-espace", "/associations", "/a-propos"} <= set(page.links)


async def test_empty_lists_say_what_to_do(client: Client) -> None:
    page = await client.get("/missions")

    assert "Aucune mission n’a de place en ce moment" in page.text
    assert "<title>0 mission cherche des bénévoles" in page.html
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
