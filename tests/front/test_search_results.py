"""What a search finds: where, in which order, page by page, why, and what to do when it is nothing."""

from typing import Any

import pytest

from marketplace.associations.tables import Association
from marketplace.front import criteria
from tests import gate, make
from tests.client import Client, Page, names
from tests.front.searching import RENNES, SAINT_MALO, indexed, look, missions_on, query, removal, status, why


@pytest.mark.parametrize("kind", ["remote", "either"])
async def test_remote_missions_are_shown_too_unless_left_out(
    client: Client, communes: None, kind: str
) -> None:
    near, remote = await indexed(
        await make.mission(**RENNES), await make.mission(place_kind=kind, **SAINT_MALO)
    )

    both = await look(client, ou="Rennes", rayon="5")
    on_site = await look(client, ou="Rennes", rayon="5", lieu="sur-place")

    assert set(missions_on(both)) == {near, remote}
    assert missions_on(on_site) == [near]


async def test_a_place_and_how_far(client: Client, communes: None) -> None:
    near, far = await indexed(await make.mission(**RENNES), await make.mission(**SAINT_MALO))

    answer = await client.submit(await look(client), {"ou": "35000", "rayon": "30"})
    page = await client.follow(answer)
    wider = await client.follow(await client.submit(page, {"rayon": "100"}))

    assert query(answer.location) == {"ou": ["35000"]}  # 30 km is what nothing says
    assert missions_on(page) == [near]
    assert set(missions_on(wider)) == {near, far}
    assert removal(wider, "Rennes, 100 km") == {}
    assert all(any(said.startswith("à ") for said in one) for one in why(wider))


async def test_homonyms_are_chosen_by_a_link(client: Client, communes: None) -> None:
    in_93, in_974 = await indexed(
        await make.mission(latitude=48.93, longitude=2.36),
        await make.mission(latitude=-20.89, longitude=55.46),
    )

    page = await look(client, ou="Saint-Denis", public="in_difficulty")
    others = [href for href in page.links if "Saint-Denis (" in str(query(href).get("ou"))]
    found = {query(href)["ou"][0]: missions_on(await client.get(href)) for href in others}

    assert "Nous cherchons autour de Saint-Denis (La Réunion)." in page.text
    assert missions_on(page) == [in_974]
    assert found["Saint-Denis (93)"] == [in_93]
    assert all(query(href)["public"] == ["in_difficulty"] for href in others)


async def test_a_chosen_commune_is_asked_about_no_more(client: Client, communes: None) -> None:
    page = await look(client, ou="Saint-Denis (974)")

    assert "Vous pensiez à une autre commune" not in page.text
    assert "Retirer le filtre : Saint-Denis, 30 km" in page.text.replace("\u00a0", " ")


async def test_every_result_says_why_it_is_there(client: Client, communes: None) -> None:
    await indexed(await make.mission(audiences=["seniors", "sick"], skills_needed=["office"], **RENNES))

    page = await look(client, ou="Rennes", public="seniors", competence="office")

    assert why(page)[0][0] == "Compétence : bureautique"
    assert {"à 1 km", "à moins de 1 km"} & set(why(page)[0])
    assert "Pour : personnes âgées" in why(page)[0]


async def test_thirty_five_missions_are_read_forwards_and_back_without_gap_or_repeat(
    client: Client, association: Association
) -> None:
    made = await indexed(*[await make.mission(association=association) for _ in range(35)])

    pages = [await look(client)]
    while hrefs := [h for h in pages[-1].links if "suite=" in h and "suivante" in _said(pages[-1], h)]:
        pages.append(await client.get(hrefs[0]))
    seen = [mission for page in pages for mission in missions_on(page)]

    assert seen == made[::-1]
    assert [len(missions_on(page)) for page in pages] == [10, 10, 10, 5]
    assert ["(suite)" in page.html.split("</title>")[0] for page in pages] == [False, True, True, True]
    (back,) = [h for h in pages[2].links if "précédente" in _said(pages[2], h)]
    assert missions_on(await client.get(back)) == missions_on(pages[1])


def _said(page: Page, href: str) -> str:
    return " ".join(gate.text_of(a) for a in page.main.iter("a") if a.get("href") == href)


async def test_a_filter_or_an_order_starts_again_from_the_first_page(
    client: Client, association: Association
) -> None:
    await indexed(*[await make.mission(association=association) for _ in range(13)])
    (second,) = [href for href in (await look(client)).links if "suite=" in href]

    page = await client.get(second)

    assert "suite" not in names(page.form())
    assert [href for href in page.links if "ordre=" in href and "suite=" in href] == []


@pytest.mark.parametrize(
    ("order", "titles"),
    [
        ("", ["C", "B", "A"]),
        ("tot", ["B", "C", "A"]),
        ("places", ["A", "C", "B"]),
        ("proches", ["A", "B", "C"]),
    ],
)
async def test_orders(client: Client, communes: None, order: str, titles: list[str]) -> None:
    await indexed(
        await make.mission(title="A", places=1, **RENNES),
        await make.mission(title="B", places=9, starts_at=make.after(days=3), latitude=48.2, longitude=-1.7),
        await make.mission(title="C", places=5, starts_at=make.after(days=9), latitude=48.3, longitude=-1.7),
    )

    page = await look(client, ou="Rennes", **({"ordre": order} if order else {}))

    assert [gate.text_of(h3) for h3 in page.main.iter("h3")] == titles
    current = [gate.text_of(a) for a in page.main.iter("a") if a.get("aria-current") == "true"]
    assert current == [{"": "Plus récentes", **criteria.ORDERS}[order]]


async def test_the_order_is_kept_when_a_filter_changes(client: Client) -> None:
    await indexed(await make.mission())

    answer = await client.submit(await look(client, ordre="places"), {"public": ["in_difficulty"]})

    assert query(answer.location) == {"public": ["in_difficulty"], "ordre": ["places"]}


def _advice(page: Page) -> dict[str, dict[str, list[str]]]:
    """What is advised, with how many it finds, and what its address asks for."""
    (ul,) = [each for each in page.main.iter("ul") if each.get("class") == "advice"]
    items = [(gate.text_of(li).replace("\u00a0", " "), next(li.iter("a"))) for li in ul.iter("li")]
    return {said: query(a.get("href", "")) for said, a in items}


async def test_nothing_found_says_what_to_try(client: Client, communes: None) -> None:
    full = await make.mission(**RENNES, audiences=["seniors"], places=1)
    await make.application(full)
    seniors: dict[str, Any] = {"audiences": ["seniors"]}
    await indexed(
        await make.mission(**SAINT_MALO, **seniors),
        await make.mission(place_kind="remote", **seniors),
        await make.mission(**RENNES),
        full,
    )

    page = await look(client, ou="Rennes", rayon="50", lieu="sur-place", public="seniors")
    advice = _advice(page)

    assert status(page) == "Aucune mission"
    assert "<title>Aucune mission" in page.html
    asked = {"ou": ["Rennes"], "rayon": ["50"], "lieu": ["sur-place"], "public": ["seniors"]}
    assert advice["Chercher jusqu’à 100 km 1 mission"] == asked | {"rayon": ["100"]}
    assert advice["Montrer aussi les missions complètes 1 mission"] == asked | {"completes": ["oui"]}
    assert advice["Voir les missions à distance 1 mission"] == {"lieu": ["a-distance"], "public": ["seniors"]}
    assert advice["Retirer : Personnes âgées 1 mission"] == {k: v for k, v in asked.items() if k != "public"}
    assert advice["Voir toutes les missions ouvertes 3 missions"] == {}


async def test_what_would_find_nothing_is_not_advised(client: Client, communes: None) -> None:
    await indexed(await make.mission(**RENNES, audiences=["exiles"]))

    advice = _advice(await look(client, ou="Saint-Denis (974)", public="seniors"))

    assert advice == {"Voir toutes les missions ouvertes 1 mission": {}}


async def test_a_mistyped_word_is_suggested(client: Client) -> None:
    await indexed(*[await make.mission(title=f"Aider le bénévole {n}") for n in range(4)])

    page = await look(client, quoi="bénévolle", public="in_difficulty")
    (href,) = [a.get("href", "") for a in page.main.iter("a") if gate.text_of(a) == "bénévole"]

    assert "Essayez :" in page.text.replace("\u00a0", " ")
    assert query(href) == {"quoi": ["bénévole"], "public": ["in_difficulty"]}
