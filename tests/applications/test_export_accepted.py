"""The people accepted, for a spreadsheet: what may be seen, nothing that runs, each download noted."""

import csv
import io

import pytest

from marketplace.applications.export_tables import ExportLog
from marketplace.applications.lifecycle import Status
from marketplace.associations.lifecycle import Role
from marketplace.associations.tables import Association
from marketplace.missions.policies import slot_key
from marketplace.missions.tables import Mission
from tests import make
from tests.client import Client, Page


async def association_of(mission: Mission) -> Association:
    row = await Association.objects().get(Association.id == mission.association)
    assert row is not None
    return row


def path(mission: Mission) -> str:
    return f"/mes-missions/{mission.public_id}/acceptes.csv"


def read(page: Page) -> list[list[str]]:
    text = page.response.content.decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))


async def test_the_accepted_and_nobody_else(client: Client) -> None:
    mission = await make.mission(places=9)
    for name, status in (("Anne", Status.ACCEPTED), ("Basile", Status.PENDING), ("Chloé", Status.DECLINED)):
        volunteer = await make.volunteer(
            first_name=name, family_name=f"{name}Nom", email=f"{name.lower()[:4]}@example.org"
        )
        await make.application(
            mission, volunteer, status=status, tasks=["Trier", "Ranger"], coming_at=make.NOW
        )
    owner = await make.owner_of(await association_of(mission))
    await client.sign_in(owner)

    page = await client.get(path(mission))

    assert read(page)[1:] == [
        [
            "Anne",
            "AnneNom",
            "anne@example.org",
            "",
            "",
            "",
            "Sans date fixée",
            "Trier · Ranger",
            "dit le 2 mars 2027",
        ]
    ]
    assert page.response.headers["content-type"] == "text/csv; charset=utf-8"
    assert page.response.headers["cache-control"] == "no-store"
    assert page.response.headers["content-disposition"].startswith('attachment; filename="acceptes-')
    (log,) = await ExportLog.objects()
    assert (log.account, log.association, log.mission, log.rows) == (
        owner.id,
        mission.association,
        mission.id,
        1,
    )
    assert log.at == make.NOW


async def test_a_minor_has_a_first_name_and_a_guardian(client: Client) -> None:
    mission = await make.mission(places=9, minors="open", place_kind="on_site")
    lou = await make.volunteer(age=16, first_name="Lou", family_name="Secret", email="lou@example.org")
    await make.application(mission, lou, status=Status.ACCEPTED)
    await client.sign_in(await make.owner_of(await association_of(mission)))

    page = await client.get(path(mission))

    (line,) = read(page)[1:]
    assert line[:4] == ["Lou", "", "", "Mineur (16–17 ans)"]
    assert line[4]
    assert "Secret" not in page.html
    assert "lou@example.org" not in page.html
    assert "parent@example.org" not in page.html


async def test_names_are_forgotten_thirty_days_after_the_slot(client: Client) -> None:
    mission = await make.mission(places=9, starts_at=make.after(days=-40))
    volunteer = await make.volunteer(first_name="Anne", family_name="Perdue")
    await make.application(mission, volunteer, status=Status.ACCEPTED)
    await client.sign_in(await make.owner_of(await association_of(mission)))

    page = await client.get(path(mission))

    assert read(page)[1][:3] == ["Anne", "", ""]
    assert "Perdue" not in page.html


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
async def test_no_cell_runs(start: str, client: Client) -> None:
    mission = await make.mission(places=9)
    volunteer = await make.volunteer(first_name=f"{start}cmd|' /C calc'!A0", family_name=f'{start}1;"2"')
    await make.application(mission, volunteer, status=Status.ACCEPTED, tasks=[f"{start}SUM(A1)"])
    await client.sign_in(await make.owner_of(await association_of(mission)))

    line = read(await client.get(path(mission)))[1]

    assert [cell[:2] for cell in (line[0], line[1], line[7])] == [f"'{start}"] * 3
    assert len(line) == 9


async def test_one_date(client: Client) -> None:
    mission = await make.mission(places=9, starts_at=make.after(days=17))
    later = await make.only_slot(mission)
    sooner = await make.slot(mission, places=9, starts_at=make.after(days=10))
    for slot, name in ((later, "Anne"), (sooner, "Basile")):
        volunteer = await make.volunteer(first_name=name)
        await make.application(slot, volunteer, status=Status.ACCEPTED)
    await client.sign_in(await make.owner_of(await association_of(mission)))

    assert [line[0] for line in read(await client.get(path(mission)))[1:]] == ["Basile", "Anne"]
    one = await client.get(f"{path(mission)}?date={slot_key(later)}")
    assert [line[0] for line in read(one)[1:]] == ["Anne"]
    await client.get(f"{path(mission)}?date=%00", 404)


@pytest.mark.parametrize("who", ["reader", "removed", "elsewhere", "volunteer"])
async def test_nobody_else_takes_it(who: str, client: Client) -> None:
    mission = await make.mission(places=9)
    volunteer = await make.volunteer()
    await make.application(mission, volunteer, status=Status.ACCEPTED)
    account = await make.account() if who != "volunteer" else await make.account_of(volunteer)
    if who == "elsewhere":
        await make.association(owner=account)
    elif who in ("reader", "removed"):
        role = Role.READER if who == "reader" else Role.MANAGER
        member = await make.member(await association_of(mission), account, role=role)
        if who == "removed":
            await member.remove()
    await client.sign_in(account)

    await client.get(path(mission), 404)

    assert await ExportLog.count() == 0
