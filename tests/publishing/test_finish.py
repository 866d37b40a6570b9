"""Ending a mission that is done: who hears what, who stays, what is refused, and what people then read."""

import asyncio
from typing import Any

import pytest

from marketplace import check, db
from marketplace.accounts.errors import DeadLink
from marketplace.applications import actions as applications
from marketplace.applications import answers, feedback_actions, holds, queries
from marketplace.applications.actions import Choices
from marketplace.applications.answer_errors import IsOver
from marketplace.applications.attendance_actions import Noted, note_attendance
from marketplace.applications.errors import MissionClosed
from marketplace.applications.feedback_errors import NotOver
from marketplace.applications.lifecycle import Status as Application_
from marketplace.applications.tables import Application
from marketplace.consents.lifecycle import Status as Consent_
from marketplace.discovery import actions as discovery
from marketplace.guardians import actions as guardians
from marketplace.impact.attestation_queries import given
from marketplace.lifecycle import Change, OutOfDate
from marketplace.mail.tables import Email
from marketplace.missions.lifecycle import Status
from marketplace.missions.tables import Mission
from marketplace.publishing import actions, finish_actions
from marketplace.publishing.errors import PeopleExpected
from marketplace.volunteers.tables import Volunteer
from marketplace.web.ids import fingerprint
from tests import make
from tests.client import Client, Clock, emails_to, last_email
from tests.make import NOW

pytestmark = pytest.mark.usefixtures("database", "site")
UNANSWERED = [Application_.PENDING, Application_.WAITING, Application_.OFFERED, Application_.AWAITING_CONSENT]


async def fresh(row: Any) -> Any:
    found = await type(row).objects().get(type(row).id == row.id)
    assert found is not None
    return found


async def finish(mission: Mission, message: str = "") -> None:
    author = await make.account_of_email((await author_of(mission)).email)
    await finish_actions.finish(mission, author, NOW, message)


async def author_of(mission: Mission) -> Any:
    rows = await db.fetch("SELECT email FROM account WHERE id = {}", mission.author)
    return await make.account_of_email(rows[0]["email"])


async def templates_to(volunteer: Volunteer) -> list[str]:
    return [mail.template for mail in await emails_to((await make.account_of(volunteer)).email)]


async def managed(client: Client, **values: Any) -> Mission:
    """A mission, and the client signed in as its author."""
    mission = await make.mission(**values)
    await client.sign_in(await author_of(mission))
    return mission


@pytest.mark.parametrize("status", UNANSWERED)
async def test_whoever_had_no_answer_gets_an_apology(status: str) -> None:
    mission = await make.mission(minors="open")
    person = await make.volunteer(age=16 if status == Application_.AWAITING_CONSENT else None)
    one = await make.application(mission, person, status=status)
    if status == Application_.AWAITING_CONSENT:
        await make.consent(person, await make.only_slot(mission), status=Consent_.ASKED)

    await finish(mission, "Merci à vous.")

    ended = await fresh(one)
    assert (ended.status, ended.ended_by, ended.answer_by) == ("lapsed", "association", None)
    assert (await make.only_slot(mission)).places_taken == 0
    (mail,) = await emails_to((await make.account_of(person)).email)
    assert (mail.template, mail.subject) == ("mission_finished", "Une mission est terminée")
    to_an_adult = (
        status != Application_.AWAITING_CONSENT
    )  # to a minor an association writes in messages alone
    assert ("Merci à vous." in mail.text, "Merci à vous." in mail.html) == (to_an_adult, to_an_adult)
    noted = await last_email((await author_of(mission)).email)
    assert "1 personne sans réponse est prévenue." in noted.text
    assert "90 jours" not in noted.text  # nobody was accepted: there is nothing to note
    assert "annul" not in mail.text
    assert ("Merci d’avoir attendu" in mail.text) is (status == Application_.WAITING)
    assert ("désolés\u00a0: " in mail.text) is (status != Application_.WAITING)
    assert ("tu n’y es pour rien" in mail.text) is (status == Application_.AWAITING_CONSENT)
    assert await check.broken(NOW) == {}


@pytest.mark.parametrize("agreed", [True, False])
async def test_the_guardian_of_a_minor_without_an_answer_hears_too(agreed: bool) -> None:
    mission = await make.mission(minors="open")
    minor = await make.volunteer(age=16)
    status = Application_.PENDING if agreed else Application_.AWAITING_CONSENT
    await make.application(mission, minor, status=status)
    consent = await make.consent(
        minor, await make.only_slot(mission), status=Consent_.GIVEN if agreed else Consent_.ASKED
    )

    await finish(mission)

    assert (await fresh(consent)).status == Consent_.VOID
    assert [mail.template for mail in await emails_to("parent@example.org")] == ["consent_closed"]
    assert await check.broken(NOW) == {}


async def test_a_hold_is_dropped_and_its_visitor_is_told_on_confirming() -> None:
    mission = await make.mission()
    slot = await make.only_slot(mission)
    one = await make.application(slot, status=Application_.UNCONFIRMED)
    await db.fetch(
        "UPDATE applicant SET link_hash = {} WHERE id = {} RETURNING id", fingerprint("secret"), one.applicant
    )

    await finish(mission)

    assert await Application.count() == 0
    assert (await make.only_slot(mission)).places_taken == 0
    with pytest.raises(MissionClosed):
        await holds.confirm("secret", "test", NOW)


async def test_several_dates_make_one_mail() -> None:
    mission = await make.mission(starts_at=make.after(days=5))
    person = await make.volunteer()
    await make.application(mission, person)
    await make.application(await make.slot(mission, starts_at=make.after(days=9)), person, status="waiting")

    await finish(mission)

    mail = await last_email((await make.account_of(person)).email)
    assert await templates_to(person) == ["mission_finished"]
    assert "7 mars 2027" in mail.text
    assert "11 mars 2027" in mail.text
    assert "nous en sommes désolés" in mail.text.lower()


async def test_the_mail_says_where_else_to_help() -> None:
    mission, like_it = await make.mission(), await make.mission(title="Tenir le vestiaire du samedi")
    await discovery.sweep(NOW)
    person = await make.volunteer()
    await make.application(mission, person)

    await finish(mission)

    mail = await last_email((await make.account_of(person)).email)
    assert like_it.title in mail.text
    assert f"/missions/{like_it.public_id}" in mail.html


async def test_accepted_people_stay_and_are_asked_once_how_it_went() -> None:
    mission = await make.mission(places=4, minors="open")
    adult, minor, noted, absent = [await make.volunteer(age=age) for age in (None, 16, None, None)]
    for person in (adult, minor, noted, absent):
        await make.application(mission, person, status=Application_.ACCEPTED)
    slot = await make.only_slot(mission)
    rows = {row.volunteer: row for row in await Application.objects()}
    await note_attendance(slot, {rows[noted.id].public_id: Noted("present", 60)}, NOW)
    await note_attendance(slot, {rows[absent.id].public_id: Noted("absent", None)}, NOW)

    await finish(mission)

    assert {row.status for row in await Application.objects()} == {"accepted"}
    assert (await make.only_slot(mission)).places_taken == 4
    assert [await templates_to(one) for one in (adult, minor, noted)] == [["feedback_asked"]] * 3
    assert await templates_to(absent) == []
    mail = await last_email((await author_of(mission)).email)
    assert mail.template == "mission_finish_noted"
    assert "à 2 personnes comment" in mail.text  # the third was asked when the hours were noted
    assert "sans réponse" not in mail.text
    assert "Pendant 90 jours" in mail.text
    assert await feedback_actions.ask_how_it_went(make.after(days=2)) == 0


async def test_they_may_say_how_it_went_and_their_hours_still_count(client: Client) -> None:
    mission = await managed(client)
    person = await make.volunteer()
    one = await make.application(mission, person, status=Application_.ACCEPTED)
    with pytest.raises(NotOver):
        await feedback_actions.tell(await queries.candidacy(one.public_id), "yes", "yes", "Bien", NOW)
    await finish(mission)

    await feedback_actions.tell(await queries.candidacy(one.public_id), "yes", "yes", "Bien", NOW)
    slot, later = await make.only_slot(mission), make.after(days=60)
    await note_attendance(slot, {one.public_id: Noted("present", 90)}, later)

    account = await make.account_of(person)
    assert [(time.title, time.minutes) for time in await given(account.id)] == [(mission.title, 90)]
    assert await templates_to(person) == ["feedback_asked"]  # noting asks no second time
    page = await client.get(f"/mes-missions/{mission.public_id}")
    assert f"/mes-missions/{mission.public_id}/presences/sans-date" in page.links
    await client.get(f"/mes-missions/{mission.public_id}/presences/sans-date")


async def test_a_volunteers_pages_lead_to_how_it_went(client: Client) -> None:
    mission, person = await make.mission(), await make.volunteer()
    status_at = make.after(days=-60)
    kept = await make.application(mission, person, status="accepted", status_at=status_at)
    await finish(mission)
    await client.sign_in(await make.account_of(person))

    own = await client.get(f"/mes-candidatures/{kept.public_id}")
    space = await client.get("/mon-espace")

    (feedback,) = [link for link in own.links if kept.public_id in link and "messages" not in link]
    assert feedback in space.links
    assert "Raconter" in space.text
    assert "Retirer ma candidature" not in own.text


async def test_the_page_of_who_had_no_answer_says_that_it_is_over(client: Client) -> None:
    mission, person = await make.mission(), await make.volunteer()
    one = await make.application(mission, person)
    await finish(mission, "Merci d’avoir pensé à nous.")
    await client.sign_in(await make.account_of(person))

    page = await client.get(f"/mes-candidatures/{one.public_id}")

    assert "La mission est terminée" in page.text
    assert "Merci d’avoir pensé à nous." in page.text
    assert "n’a pas lieu" not in page.text


async def test_a_guardian_who_agreed_follows_and_has_nothing_to_take_back(client: Client) -> None:
    mission, minor = await make.mission(minors="open"), await make.volunteer(age=16)
    await make.application(mission, minor)
    await make.consent(minor, await make.only_slot(mission), parent_secret="parent")
    await Application.update({Application.status: "accepted", Application.accepted_at: NOW}).where(
        Application.volunteer == minor.id
    )
    await finish(mission)

    with pytest.raises(DeadLink):
        await guardians.withdraw("parent", NOW)

    assert {row.status for row in await Application.objects()} == {"accepted"}
    assert await check.broken(NOW) == {}


async def test_people_expected_at_a_date_to_come_are_not_left_there(client: Client) -> None:
    mission = await managed(client, starts_at=make.after(days=5))
    await make.application(mission, status="accepted")
    await make.slot(mission, starts_at=make.after(days=12))

    with pytest.raises(PeopleExpected):
        await finish(mission)
    asked = await client.get(f"/mes-missions/{mission.public_id}/fin")
    key = (await client.get(f"/mes-missions/{mission.public_id}/annulation")).form_key
    refused = await client.post(f"/mes-missions/{mission.public_id}/fin", {"form_key": key}, status=409)

    assert (await fresh(mission)).status == Status.PUBLISHED
    assert await Email.count() == 0
    assert "des personnes sont attendues" in asked.text
    assert asked.forms() == []
    for page in (asked, refused):
        assert f"/mes-missions/{mission.public_id}/dates" in page.links
        assert f"/mes-missions/{mission.public_id}/annulation" in page.links
    assert len([link for link in asked.links if link.endswith("Z/annulation")]) == 1


async def test_once_those_dates_are_over_or_cancelled_it_ends(client: Client) -> None:
    mission = await managed(client, starts_at=make.after(days=-3))
    past = await make.only_slot(mission)
    came = await make.application(past, status="accepted")
    late = await make.application(past)
    await make.slot(mission, starts_at=make.after(days=5), cancelled_at=NOW)

    await finish(mission)

    assert ((await fresh(came)).status, (await fresh(late)).status) == ("accepted", "lapsed")
    shown = await client.get(f"/mes-missions/{mission.public_id}")
    dates = await client.get(next(link for link in shown.links if link.endswith("/dates")))
    assert any("/presences/" in link for link in dates.links)
    assert dates.forms() == []
    assert await feedback_actions.ask_how_it_went(NOW) == 1  # by the clock, as for any date
    await note_attendance(past, {came.public_id: Noted("present", 120)}, make.after(days=80))


async def test_it_leaves_the_search_at_once_and_its_page_says_so(client: Client) -> None:
    mission, like_it = await make.mission(title="Classer les archives"), await make.mission(title="Trier")
    await discovery.sweep(NOW)
    assert mission.title in (await client.get("/missions")).text

    await finish(mission)

    found = await client.get("/missions")
    page = await client.get(f"/missions/{mission.public_id}")
    assert mission.title not in found.text
    assert like_it.title in found.text
    assert "Cette mission est terminée" in page.text
    assert like_it.title in page.text
    assert "Je propose mon aide" not in page.text


async def test_it_is_in_the_journal_and_does_not_come_back() -> None:
    mission = await make.mission(status=Status.PAUSED)
    author = await author_of(mission)
    await finish(mission)

    gone = await fresh(mission)
    assert (gone.status, gone.paused_because, gone.updated_at) == ("finished", None, NOW)
    change = await Change.objects().get((Change.row_id == mission.id) & (Change.subject == "mission"))
    assert change is not None
    assert (change.source, change.target, change.by, change.actor) == (
        "paused",
        "finished",
        "association",
        author.id,
    )
    for act in (actions.resume, actions.pause, actions.cancel, finish_actions.finish):
        with pytest.raises(OutOfDate):
            await act(mission, author, NOW)


@pytest.mark.parametrize("status", [s for s in Status if s not in (Status.PUBLISHED, Status.PAUSED)])
async def test_only_what_runs_is_finished(client: Client, status: Status) -> None:
    mission = await managed(client, status=status)
    with pytest.raises(OutOfDate):
        await finish(mission)
    page = await client.get(f"/mes-missions/{mission.public_id}/fin", status=303)
    assert page.location == f"/mes-missions/{mission.public_id}"
    assert (await fresh(mission)).status == status
    shown = await client.get(f"/mes-missions/{mission.public_id}")
    assert f"/mes-missions/{mission.public_id}/fin" not in shown.links


async def test_the_page_says_what_will_happen_then_does_it(client: Client) -> None:
    mission = await managed(client, places=3)
    await make.application(mission)
    await make.application(mission, status="waiting")
    await make.application(mission, status="unconfirmed")
    await make.application(mission, status="accepted")
    shown = await client.get(f"/mes-missions/{mission.public_id}")

    page = await client.get(next(link for link in shown.links if link.endswith("/fin")))
    assert "2 personnes n’ont pas eu de réponse" in page.text
    assert "date à venir" not in page.text
    assert "1 personne est acceptée" in page.text
    too_long = await client.submit(page, {"message": "x" * 2001}, status=422)
    assert (await fresh(mission)).status == Status.PUBLISHED
    done = await client.follow(await client.submit(too_long, {"message": "Merci."}))

    assert "Terminée" in done.text
    mail = await last_email((await author_of(mission)).email)
    assert "2 personnes sans réponse" in mail.text
    assert "à 1 personne comment" in mail.text


async def test_names_are_forgotten_a_month_later(client: Client, clock: Clock) -> None:
    mission = await managed(client)
    person = await make.volunteer(family_name="Quelquenom")
    await make.application(mission, person, status="accepted")
    await finish(mission)
    path = f"/mes-missions/{mission.public_id}/presences/sans-date"

    clock.instant = make.after(days=29)
    assert "Quelquenom" in (await client.get(path)).text
    clock.instant = make.after(days=30)
    await client.sign_in(await author_of(mission))
    assert "Quelquenom" not in (await client.get(path)).text


async def test_finishing_while_somebody_applies() -> None:
    mission = await make.mission(places=9)
    slots = [await make.only_slot(mission)]
    people = [await make.account_of(await make.volunteer()) for _ in range(4)]

    said = await asyncio.gather(
        *(applications.apply(one, None, slots, Choices(), NOW) for one in people[:2]),
        finish(mission),
        *(applications.apply(one, None, slots, Choices(), NOW) for one in people[2:]),
        return_exceptions=True,
    )

    assert {type(one) for one in said if isinstance(one, Exception)} <= {MissionClosed}
    assert {row.status for row in await Application.objects()} <= {"lapsed"}
    told = await Email.count().where(Email.template == "mission_finished")
    assert told == await Application.count()
    assert (await make.only_slot(mission)).places_taken == 0
    assert await check.broken(NOW) == {}


async def test_finishing_while_somebody_is_accepted() -> None:
    mission = await make.mission(places=9)
    rows = [await make.application(mission) for _ in range(3)]
    found = [await queries.candidacy(row.public_id) for row in rows]
    acts = [answers.accept(one, 1, NOW) for one in found]

    said = await asyncio.gather(acts[0], finish(mission), *acts[1:], return_exceptions=True)

    refused = sum(isinstance(one, IsOver) for one in said)
    left = sorted([row.status for row in await Application.objects()])
    assert left == ["accepted"] * (3 - refused) + ["lapsed"] * refused
    assert (await make.only_slot(mission)).places_taken == 3 - refused
    asked = await Email.count().where(Email.template == "feedback_asked")
    assert asked == 3 - refused
    assert await check.broken(NOW) == {}


async def test_of_two_clicks_at_once_one_ends_the_mission() -> None:
    mission = await make.mission()
    person = await make.volunteer()
    await make.application(mission, person)
    said = await asyncio.gather(*(finish(mission) for _ in range(3)), return_exceptions=True)
    assert [type(one) for one in said].count(OutOfDate) == 2
    assert await templates_to(person) == ["mission_finished"]
