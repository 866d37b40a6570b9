"""« Missions pour vous »: only what one may really apply to, in the order it promises, each with why."""

from collections.abc import Awaitable, Callable
from random import Random
from typing import Any

import pytest

from marketplace import db
from marketplace.accounts.tables import Account
from marketplace.applications import facts
from marketplace.applications.policies import MOST_PLACES
from marketplace.associations.tables import Association
from marketplace.consents.tables import Consent
from marketplace.discovery import for_me as candidates
from marketplace.discovery.for_me import ranked
from marketplace.missions.tables import Mission
from marketplace.piccolo_app import APP_CONFIG
from marketplace.vocabulary.distance import distance_km
from marketplace.volunteers import actions
from marketplace.volunteers.queries import volunteer_of
from marketplace.volunteers.tables import Preferences, Volunteer
from tests import gate, make
from tests.client import Client, Page
from tests.front.searching import RENNES, SAINT_MALO, indexed, missions_on, why

FOR_ME = "/mon-espace/missions-pour-vous"
NOTHING: dict[str, Any] = {
    "skills": [],
    "audiences": [],
    "domains": [],
    "rhythms": [],
    "day_parts": [],
    "place_kind": "",
    "commune_code": "",
    "commune_name": "",
    "postcode": "",
    "department": "",
    "latitude": None,
    "longitude": None,
    "radius_km": 30,
}
IN_RENNES = {**RENNES, "commune_code": "35238", "commune_name": "Rennes", "department": "35"}
QUIET: dict[str, Any] = {"domain": "solidarity", "audiences": ["parents"], "rhythm": "", "day_parts": []}
REMOTE: dict[str, Any] = {"place_kind": "remote", "latitude": None, "longitude": None}


async def state(account: Account, **said: Any) -> Preferences:
    return await actions.state_preferences(account, NOTHING | said, make.NOW)


async def look(client: Client, account: Account) -> Page:
    return await (await client.another().sign_in(account)).get(FOR_ME)


async def shown_to(client: Client, volunteer: Volunteer) -> list[str]:
    return missions_on(await look(client, await make.account_of(volunteer)))


async def test_skills_then_audiences_then_distance_then_the_rest_then_the_newest(client: Client) -> None:
    account = await make.account()
    await state(
        account, **IN_RENNES, skills=["office", "music"], audiences=["seniors"], domains=["sport"],
        rhythms=["few_hours"], day_parts=["evening"],
    )  # fmt: skip
    here, there = QUIET | RENNES, QUIET | {"latitude": 48.3, "longitude": -1.68}  # 21 km away
    best_first: list[dict[str, Any]] = [
        here | {"skills_needed": ["office"], "skills_wished": ["music"]},  # 4 + 4 + 2
        here | {"skills_needed": ["office"], "audiences": ["seniors"]},  # 4 + 3 + 2
        there | {"skills_wished": ["music"], "audiences": ["seniors", "sick"]},  # 4 + 3 + 1
        here | {"skills_wished": ["music"], "domain": "sport"},  # 4 + 2, and its domain
        here | {"skills_wished": ["music"]},  # 4 + 2, newer
        here | {"skills_needed": ["music"]},  # 4 + 2
        there | {"audiences": ["seniors"], "rhythm": "few_hours", "day_parts": ["evening"]},  # 3 + 1, and two
        QUIET | REMOTE | {"audiences": ["seniors"], "day_parts": ["evening"]},  # 3 + 1, and one
        here | {"domain": "sport"},  # 2, and one
        here,  # 2
        there,  # 1, newer
        QUIET | REMOTE,  # 1
    ]
    made = await indexed(*[await make.mission(**values) for values in reversed(best_first)])
    far = await indexed(await make.mission(**QUIET | SAINT_MALO | {"skills_needed": ["office", "music"]}))

    page = await look(client, account)

    assert missions_on(page) == made[::-1]
    assert far[0] not in page.html


async def test_every_mission_says_why_it_is_there(client: Client) -> None:
    account = await make.account()
    await state(
        account, **IN_RENNES, skills=["office", "music", "cooking"], audiences=["seniors", "sick"],
        domains=["sport"], rhythms=["few_hours"], day_parts=["evening"],
    )  # fmt: skip
    await indexed(
        await make.mission(**QUIET | REMOTE),
        await make.mission(**QUIET | REMOTE | {"rhythm": "few_hours", "day_parts": ["evening", "morning"]}),
        await make.mission(**QUIET | RENNES | {"domain": "sport"}),
        await make.mission(
            **QUIET
            | RENNES
            | {"skills_needed": ["office", "music", "cooking"], "audiences": ["sick", "seniors"]}
        ),
    )

    page = await look(client, account)

    assert why(page) == [
        ["Compétence : bureautique", "Compétence : musique", "Pour : personnes âgées", "à moins de 1 km"],
        ["à moins de 1 km", "Sport pour tous"],
        ["À distance", "Quelques heures", "En soirée"],
        ["À distance"],
    ]
    assert "Musique" in page.text
    assert "Rennes, 30 km" in page.text.replace("\u00a0", " ")


async def test_who_said_nothing_is_invited_to_and_sees_work_from_home_then_the_newest(client: Client) -> None:
    old, home, new = await indexed(
        await make.mission(**SAINT_MALO), await make.mission(**REMOTE), await make.mission(**RENNES)
    )

    page = await look(client, await make.account())

    assert missions_on(page) == [home, new, old]
    assert why(page) == [["À distance"], ["Parmi les plus récentes"], ["Parmi les plus récentes"]]
    assert "/mon-espace/profil" in page.links


async def test_the_place_asked_for_is_kept_to(client: Client) -> None:
    near, home, far, either = await indexed(
        await make.mission(**RENNES),
        await make.mission(**REMOTE),
        await make.mission(**SAINT_MALO),
        await make.mission(**SAINT_MALO | {"place_kind": "either"}),
    )
    account = await make.account()
    seen = {}

    for kind, radius in (("", 30), ("on_site", 30), ("on_site", 100), ("remote", 30)):
        await state(account, **IN_RENNES, place_kind=kind, radius_km=radius)
        seen[kind, radius] = set(missions_on(await look(client, account)))

    assert seen == {
        ("", 30): {near, home, either},
        ("on_site", 30): {near},
        ("on_site", 100): {near, far, either},
        ("remote", 30): {home, either},
    }


async def test_twelve_at_most_and_three_in_ones_space(client: Client) -> None:
    association = await make.association()
    made = await indexed(*[await make.mission(association=association) for _ in range(14)])
    account = await make.account()
    await state(account, audiences=["in_difficulty"])

    page = await look(client, account)
    space = await (await client.another().sign_in(account)).get("/mon-espace")

    assert missions_on(page) == made[:1:-1]
    assert missions_on(space) == made[:-4:-1]
    assert len(why(space)) == 3
    assert FOR_ME in space.links


Prepare = Callable[[Volunteer, Mission], Awaitable[Any]]


async def is_full(volunteer: Volunteer, mission: Mission) -> None:
    await make.application(mission)
    await make.application(mission)


async def belongs(volunteer: Volunteer, mission: Mission) -> None:
    await make.member(await association_of(mission), await make.account_of(volunteer), role="reader")


async def association_of(mission: Mission) -> Association:
    found = await Association.objects().get(Association.id == mission.association)
    assert found is not None
    return found


def applied(status: str, **values: Any) -> Prepare:
    async def apply(volunteer: Volunteer, mission: Mission) -> None:
        await make.application(mission, volunteer, status=status, **values)

    return apply


def becomes(**values: Any) -> Prepare:
    async def change(volunteer: Volunteer, mission: Mission) -> None:
        await Mission.update({getattr(Mission, name): value for name, value in values.items()}).where(
            Mission.id == mission.id
        )

    return change


async def association_is_suspended(volunteer: Volunteer, mission: Mission) -> None:
    await Association.update({Association.status: "suspended"}).where(Association.id == mission.association)


async def applied_to_another_slot(volunteer: Volunteer, mission: Mission) -> None:
    await make.application(await make.slot(mission, starts_at=make.after(days=9)), volunteer)


@pytest.mark.parametrize(
    ("prepare", "is_shown"),
    [
        (is_full, False),
        (belongs, False),
        (applied("pending"), False),
        (applied("accepted"), False),
        (applied("waiting"), False),
        (applied_to_another_slot, False),
        (applied("declined", status_at=make.after(days=-89)), False),
        (applied("declined", status_at=make.after(days=-91)), True),
        (applied("withdrawn"), True),
        (applied("lapsed"), True),
        (becomes(status="paused", paused_because="association"), False),
        (becomes(status="cancelled"), False),
        (association_is_suspended, False),
    ],
    ids=str,
)
async def test_only_what_an_adult_may_apply_to(client: Client, prepare: Prepare, is_shown: bool) -> None:
    volunteer = await make.volunteer()
    other, mission = await make.mission(), await make.mission()
    await indexed(other, mission)
    await prepare(volunteer, mission)

    seen = await shown_to(client, volunteer)

    assert seen == ([mission.public_id] if is_shown else []) + [other.public_id]


async def test_what_the_index_has_not_heard_of_yet_is_seen_in_the_missions_own_rows(client: Client) -> None:
    """The index counts by itself; were it ever late, the rule of applying still has the last word."""
    volunteer, mission = await make.volunteer(), await make.mission(places=1)
    await indexed(mission)
    await make.application(mission)
    await db.fetch("UPDATE mission_search SET open_until = shown_until WHERE open_until IS NULL RETURNING id")
    assert len(await ranked(None, make.NOW)) == 1

    assert await shown_to(client, volunteer) == []


async def test_a_slot_that_is_left_is_enough(client: Client) -> None:
    volunteer = await make.volunteer()
    mission = await make.mission(places=1, starts_at=make.after(days=3))
    await make.application(mission)
    await make.slot(mission, places=1, starts_at=make.after(days=9))
    await indexed(mission)

    assert await shown_to(client, volunteer) == [mission.public_id]


async def test_a_mission_attended_once_may_be_done_again(client: Client) -> None:
    volunteer = await make.volunteer()
    mission = await make.mission(starts_at=make.after(days=-9))
    await make.application(mission, volunteer, status="accepted")
    await make.slot(mission, starts_at=make.after(days=9))
    await indexed(mission)

    assert await shown_to(client, volunteer) == [mission.public_id]


async def test_a_minor_sees_only_what_is_open_to_them_and_in_time(client: Client) -> None:
    minor, child = await make.volunteer(age=17), await make.volunteer(age=15)
    undated, later = (
        await make.mission(minors="open"),
        await make.mission(minors="open", starts_at=make.after(days=3)),
    )
    await indexed(
        await make.mission(),
        await make.mission(minors="requested"),
        await make.mission(minors="open", starts_at=make.after(hours=47)),
        undated,
        later,
    )

    assert await shown_to(client, minor) == [later.public_id, undated.public_id]
    assert await shown_to(client, child) == []
    assert "Missions pour toi" in (await look(client, await make.account_of(minor))).text


async def test_a_mission_a_guardian_refused_is_not_proposed_for_thirty_days(client: Client) -> None:
    minor = await make.volunteer(age=17)
    mission = await make.mission(minors="open")
    await indexed(mission)
    consent = await make.consent(minor, await make.only_slot(mission), status="refused")
    days = {}

    for ago in (29, 31):
        await Consent.update({Consent.decided_at: make.after(days=-ago)}).where(Consent.id == consent.id)
        days[ago] = await shown_to(client, minor)

    assert days == {29: [], 31: [mission.public_id]}


async def test_who_holds_ten_places_is_told_so(client: Client) -> None:
    volunteer = await make.volunteer()
    await indexed(await make.mission())
    for _ in range(MOST_PLACES):
        await make.application(await make.mission(), volunteer)

    page = await look(client, await make.account_of(volunteer))

    assert missions_on(page) == []
    assert "Dix places, c’est le maximum" in page.text


async def test_three_requests_to_guardians_are_told_kindly(client: Client) -> None:
    minor = await make.volunteer(age=17)
    await indexed(await make.mission(minors="open"))
    for _ in range(3):
        await make.consent(minor, await make.only_slot(await make.mission(minors="open")), status="asked")

    page = await look(client, await make.account_of(minor))

    assert missions_on(page) == []
    assert "Attends d’abord une réponse" in page.text


async def test_nothing_for_now_is_said_with_ways_on(client: Client) -> None:
    page = await look(client, await make.account())
    minors = await look(client, await make.account_of(await make.volunteer(age=16)))

    assert "Aucune mission pour le moment" in page.text
    assert {"/missions", "/mes-alertes"} <= set(page.links)
    assert "/mes-alertes" not in minors.links


async def test_looking_keeps_nothing(client: Client) -> None:
    account = await make.account()
    await state(account, skills=["office"])
    await indexed(await make.mission(skills_needed=["office"]))
    browser = await client.another().sign_in(account)
    before = await _everything()

    await browser.get(FOR_ME)

    assert await _everything() == before


async def _everything() -> dict[str, list[str]]:
    names = [
        table._meta.tablename for table in APP_CONFIG.table_classes if "commune" not in table._meta.tablename
    ]
    return {n: sorted(str(row) for row in await db.fetch(f"SELECT * FROM {n}")) for n in names}


async def test_the_rule_is_asked_about_the_same_person_as_when_applying(database: None) -> None:
    """What is read of many missions in a few queries is what is read of each slot."""
    minor, adult, stranger = await make.volunteer(age=17), await make.volunteer(), await make.account()
    missions = [await make.mission(minors="open", starts_at=make.after(days=n)) for n in range(3, 9)]
    slots = [await make.only_slot(mission) for mission in missions]
    slots.append(await make.slot(missions[0], starts_at=make.after(days=20)))
    for volunteer in (minor, adult):
        for slot, status in zip(
            slots, ("pending", "declined", "withdrawn", "lapsed", "declined"), strict=False
        ):
            await make.application(slot, volunteer, status=status)
    await make.application(slots[1], adult, status="declined", status_at=make.after(days=-200))
    await make.consent(minor, slots[3], status="refused")
    await make.consent(minor, slots[4], status="asked")
    await make.member(await association_of(missions[5]), await make.account_of(adult), role="reader")

    for account in (await make.account_of(minor), await make.account_of(adult), stranger):
        applicant = await volunteer_of(account.id)
        people = await facts.people(account, applicant, slots, make.NOW)
        assert len(people) == len(slots)
        for slot in slots:
            assert people[slot.id] == await facts.person(account, applicant, slot, make.NOW)
    assert len(set(people.values())) == 1  # a stranger is one everywhere
    assert len(set((await facts.people(await make.account_of(adult), adult, slots, make.NOW)).values())) > 2


SKILLS, AUDIENCES = ("office", "music", "web"), ("seniors", "youth", "sick")
DOMAINS, RHYTHMS, PARTS = ("sport", "health", "nature"), ("few_hours", "few_days", ""), ("morning", "evening")
PLACES = (RENNES, {"latitude": 48.3, "longitude": -1.68}, SAINT_MALO, {"latitude": None, "longitude": None})


def some(chance: Random, keys: tuple[str, ...]) -> list[str]:
    return sorted(chance.sample(keys, chance.randint(0, len(keys))))


def expected_order(said: Preferences, missions: list[Mission]) -> list[str]:
    """The order the page promises, counted again from the missions' own rows; newest last in `missions`."""
    keys = []
    for number, one in enumerate(missions):
        close = None
        if said.latitude is not None and one.latitude is not None and one.place_kind != "remote":
            km = distance_km((said.latitude, said.longitude), (one.latitude, one.longitude))
            close = 2 if km <= said.radius_km / 3 else 1 if km <= said.radius_km else None
        from_home = one.place_kind in ("remote", "either")
        on_site = one.place_kind in ("on_site", "either")
        if (said.place_kind == "remote" and not from_home) or (said.place_kind == "on_site" and not on_site):
            continue
        if said.latitude is not None and close is None and (not from_home or said.place_kind == "on_site"):
            continue
        skills = set(said.skills) & {*one.skills_needed, *one.skills_wished}
        points = 4 * len(skills) + 3 * len(set(said.audiences) & set(one.audiences)) + (close or from_home)
        more = (
            (one.domain in said.domains)
            + (one.rhythm in said.rhythms)
            + bool(set(said.day_parts) & set(one.day_parts))
        )
        keys.append((-points, -more, -number, one.public_id))
    return [key[-1] for key in sorted(keys)]


async def test_the_order_is_the_promised_one_for_anybody(database: None) -> None:
    chance, association = Random(7), await make.association()
    missions = [
        await make.mission(
            association=association, skills_needed=some(chance, SKILLS), audiences=some(chance, AUDIENCES),
            domain=chance.choice(DOMAINS), rhythm=chance.choice(RHYTHMS), day_parts=some(chance, PARTS),
            **{"place_kind": chance.choice(("on_site", "remote", "either")), **chance.choice(PLACES)},
        )
        for _ in range(60)
    ]  # fmt: skip
    await indexed(*missions)
    account, by_id = await make.account(), {mission.id: mission.public_id for mission in missions}
    sizes = []

    for _ in range(25):
        said = await state(
            account, **chance.choice((IN_RENNES, {})), skills=some(chance, SKILLS),
            audiences=some(chance, AUDIENCES), domains=some(chance, DOMAINS),
            rhythms=some(chance, RHYTHMS[:2]), day_parts=some(chance, PARTS),
            place_kind=chance.choice(("", "on_site", "remote")), radius_km=chance.choice((10, 30, 100)),
        )  # fmt: skip
        found = [by_id[hit.mission] for hit in await ranked(said, make.NOW)]
        assert found == expected_order(said, missions)
        sizes.append(len(found))

    assert len(set(sizes)) > 5


async def test_too_many_answers_give_their_newest_the_same_on_each_engine(
    database: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(candidates, "ENOUGH", 2)
    association = await make.association()
    common = [await make.mission(association=association, skills_needed=["office"]) for _ in range(5)]
    rare = await make.mission(association=association, audiences=["seniors"], skills_wished=["office"])
    others = [await make.mission(association=association) for _ in range(3)]
    await indexed(*common, rare, *others)
    account = await make.account()

    both = await ranked(await state(account, skills=["office"], audiences=["seniors"]), make.NOW)
    skill = await ranked(await state(account, skills=["office"]), make.NOW)

    assert [hit.mission for hit in both] == [rare.id, common[-1].id]
    assert [hit.mission for hit in skill] == [rare.id, common[-1].id]


async def test_a_mission_is_named_once_and_its_card_is_the_searchs(client: Client) -> None:
    account = await make.account()
    await state(account, **IN_RENNES, skills=["office"], audiences=["seniors"], domains=["sport"])
    (mission,) = await indexed(
        await make.mission(**RENNES, skills_needed=["office"], audiences=["seniors"], domain="sport")
    )

    page = await look(client, account)

    assert missions_on(page) == [mission]
    assert [gate.text_of(h3) for h3 in page.main.iter("h3")] == ["Trier et plier les vêtements reçus"]
