"""« Comment ça s’est passé »: both sides speak once, to each other alone."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest

from marketplace.applications.attendance_actions import Noted, note_attendance
from marketplace.applications.feedback_actions import ask_how_it_went, tell, thank
from marketplace.applications.feedback_errors import AlreadySaid, NotOver
from marketplace.applications.feedback_tables import Feedback
from marketplace.applications.lifecycle import Status
from marketplace.applications.queries import candidacy
from marketplace.applications.tables import Application
from marketplace.associations.lifecycle import Role
from marketplace.associations.tables import Association
from marketplace.mail.tables import Email
from marketplace.missions.tables import Mission, Slot
from marketplace.volunteers.tables import Volunteer
from tests import make
from tests.client import Client, Clock, emails_to, last_email, links_in
from tests.walls import must_refuse

pytestmark = pytest.mark.usefixtures("site", "database")

STARTS = make.after(days=1)
ENDS = STARTS + timedelta(hours=2)
A_DAY_AFTER = ENDS + timedelta(days=1)
SECOND = timedelta(seconds=1)
ALIX = "alix@example.org"
FINE = {"as_described": "yes", "welcomed": "partly", "words": "Un accueil simple.\nMerci à Sacha."}


async def accepted(
    email: str = ALIX, starts_at: datetime | None = STARTS, age: int | None = None, **values: Any
) -> Application:
    mission = await make.mission(starts_at=starts_at, minors="open")
    person = await make.volunteer(age=age, email=email, first_name="Alix")
    return await make.application(mission, person, status=Status.ACCEPTED, **values)


async def mission_of(application: Application) -> Mission:
    found: Mission = (await candidacy(application.public_id)).mission
    return found


async def signed_in(client: Client, application: Application) -> Client:
    volunteer = await Volunteer.objects().get(Volunteer.id == application.volunteer)
    assert volunteer is not None
    return await client.another().sign_in(await make.account_of(volunteer))


async def manager(client: Client, application: Application, role: Role = Role.MANAGER) -> Client:
    association = await Association.objects().get(
        Association.id == (await mission_of(application)).association
    )
    assert association is not None
    member = await make.account()
    await make.member(association, member, role=role)
    return await client.another().sign_in(member)


@pytest.mark.parametrize(
    ("at", "asked"),
    [
        (A_DAY_AFTER - SECOND, 0),
        (A_DAY_AFTER, 1),
        (A_DAY_AFTER + timedelta(days=3), 1),
        (ENDS + timedelta(days=14), 0),
    ],
    ids=["too early", "a day after", "three days late", "much too late"],
)
async def test_people_are_asked_once_a_day_after(at: datetime, asked: int) -> None:
    await accepted()

    assert [await ask_how_it_went(at), await ask_how_it_went(at)] == [asked, 0]

    assert [mail.subject for mail in await emails_to(ALIX)] == ["Comment ça s’est passé\u00a0?"] * asked


async def test_several_processes_ask_each_person_once() -> None:
    for number in range(3):
        await accepted(f"someone{number}@example.org")

    asked = await asyncio.gather(*(ask_how_it_went(A_DAY_AFTER) for _ in range(4)))

    assert sum(asked) == 3
    assert await Email.count() == 3


@pytest.mark.parametrize("attendance", ["absent", "excused"])
async def test_whoever_was_not_there_is_not_asked(attendance: str) -> None:
    await accepted(attendance=attendance)

    assert await ask_how_it_went(A_DAY_AFTER) == 0


@pytest.mark.parametrize("status", [s for s in Status if s not in (Status.ACCEPTED, Status.UNCONFIRMED)])
async def test_only_accepted_people_are_asked(status: Status) -> None:
    await make.application(await make.mission(starts_at=STARTS), status=status)

    assert await ask_how_it_went(A_DAY_AFTER) == 0


async def test_a_cancelled_slot_asks_nothing() -> None:
    application = await accepted()
    await Slot.update({Slot.cancelled_at: make.NOW}).where(Slot.id == application.slot)

    assert await ask_how_it_went(A_DAY_AFTER) == 0
    with pytest.raises(NotOver):
        await tell(await candidacy(application.public_id), "yes", "yes", "", A_DAY_AFTER)


async def test_without_dates_the_first_hours_noted_ask() -> None:
    application = await accepted(starts_at=None)
    slot = await make.only_slot(await mission_of(application))
    assert await ask_how_it_went(A_DAY_AFTER) == 0

    for minutes in (60, 90):
        await note_attendance(slot, {application.public_id: Noted("present", minutes)}, make.NOW)

    assert [mail.template for mail in await emails_to(ALIX)] == ["feedback_asked"]


async def test_three_answers_by_the_mailed_link_which_the_association_reads(
    client: Client, clock: Clock
) -> None:
    application = await accepted()
    clock.instant = A_DAY_AFTER
    await ask_how_it_went(clock.instant)
    link = next(link for link in links_in(await last_email(ALIX)) if "/raconter/" in link)
    page = await client.follow(await client.get(link, 303))

    said = await client.follow(await client.submit(page, FINE))
    read = await (await manager(client, application)).get(f"/candidatures/{application.public_id}/retour")

    assert said.h1 == "Merci, c’est noté"
    for shown in (said, read):
        assert "Un accueil simple. Merci à Sacha." in shown.text
        assert "En partie" in shown.text


async def test_signed_in_it_is_the_same_page(client: Client, clock: Clock) -> None:
    application = await accepted()
    clock.instant = ENDS
    browser = await signed_in(client, application)
    page = await browser.get(f"/mes-candidatures/{application.public_id}/retour")

    await browser.follow(await browser.submit(page, FINE))
    again = await browser.submit(page, FINE)
    key = (await browser.get("/connexion")).form_key
    forged = await browser.post(page.path, {**FINE, "words": "Autre chose", "form_key": key})
    key = (await browser.get("/connexion")).form_key
    empty = await browser.post(page.path, {"form_key": key})  # no form left to show an error on

    assert (again.status, empty.status) == (303, 409)
    assert (forged.status, forged.h1) == (409, "C’est déjà enregistré")
    (row,) = await Feedback.objects()
    assert (row.side, row.as_described, row.welcomed, row.words) == ("volunteer", *FINE.values())


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ({"as_described": None}, "Choisissez une réponse."),
        ({"welcomed": "five stars"}, "Choisissez une réponse."),
        ({"words": "x" * 2001}, "2000 caractères au plus"),
        ({"words": "\x00"}, "caractères illisibles"),
    ],
)
async def test_a_mistake_loses_nothing(
    client: Client, clock: Clock, bad: dict[str, str | None], message: str
) -> None:
    application = await accepted()
    clock.instant = ENDS
    browser = await signed_in(client, application)
    page = await browser.get(f"/mes-candidatures/{application.public_id}/retour")

    again = await browser.submit(page, {**FINE, **bad}, status=422)

    assert message in again.text
    if "words" not in bad:
        assert "Merci à Sacha." in again.html
    assert await Feedback.count() == 0


async def test_before_the_end_there_is_nothing_to_tell(client: Client, clock: Clock) -> None:
    application = await accepted()
    clock.instant = ENDS - SECOND
    browser = await signed_in(client, application)

    page = await browser.get(f"/mes-candidatures/{application.public_id}/retour")
    found = await candidacy(application.public_id)

    assert page.h1 == "Il n’y a encore rien à raconter"
    for too_early in (tell(found, "yes", "yes", "", clock.instant), thank(found, "Merci", clock.instant)):
        with pytest.raises(NotOver):
            await too_early


async def test_the_association_thanks_once_by_mail_and_in_the_space(client: Client, clock: Clock) -> None:
    application = await accepted()
    clock.instant = ENDS
    members = await manager(client, application)
    page = await members.get(f"/candidatures/{application.public_id}/retour")

    done = await members.follow(await members.submit(page, {"words": "Merci pour tout <b>"}))
    with pytest.raises(AlreadySaid):
        await thank(await candidacy(application.public_id), "Encore", clock.instant)

    assert done.forms() == []
    (mail,) = await emails_to(ALIX)
    assert (mail.template, mail.subject) == ("thanks_written", "Un mot pour vous")
    assert "Merci pour tout <b>" in mail.text
    assert "Merci pour tout &lt;b&gt;" in mail.html
    space = await (await signed_in(client, application)).get(
        f"/mes-candidatures/{application.public_id}/retour"
    )
    assert "Merci pour tout <b>" in space.text


async def test_what_is_written_to_a_minor_goes_to_the_guardian_too(client: Client, clock: Clock) -> None:
    application = await accepted(age=16)
    clock.instant = ENDS
    members = await manager(client, application)
    page = await members.get(f"/candidatures/{application.public_id}/retour")
    assert "représentant légal les lira aussi" in page.text

    await members.submit(page, {"words": "Merci Alix, quel sérieux."})

    assert (await last_email(ALIX)).subject == "Un mot pour toi"
    (copy,) = await emails_to("parent@example.org")
    assert copy.template == "thanks_written_guardian"
    assert "Merci Alix, quel sérieux." in copy.text
    assert "Alix" not in copy.subject


@pytest.mark.parametrize(
    "words", ["Écris-moi à chef@example.org", "Appelle le 06 12 34 56 78", "Viens sur www.exemple.fr"]
)
async def test_a_minor_is_given_no_other_way_to_be_reached(client: Client, clock: Clock, words: str) -> None:
    clock.instant = ENDS
    answers = []
    for email, age in ((ALIX, 16), ("adult@example.org", None)):
        application = await accepted(email, age=age)
        members = await manager(client, application)
        page = await members.get(f"/candidatures/{application.public_id}/retour")
        answers.append(await members.submit(page, {"words": words}, status=422 if age else 303))

    assert "sans lien" in answers[0].text
    assert await emails_to(ALIX) == []


async def test_nobody_else_reads_or_writes(client: Client, clock: Clock) -> None:
    application, other = await accepted(), await accepted("other@example.org")
    clock.instant = ENDS
    volunteers = f"/mes-candidatures/{application.public_id}/retour"
    associations = f"/candidatures/{application.public_id}/retour"

    await (await signed_in(client, other)).get(volunteers, 404)
    await (await signed_in(client, application)).get(associations, 404)
    await (await manager(client, other)).get(associations, 404)
    await (await manager(client, application, Role.READER)).get(associations, 404)
    await tell(await candidacy(application.public_id), "yes", "yes", "Entre nous", ENDS)
    public = await client.get(f"/missions/{(await mission_of(application)).public_id}")
    assert "Entre nous" not in public.html


@pytest.mark.parametrize(
    ("wall", "values"),
    [
        ("the_volunteer_answers", "'volunteer', NULL, NULL, ''"),
        ("the_volunteer_answers", "'association', 'yes', 'yes', 'Merci'"),
        ("the_association_writes", "'association', NULL, NULL, ''"),
    ],
)
async def test_the_database_refuses_what_nobody_says(database_url: str, wall: str, values: str) -> None:
    application = await accepted()
    columns = "application, side, as_described, welcomed, words, created_at"
    row = f"{application.id}, {values}, '2027-03-02 09:00:00+00:00'"

    await must_refuse(database_url, f"INSERT INTO feedback ({columns}) VALUES ({row})", wall=wall)

    assert await Feedback.count() == 0
