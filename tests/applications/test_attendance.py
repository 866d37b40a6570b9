"""Who was there and for how long: one form for a slot, nothing typed is lost, and nobody is scored."""

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace import db
from marketplace.applications import attendance_queries
from marketplace.applications.answers import Ending, withdraw
from marketplace.applications.attendance_actions import Noted, ask_for_attendance, note_attendance
from marketplace.applications.attendance_policies import MOST_MINUTES, duration, minutes_of, why_not_note
from marketplace.applications.lifecycle import Status
from marketplace.applications.queries import candidacy
from marketplace.applications.tables import Application
from marketplace.associations.lifecycle import Role
from marketplace.associations.tables import Association
from marketplace.errors import Refusal
from marketplace.lifecycle import By, note
from marketplace.mail.tables import Email
from marketplace.missions.lifecycle import Status as MissionStatus
from marketplace.missions.policies import slot_key
from marketplace.missions.tables import Mission, Slot
from tests import make
from tests.client import Client, Clock, Page, emails_to, links_in

pytestmark = pytest.mark.usefixtures("site", "database")

STARTS = make.after(days=1)
ENDS = STARTS + timedelta(hours=2)
SECOND = timedelta(seconds=1)


async def slot_with(*names: str, starts_at: datetime | None = STARTS) -> tuple[Mission, list[Application]]:
    """A mission, and accepted people of these first names."""
    mission = await make.mission(places=max(len(names), 1), starts_at=starts_at)
    people = [
        await make.application(mission, await make.volunteer(first_name=name), status=Status.ACCEPTED)
        for name in names
    ]
    return mission, people


async def page_of(mission: Mission, cursor: str = "") -> str:
    key = slot_key(await make.only_slot(mission))
    return f"/mes-missions/{mission.public_id}/presences/{key}" + (f"?apres={cursor}" if cursor else "")


async def manager_of(mission: Mission, client: Client, role: Role = Role.MANAGER) -> Client:
    association = await Association.objects().get(Association.id == mission.association)
    assert association is not None
    member = await make.account()
    await make.member(association, member, role=role)
    return await client.sign_in(member)


async def fresh(application: Application) -> Application:
    row = await Application.objects().get(Application.id == application.id)
    assert row is not None
    return row


async def noted(application: Application) -> tuple[str | None, int | None]:
    row = await fresh(application)
    return row.attendance, row.minutes


async def saved(client: Client, page: Page, answers: Mapping[str, str]) -> Page:
    return await client.follow(await client.submit(page, answers))


def of(people: list[Application], **columns: list[str]) -> dict[str, str]:
    """The fields of these people: `of(people, attendance=["present", "absent"])`."""
    return {
        f"{name}_{person.public_id}": value
        for name, values in columns.items()
        for person, value in zip(people, values, strict=False)
    }


async def test_one_form_notes_everybody_and_may_be_corrected(client: Client, clock: Clock) -> None:
    mission, people = await slot_with("Ada", "Bob", "Zoé")
    clock.instant = STARTS
    await manager_of(mission, client)
    page = await client.get(await page_of(mission))

    answers = of(people, attendance=["present", "absent", "excused"], duration=["1 h 45"])
    page = await saved(client, page, answers)

    assert "C’est enregistré." in page.text
    assert [await noted(one) for one in people] == [("present", 105), ("absent", None), ("excused", None)]
    page = await saved(client, page, of(people, attendance=["absent", "present"]))
    assert [await noted(one) for one in people] == [("absent", None), ("present", 120), ("excused", None)]


async def test_what_is_not_answered_stays_as_it_is(client: Client, clock: Clock) -> None:
    mission, people = await slot_with("Ada", "Bob")
    clock.instant = ENDS
    await manager_of(mission, client)

    await saved(client, await client.get(await page_of(mission)), of(people, attendance=["present"]))

    assert [await noted(one) for one in people] == [("present", 120), (None, None)]


async def test_one_button_says_that_all_the_others_were_there(client: Client, clock: Clock) -> None:
    mission, people = await slot_with("Ada", "Bob", "Zoé")
    clock.instant = ENDS
    await manager_of(mission, client)
    page = await client.get(await page_of(mission))

    await saved(client, page, of(people, attendance=["absent"]) | {"others": "present"})

    assert [await noted(one) for one in people] == [("absent", None), ("present", 120), ("present", 120)]


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"duration": "deux heures"}, "Écrivez une durée"),
        ({"duration": "0"}, "Écrivez une durée"),
        ({"duration": "-2"}, "Écrivez une durée"),
        ({"duration": "25 h"}, "trop longue"),
        ({"duration": "9999 h"}, "trop longue"),
        ({"duration": "9" * 30}, "20 caractères au plus"),
        ({"duration": "2\x00"}, "caractères illisibles"),
        ({"duration": "２ h"}, "Écrivez une durée"),
        ({"attendance": "late"}, "Choisissez une réponse dans la liste."),
    ],
)
async def test_a_mistake_notes_nothing_and_loses_nothing(
    client: Client, clock: Clock, typed: dict[str, str], message: str
) -> None:
    mission, people = await slot_with("Ada", "Bob")
    clock.instant = ENDS
    await manager_of(mission, client)
    page = await client.get(await page_of(mission))
    wrong = {f"{name}_{people[1].public_id}": value for name, value in typed.items()}

    answers = of(people, attendance=["present", "present"], duration=["1 h 10"]) | wrong
    again = await client.submit(page, answers, status=422)

    assert message in again.text
    assert "Bob : " in again.text
    assert [await noted(one) for one in people] == [(None, None)] * 2
    kept = {e.get("name"): e.get("value") for e in again.form().iter("input") if e.get("type") == "text"}
    assert kept[f"duration_{people[0].public_id}"] == "1 h 10"
    ticked = [e.get("name") for e in again.form().iter("input") if e.get("checked") is not None]
    assert f"attendance_{people[0].public_id}" in ticked


async def test_before_the_start_the_list_says_who_comes_and_nothing_is_noted(
    client: Client, clock: Clock
) -> None:
    mission, people = await slot_with("Ada", "Bob")
    await Application.update({Application.coming_at: make.NOW}).where(Application.id == people[0].id)
    await manager_of(mission, client)

    page = await client.get(await page_of(mission))
    key = (await client.get("/connexion")).form_key
    forged = of(people, attendance=["present", "present"]) | {"form_key": key}
    refused = await client.post(await page_of(mission), forged)

    assert page.forms() == []
    assert page.text.count("A dit « je viens » le 2 mars 2027") == 1
    assert (refused.status, refused.h1) == (409, "Le créneau n’a pas encore commencé")
    assert [await noted(one) for one in people] == [(None, None)] * 2


async def test_ninety_days_later_it_is_read_and_changes_no_more(client: Client, clock: Clock) -> None:
    mission, people = await slot_with("Ada")
    slot = await make.only_slot(mission)
    await note_attendance(slot, {people[0].public_id: Noted("present", 90)}, ENDS)
    clock.instant = ENDS + timedelta(days=90)
    await manager_of(mission, client)

    page = await client.get(await page_of(mission))

    assert page.forms() == []
    assert "Présent 1 h 30" in page.text
    assert why_not_note(slot, None, clock.instant - SECOND) is None
    with pytest.raises(Refusal):
        await note_attendance(slot, {people[0].public_id: Noted("absent", None)}, clock.instant)
    assert await noted(people[0]) == ("present", 90)


async def test_the_family_name_is_shown_to_the_association_for_thirty_days_and_never_a_minors(
    client: Client, clock: Clock
) -> None:
    mission = await make.mission(places=2, starts_at=STARTS, minors="open")
    adult = await make.volunteer(first_name="Ada", family_name="Lovelace")
    minor = await make.volunteer(age=16, first_name="Noa", family_name="Secret")
    for person in (adult, minor):
        await make.application(mission, person, status=Status.ACCEPTED)
    clock.instant = ENDS
    await manager_of(mission, client)

    page = await client.get(await page_of(mission))
    clock.instant = ENDS + timedelta(days=30)
    later = await client.get(await page_of(mission))

    assert "Ada Lovelace" in page.text
    assert "Noa" in page.text
    assert "Mineur (16–17 ans)" in page.text
    assert "Secret" not in page.html
    assert "Lovelace" not in later.html
    assert "Ada" in later.text


async def test_an_erased_account_keeps_its_row(client: Client, clock: Clock) -> None:
    mission, (one,) = await slot_with("Ada")
    await db.fetch("UPDATE volunteer SET account = NULL WHERE id = {}", one.volunteer)
    clock.instant = ENDS
    await manager_of(mission, client)

    await saved(client, await client.get(await page_of(mission)), of([one], attendance=["present"]))

    assert await noted(one) == ("present", 120)


@pytest.mark.parametrize("status", [s for s in Status if s not in (Status.ACCEPTED, Status.UNCONFIRMED)])
async def test_only_accepted_people_are_listed_or_noted(client: Client, clock: Clock, status: Status) -> None:
    mission = await make.mission(starts_at=STARTS)
    one = await make.application(mission, await make.volunteer(first_name="Ada"), status=status)
    clock.instant = ENDS
    await manager_of(mission, client)

    page = await client.get(await page_of(mission))
    await note_attendance(await make.only_slot(mission), {one.public_id: Noted("present", 60)}, ENDS)

    assert "Ada" not in page.text
    assert await noted(one) == (None, None)


async def test_somebody_of_another_slot_is_not_noted() -> None:
    mission, _ = await slot_with("Ada")
    _, (elsewhere,) = await slot_with("Bob")

    await note_attendance(await make.only_slot(mission), {elsewhere.public_id: Noted("present", 60)}, ENDS)

    assert await noted(elsewhere) == (None, None)


async def test_readers_and_other_associations_do_not_see_it(client: Client) -> None:
    mission, _ = await slot_with("Ada")

    await (await manager_of(mission, client, Role.READER)).get(await page_of(mission), 404)
    await (await manager_of(await make.mission(), client)).get(await page_of(mission), 404)
    await (await manager_of(mission, client)).get(await page_of(mission))


@pytest.mark.parametrize("key", ["sans-date", "20270303T0900", "zzz", "19990101T0000Z"])
async def test_a_slot_that_is_not_this_missions_is_not_found(client: Client, key: str) -> None:
    mission, _ = await slot_with("Ada")
    await manager_of(mission, client)

    await client.get(f"/mes-missions/{mission.public_id}/presences/{key}", 404)


async def test_a_slot_of_many_people_is_cut_in_pages_that_are_each_saved(
    client: Client, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attendance_queries, "PER_PAGE", 2)
    mission, people = await slot_with("Ada", "Bob", "Zoé")
    clock.instant = ENDS
    await manager_of(mission, client)

    first = await client.get(await page_of(mission))
    (more,) = [link for link in first.links if "apres=" in link]
    second = await saved(client, await client.get(more), of(people[2:], attendance=["present"]))

    assert "Zoé" not in first.text
    assert "C’est enregistré." in second.text
    assert "Zoé" in second.text
    assert [await noted(one) for one in people] == [(None, None), (None, None), ("present", 120)]


async def test_hours_of_a_mission_without_dates_are_noted_at_any_time(client: Client) -> None:
    mission, (one,) = await slot_with("Ada", starts_at=None)
    await manager_of(mission, client)
    page = await client.get(await page_of(mission))

    again = await client.submit(page, of([one], attendance=["present"]), status=422)
    await saved(client, again, of([one], attendance=["present"], duration=["12,5"]))

    assert await noted(one) == ("present", 750)


async def test_a_finished_mission_without_dates_is_noted_for_ninety_days() -> None:
    mission, (one,) = await slot_with("Ada", starts_at=None)
    await note("mission", mission.id, "published", "finished", By.ASSOCIATION, make.NOW)
    await Mission.update({Mission.status: MissionStatus.FINISHED.value}).where(Mission.id == mission.id)
    slot, last = await make.only_slot(mission), make.after(days=90)

    await note_attendance(slot, {one.public_id: Noted("present", 60)}, last - SECOND)
    with pytest.raises(Refusal):
        await note_attendance(slot, {one.public_id: Noted("present", 90)}, last)

    assert await noted(one) == ("present", 60)


async def test_hours_stay_with_somebody_who_stops() -> None:
    mission, (one,) = await slot_with("Ada", starts_at=None)
    await note_attendance(await make.only_slot(mission), {one.public_id: Noted("present", 60)}, make.NOW)

    await withdraw(await candidacy(one.public_id), Ending(By.VOLUNTEER, "unavailable"), make.after(days=1))

    assert (await fresh(one)).status == Status.WITHDRAWN
    assert await noted(one) == ("present", 60)


async def test_nobody_is_scored(client: Client, clock: Clock) -> None:
    """« N’est pas venu » twice: applying and being accepted are as before."""
    person = await make.volunteer()
    for _ in range(2):
        mission = await make.mission(starts_at=STARTS)
        one = await make.application(mission, person, status=Status.ACCEPTED)
        await note_attendance(await make.only_slot(mission), {one.public_id: Noted("absent", None)}, ENDS)
    clock.instant = ENDS
    await client.sign_in(await make.account_of(person))
    new = await make.mission()

    page = await client.get(f"/missions/{new.public_id}/candidature")

    assert page.status == 200
    assert "absent" not in page.html.lower()


@pytest.mark.parametrize(
    ("at", "asked"),
    [
        (ENDS + timedelta(days=1) - SECOND, 0),
        (ENDS + timedelta(days=1), 1),
        (ENDS + timedelta(days=4), 1),
        (ENDS + timedelta(days=14), 0),
    ],
    ids=["too early", "a day after", "three days late", "much too late"],
)
async def test_the_association_is_asked_once_a_day_after(at: datetime, asked: int) -> None:
    mission, _ = await slot_with("Ada", "Bob")
    association = await Association.objects().get(Association.id == mission.association)
    assert association is not None

    assert [await ask_for_attendance(at), await ask_for_attendance(at)] == [asked, 0]

    mails = await emails_to((await make.owner_of(association)).email)
    assert [mail.subject for mail in mails] == ["Qui était là\u00a0?"] * asked
    assert [await page_of(mission) in links_in(mail) for mail in mails] == [True] * asked


async def test_several_processes_ask_once_per_slot() -> None:
    for _ in range(3):
        await slot_with("Ada", "Bob")

    asked = await asyncio.gather(*(ask_for_attendance(ENDS + timedelta(days=1)) for _ in range(4)))

    assert sum(asked) == 3
    assert await Email.count() == 3


async def test_no_slot_is_forgotten_when_there_are_many() -> None:
    for _ in range(5):
        await slot_with("Ada")

    assert await ask_for_attendance(ENDS + timedelta(days=1)) == 5


async def test_nothing_is_asked_where_all_is_noted_or_nothing_took_place() -> None:
    done, (one,) = await slot_with("Ada")
    await note_attendance(await make.only_slot(done), {one.public_id: Noted("absent", None)}, ENDS)
    cancelled, _ = await slot_with("Bob")
    await Slot.update({Slot.cancelled_at: make.NOW}).where(Slot.mission == cancelled.id)
    await slot_with()
    await slot_with("Zoé", starts_at=None)

    assert await ask_for_attendance(ENDS + timedelta(days=1)) == 0


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("2", 120), ("2 h", 120), ("2h30", 150), ("2 h 30", 150), ("2\u00a0h\u00a030", 150), ("2:05", 125),
        ("2,5", 150), ("1.25", 75), ("90 min", 90), ("45mn", 45), ("2 heures", 120), ("2,5 h", 150),
        ("2 h 30 min", 150), ("", None), ("h", None), ("2 h 75", None), ("-1", None), ("1e3", None),
        ("٢", None), ("2 jours", None), ("2,555", None), ("12345678", None),
    ],
)  # fmt: skip
def test_a_duration_is_read_as_people_write_it(typed: str, minutes: int | None) -> None:
    assert minutes_of(typed) == minutes


@given(st.integers(1, MOST_MINUTES))
def test_a_duration_that_is_shown_is_read_back(minutes: int) -> None:
    assert minutes_of(duration(minutes)) == minutes


@given(st.text(max_size=20))
def test_any_text_is_a_duration_or_none(text: Any) -> None:
    read = minutes_of(text)
    assert read is None or read >= 0


async def test_a_word_of_thanks_is_offered_after_the_hours_of_those_who_were_there(
    client: Client, clock: Clock
) -> None:
    mission, people = await slot_with("Alix", "Bo", "Chris")
    await manager_of(mission, client)
    clock.instant = ENDS
    page = await client.get(await page_of(mission))
    assert "remerciement" not in page.text

    page = await saved(client, page, of(people, attendance=["present", "absent"]))

    (row,) = [part for part in page.html.split("</li>") if "Écrire un mot de remerciement" in part]
    assert f"/{people[0].public_id}/" in row
    assert row.index("duration_") < row.index("Écrire un mot")
