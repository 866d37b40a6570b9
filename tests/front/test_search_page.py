"""The search page: each filter, several values, their removal, counts, and the words of the page."""

from typing import Any

import pytest

from marketplace.associations.tables import Association
from marketplace.discovery.queries import Results
from marketplace.front import criteria, search
from tests import gate, make
from tests.client import Client
from tests.front.searching import indexed, look, missions_on, query, removal, status


async def test_nothing_asked_shows_every_open_mission_and_counts_it(client: Client) -> None:
    (shown,) = await indexed(await make.mission(title="Une place à prendre"))
    full = await make.mission(places=1)
    await make.application(full)
    for state in ("draft", "submitted", "paused", "suspended", "finished", "cancelled"):
        await make.mission(status=state)
    await make.mission(association=await make.association(status="suspended"))
    await make.mission(starts_at=make.after(hours=1))
    await indexed()

    page = await look(client)

    assert missions_on(page) == [shown]
    assert status(page) == "1 mission"
    assert "<title>1 mission — " in page.html
    assert "noindex" not in page.html


FILTERS: list[tuple[str, str, dict[str, Any], dict[str, Any], str]] = [
    ("public", "seniors", {"audiences": ["seniors", "sick"]}, {"audiences": ["exiles"]}, "Personnes âgées"),
    ("competence", "bike", {"skills_needed": ["bike"]}, {"skills_needed": ["web"]}, "Mécanique vélo"),
    ("competence", "bike", {"skills_wished": ["bike"]}, {"skills_wished": []}, "Mécanique vélo"),
    ("domaine", "sport", {"domain": "sport"}, {"domain": "health"}, "Sport pour tous"),
    ("activite", "cooking", {"activities": ["cooking"]}, {"activities": ["garden"]}, "Cuisine"),
    ("rythme", "few_days", {"rhythm": "few_days"}, {"rhythm": "few_hours"}, "Quelques jours"),
    ("moment", "evening", {"day_parts": ["evening"]}, {"day_parts": ["morning"]}, "En soirée"),
    ("mineurs", "oui", {"minors": "open"}, {"minors": "requested"}, "Ouvertes aux mineurs"),
    ("fauteuil", "oui", {"wheelchair": True}, {"wheelchair": False}, "Accessibles en fauteuil roulant"),
    (
        "transports", "oui", {"public_transport": True}, {"public_transport": False},
        "Accessibles en transports en commun",
    ),
    ("immediate", "oui", {"admission": "instant"}, {"admission": "review"}, "Place confirmée tout de suite"),
    ("lieu", "sur-place", {"place_kind": "on_site"}, {"place_kind": "remote"}, "Sur place seulement"),
    ("lieu", "a-distance", {"place_kind": "remote"}, {"place_kind": "on_site"}, "À distance seulement"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value", "kept", "left", "label"), FILTERS)
async def test_each_filter_keeps_what_it_says_and_can_be_removed(
    client: Client, name: str, value: str, kept: dict[str, Any], left: dict[str, Any], label: str
) -> None:
    wanted, other = await indexed(await make.mission(**kept), await make.mission(**left))
    first = await look(client)
    assert {wanted, other} == set(missions_on(first))

    answer = await client.submit(first, {name: [value]})
    page = await client.follow(answer)

    assert query(answer.location) == {name: [value]}
    assert missions_on(page) == [wanted]
    assert removal(page, label) == {}
    assert label in page.html.split("</title>")[0]
    assert "noindex" in page.html


async def test_several_values_of_a_filter_and_each_is_removed_alone(client: Client) -> None:
    made = await indexed(
        await make.mission(audiences=["seniors"], skills_needed=["bike"]),
        await make.mission(audiences=["exiles"], skills_needed=["bike"]),
        await make.mission(audiences=["sick"], skills_needed=["bike"]),
        await make.mission(audiences=["seniors"], skills_needed=["web"]),
    )

    answer = await client.submit(
        await look(client), {"public": ["seniors", "exiles"], "competence": ["bike"]}
    )
    page = await client.follow(answer)

    assert set(missions_on(page)) == set(made[:2])
    assert query(answer.location) == {"public": ["exiles", "seniors"], "competence": ["bike"]}
    assert removal(page, "Personnes âgées") == {"public": ["exiles"], "competence": ["bike"]}
    assert removal(page, "Mécanique vélo") == {"public": ["exiles", "seniors"]}
    assert "/missions" in page.links  # « Tout effacer »


async def test_words_are_found_and_said(client: Client) -> None:
    wanted, _ = await indexed(
        await make.mission(title="Réparer des bicyclettes"), await make.mission(title="Servir un repas")
    )

    answer = await client.submit(await look(client), {"quoi": "  reparer   BICYCLETTE "})
    page = await client.follow(answer)

    assert query(answer.location) == {"quoi": ["reparer BICYCLETTE"]}
    assert missions_on(page) == [wanted]
    assert removal(page, "« reparer BICYCLETTE »") == {}


async def test_an_association_s_missions_alone(client: Client, association: Association) -> None:
    wanted, _ = await indexed(await make.mission(association=association), await make.mission())

    page = await look(client, association=association.public_id)
    again = await client.submit(page, {"public": ["in_difficulty"]})

    assert missions_on(page) == [wanted]
    assert removal(page, association.name) == {}
    assert query(again.location)["association"] == [association.public_id]


async def test_complete_missions_are_hidden_until_asked_for(client: Client) -> None:
    full, open_ = await make.mission(places=1), await make.mission()
    await make.application(full)
    await indexed()

    hidden = await look(client)
    shown = await client.follow(await client.submit(hidden, {"completes": ["oui"]}))

    assert missions_on(hidden) == [open_.public_id]
    assert set(missions_on(shown)) == {full.public_id, open_.public_id}
    assert removal(shown, "Montrer aussi les missions complètes") == {}


async def test_a_mission_counts_when_a_slot_overlaps_the_days(client: Client) -> None:
    soon, undated = await make.mission(starts_at=make.after(days=3)), await make.mission()
    await make.mission(starts_at=make.after(days=30))
    await indexed()

    answer = await client.submit(await look(client), {"du": "2027-03-05", "au": "05/03/2027"})
    page = await client.follow(answer)

    assert query(answer.location) == {"du": ["2027-03-05"], "au": ["2027-03-05"]}
    assert set(missions_on(page)) == {soon.public_id, undated.public_id}
    assert removal(page, "à partir du 5 mars 2027") == {"au": ["2027-03-05"]}
    assert removal(page, "jusqu’au 5 mars 2027") == {"du": ["2027-03-05"]}


async def test_facets_are_counted_and_the_first_eight_are_shown(client: Client) -> None:
    audiences = list(criteria.FACETS["public"])[:11]
    await indexed(*[await make.mission(audiences=audiences[: 11 - n]) for n in range(3)])

    page = await look(client)

    (facet,) = (f for f in page.main.iter("fieldset") if gate.text_of(f).startswith("Public aidé"))
    (rest,) = facet.iter("details")
    assert len([e for e in facet.iter("input")]) == 11
    assert len([e for e in rest.iter("input")]) == 3
    assert "Personnes en situation d’exclusion (3)" in gate.text_of(facet)
    assert gate.text_of(rest).startswith("3 autres")


async def test_a_ticked_value_stays_ticked_and_in_sight_even_when_nothing_is_left(client: Client) -> None:
    await indexed(await make.mission(audiences=["seniors"]))

    page = await look(client, public="exiles")

    ticked = [e.get("value") for e in page.form().iter("input") if e.get("checked") is not None]
    assert ticked == ["exiles"]
    assert missions_on(page) == []


async def test_an_empty_site_says_so(client: Client) -> None:
    page = await look(client)

    assert "Aucune mission n’a de place en ce moment" in page.text
    assert status(page) == "Aucune mission"


async def test_the_home_page_searches(client: Client) -> None:
    home = await client.get("/")

    answer = await client.submit(home, {"quoi": "vélo", "ou": "Rennes", "lieu": ""}, status=303)

    assert query(answer.location) == {
        "quoi": ["vélo"],
        "ou": ["Rennes"],
    }


async def test_past_its_cap_the_page_says_more_than_that_and_what_it_counted(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def many(*_: object, **__: object) -> Results:
        counts = {"audiences": [("seniors", 200)]}
        return Results(cards=[], total=300, total_is_capped=True, facets=counts, facets_approximate=True)

    monkeypatch.setattr(search, "find", many)

    page = await look(client)

    assert status(page).replace("\u00a0", " ") == "Plus de 300 missions"
    assert "<title>Plus de 300 missions — " in page.html
    assert "Personnes âgées (200)" in page.text
    assert "Les nombres sont comptés sur les missions les plus récentes." in page.text


async def test_an_association_with_many_missions_leads_to_the_search_among_them(
    client: Client, association: Association
) -> None:
    for _ in range(25):
        await make.mission(association=association)

    page = await client.get(f"/associations/{association.public_id}")

    assert f"/missions?association={association.public_id}" in page.links
