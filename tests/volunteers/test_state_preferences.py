"""What volunteers say they look for: all of it optional, theirs alone, and gone when they want."""

import asyncio
import sqlite3
from typing import Any

import asyncpg
import pytest

from marketplace import db
from marketplace.accounts.tables import Account
from marketplace.volunteers import actions
from marketplace.volunteers.queries import preferences_of, volunteer_of
from marketplace.volunteers.tables import BirthDate, Preferences, Volunteer
from tests import make
from tests.client import Client, Page, fields

PROFILE = "/mon-espace/profil"
FOR_ME = "/mon-espace/missions-pour-vous"
ERASE = "/mon-espace/profil/effacement"
SAID: dict[str, str | list[str]] = {
    "skills": ["office", "cooking"],
    "audiences": ["seniors"],
    "domains": ["sport"],
    "place_kind": "on_site",
    "commune": "Rennes",
    "radius": "50",
    "rhythms": ["few_hours"],
    "day_parts": ["morning", "evening"],
}
COLUMNS: dict[str, Any] = {
    "skills": ["office"],
    "audiences": [],
    "domains": [],
    "rhythms": [],
    "day_parts": [],
    "place_kind": "",
    "commune_code": "35238",
    "commune_name": "Rennes",
    "postcode": "35000",
    "department": "35",
    "latitude": 48.11,
    "longitude": -1.68,
    "radius_km": 30,
    "updated_at": make.NOW,
}


async def said_by(account: Account) -> dict[str, Any]:
    """The row of this account, without its keys."""
    row = await preferences_of(account.id)
    assert row is not None
    return {name: getattr(row, name) for name in COLUMNS if name != "updated_at"}


async def fill(client: Client, data: dict[str, str | list[str]], status: int = 303) -> Page:
    return await client.submit(await client.get(PROFILE), data, form=PROFILE, status=status)


async def test_an_account_that_never_offered_time_says_what_it_looks_for(
    client: Client, communes: None
) -> None:
    account = await make.account(adult_attested_on=None)
    await client.sign_in(account)

    answer = await fill(client, SAID)

    assert answer.location == FOR_ME
    said = await said_by(account)
    assert (round(said.pop("latitude")), round(said.pop("longitude"))) == (48, -2)
    assert said == {
        **{name: SAID[name] for name in ("skills", "audiences", "domains", "rhythms", "day_parts")},
        "place_kind": "on_site",
        "commune_code": "35238",
        "commune_name": "Rennes",
        "postcode": said["postcode"],
        "department": "35",
        "radius_km": 50,
    }
    fresh = await Account.objects().get(Account.id == account.id)
    assert (fresh and fresh.adult_attested_on, await BirthDate.count()) == (None, 0)  # still asked to apply


async def test_the_page_shows_what_was_said_and_saving_it_again_changes_nothing(
    client: Client, communes: None
) -> None:
    account = await make.account()
    await client.sign_in(account)
    await fill(client, SAID)
    before = await said_by(account)

    form = fields((await client.get(PROFILE)).form(PROFILE))
    await fill(client, {})

    assert {name: form[name] for name in ("skills", "audiences", "domains", "rhythms", "day_parts")} == {
        name: SAID[name] for name in ("skills", "audiences", "domains", "rhythms", "day_parts")
    }
    assert (form["place_kind"], form["radius"]) == (["on_site"], ["50"])
    assert await said_by(account) == before
    assert await Preferences.count() == 1


async def test_what_is_said_takes_the_place_of_what_was(client: Client, communes: None) -> None:
    account = await make.account()
    await client.sign_in(account)
    await fill(client, SAID)

    await fill(client, {"skills": ["music"], "audiences": [], "commune": "", "place_kind": "remote"})

    said = await said_by(account)
    assert (said["skills"], said["audiences"], said["place_kind"]) == (["music"], [], "remote")
    assert (said["commune_code"], said["commune_name"], said["latitude"]) == ("", "", None)


async def test_a_homonym_is_chosen_and_a_commune_alone_is_enough(client: Client, communes: None) -> None:
    account = await make.account()
    await client.sign_in(account)

    page = await fill(client, {"commune": "Saint-Denis"}, status=422)
    assert await Preferences.count() == 0
    await client.submit(page, {"commune_code": "93066"}, form=PROFILE)

    said = await said_by(account)
    assert (said["commune_code"], said["department"], said["skills"]) == ("93066", "93", [])


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("commune", "Nullepartville", "Nous ne trouvons pas cette commune"),
        ("skills", "burglary", "Choisissez une réponse dans la liste"),
        ("audiences", "zzz", "Choisissez une réponse dans la liste"),
        ("place_kind", "either", "Choisissez une réponse dans la liste"),
        ("radius", "40000", "Choisissez"),
    ],
)
async def test_what_makes_no_sense_is_said_kept_on_the_page_and_not_stored(
    client: Client, communes: None, field: str, value: str, said: str
) -> None:
    account = await make.account()
    await client.sign_in(account)

    page = await client.submit(
        await client.get(PROFILE),
        {"domains": ["nature"]},
        extra={field: value},
        form=PROFILE,
        status=422,
    )

    assert said in page.text
    assert fields(page.form(PROFILE))["domains"] == ["nature"]
    assert (await Preferences.count(), await volunteer_of(account.id)) == (0, None)


async def test_a_form_without_an_answer_keeps_nothing(client: Client) -> None:
    account = await make.account()
    await client.sign_in(account)

    answer = await fill(client, {"radius": "100"})

    assert answer.location == PROFILE
    assert (await Preferences.count(), await Volunteer.count()) == (0, 0)


async def test_taking_every_answer_back_erases_them(client: Client) -> None:
    account = await make.account()
    await actions.state_preferences(account, COLUMNS, make.NOW)
    await client.sign_in(account)

    await fill(client, {"skills": [], "commune": ""})

    assert await Preferences.count() == 0


async def test_one_button_erases_all_of_it_and_nothing_else(client: Client) -> None:
    mine, others = await make.account(), await make.account()
    for account in (mine, others):
        await actions.state_preferences(account, COLUMNS, make.NOW)
    await client.sign_in(mine)

    page = await client.follow(await client.submit(await client.get(PROFILE), form=ERASE))

    assert await preferences_of(mine.id) is None
    assert (await said_by(others))["skills"] == ["office"]
    assert await volunteer_of(mine.id) is not None
    assert [form.get("action") for form in page.forms()] == [PROFILE]


async def test_a_minor_may_say_it_too_and_is_spoken_to_as_one(client: Client) -> None:
    minor = await make.volunteer(age=16)
    account = await make.account_of(minor)
    await client.sign_in(account)

    page = await client.get(PROFILE)
    await fill(client, {"skills": ["music"]})

    assert "Dis ce que tu aimes faire" in page.text
    assert (await said_by(account))["skills"] == ["music"]
    assert await BirthDate.count() == 1


async def test_nobody_else_reads_it(client: Client) -> None:
    """Neither another account, nor the association one applies to."""
    owner, volunteer = await make.account(), await make.volunteer()
    mission = await make.mission(association=await make.association(owner=owner))
    application = await make.application(mission, volunteer, status="accepted")
    secret = {"skills": ["psychology"], "audiences": ["addiction"], "commune_name": "Saint-Denis"}
    await actions.state_preferences(await make.account_of(volunteer), COLUMNS | secret, make.NOW)
    await client.sign_in(owner)

    for path in (
        f"/candidatures/{application.public_id}",
        f"/candidatures?mission={mission.public_id}&etat=toutes",
        "/mon-espace",
        FOR_ME,
    ):
        text = (await client.get(path)).text
        assert [w for w in ("Soutien psychologique", "addiction", "Saint-Denis") if w in text] == []
    assert "skills" not in fields((await client.get(PROFILE)).form(PROFILE))


async def test_two_browsers_at_once_make_one_row(database: None) -> None:
    account = await make.account()

    await asyncio.gather(
        *(
            actions.state_preferences(account, COLUMNS | {"skills": [skill]}, make.NOW)
            for skill in ("office", "music", "cooking", "bike")
        )
    )

    assert (await Preferences.count(), await Volunteer.count()) == (1, 1)


@pytest.mark.parametrize(
    "columns",
    [
        {"radius_km": 4},
        {"radius_km": 201},
        {"place_kind": "either"},
        {"latitude": None},
        {"latitude": 91.0},
        {"commune_name": ""},
    ],
)
async def test_the_database_holds_it(database: None, columns: dict[str, Any]) -> None:
    account = await make.account()

    with pytest.raises((sqlite3.Error, asyncpg.PostgresError)) as refused:
        await actions.state_preferences(account, COLUMNS | columns, make.NOW)

    assert db.violated(refused.value)
    assert (await Preferences.count(), await Volunteer.count()) == (0, 0)
