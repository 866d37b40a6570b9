"""The association answers; everybody hears; nobody else sees."""

import pytest

from marketplace.applications.lifecycle import Status
from marketplace.applications.tables import Application
from marketplace.associations.tables import Association
from marketplace.mail.tables import Email
from marketplace.missions.tables import Mission, Slot
from tests import make
from tests.client import Client, Page, fields, last_email


async def the_owner(client: Client, application: Application) -> Client:
    """The owner of the association that received it, signed in."""
    slots = await Slot.objects().get(Slot.id == application.slot)
    assert slots is not None
    mission = await Mission.objects().get(Mission.id == slots.mission)
    assert mission is not None
    association = await Association.objects().get(Association.id == mission.association)
    assert association is not None
    return await client.sign_in(await make.owner_of(association))


async def read(client: Client, application: Application) -> Page:
    return await client.get(f"/candidatures/{application.public_id}")


async def status_of(application: Application) -> str:
    row = await Application.objects().get(Application.id == application.id)
    assert row is not None
    return str(row.status)


async def test_accepting_tells_the_volunteer_where_and_whom_to_call(client: Client) -> None:
    volunteer = await make.volunteer(email="alix@example.org")
    mission = await make.mission()
    application = await make.application(mission, volunteer)
    await the_owner(client, application)

    page = await read(client, application)
    answered = await client.follow(await client.submit(page, form="/oui"))

    assert "Participation confirmée" in answered.text
    assert await status_of(application) == Status.ACCEPTED
    told = await last_email("alix@example.org")
    assert told.template == "application_accepted"
    assert mission.address in told.text
    assert mission.supervisor_phone in told.text
    account = await make.account_of(volunteer)
    own = await client.another().sign_in(account)
    shown = await own.get(f"/mes-candidatures/{application.public_id}")
    assert mission.address in shown.text
    assert mission.supervisor_phone in shown.text
    await own.http.aclose()


async def test_declining_frees_the_place_and_tells_the_reason(client: Client) -> None:
    mission = await make.mission(places=1)
    application = await make.application(mission, await make.volunteer(email="alix@example.org"))
    await the_owner(client, application)

    page = await read(client, application)
    no = {"reason": "needs_changed", "message": "Merci d’avoir proposé."}
    await client.submit(page, no, form="/non")

    assert await status_of(application) == Status.DECLINED
    assert (await make.only_slot(mission)).places_taken == 0
    told = await last_email("alix@example.org")
    assert told.template == "application_declined"
    assert "Les besoins de la mission ont changé" in told.text
    assert "Merci d’avoir proposé." in told.text
    assert mission.address not in told.text


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ({}, "Choisissez une réponse dans la liste."),
        ({"reason": "because"}, "Choisissez une réponse dans la liste."),
        ({"reason": "other", "message": "x" * 2001}, "2000 caractères au plus"),
        ({"reason": "other", "message": "\x00"}, "illisibles"),
    ],
)
async def test_a_bad_answer_is_shown_again(bad: dict[str, str], message: str, client: Client) -> None:
    application = await make.application()
    await the_owner(client, application)

    page = await client.submit(await read(client, application), bad, form="/non", status=422)

    assert message in page.text
    assert await status_of(application) == Status.PENDING


async def test_an_answer_given_twice_is_given_once(client: Client) -> None:
    application = await make.application(volunteer=await make.volunteer(email="alix@example.org"))
    await the_owner(client, application)
    first, second = await read(client, application), await read(client, application)

    await client.submit(first, form="/oui")
    await client.submit(first, form="/oui")
    late = await client.submit(second, form="/oui", status=409)

    assert late.h1 == "Cette page n’est plus à jour"
    assert await Email.count().where(Email.recipient == "alix@example.org") == 1


@pytest.mark.parametrize("who", ["stranger", "reader", "volunteer", "manager elsewhere"])
async def test_somebody_elses_application_is_not_found(who: str, client: Client) -> None:
    volunteer = await make.volunteer()
    mission = await make.mission()
    application = await make.application(mission, volunteer)
    association = await Association.objects().get(Association.id == mission.association)
    assert association is not None
    account = await make.account() if who != "volunteer" else await make.account_of(volunteer)
    if who == "reader":
        await make.member(association, account, role="reader")
    if who == "manager elsewhere":
        await make.association(owner=account)
    await client.sign_in(account)
    await client.get(f"/candidatures/{application.public_id}", 404)
    await client.get(f"/mes-missions/{mission.public_id}/candidatures", 404)
    for verb in ("oui", "non"):
        key = fields((await client.get("/mon-compte")).form("/mon-compte/adresse"))["form_key"]
        typed = {"form_key": key, "reason": "other"}
        await client.post(f"/candidatures/{application.public_id}/{verb}", typed, status=404)
    if who != "volunteer":
        await client.get(f"/mes-candidatures/{application.public_id}", 404)
    assert await status_of(application) == Status.PENDING


async def test_the_list_has_those_to_answer_first_oldest_first(client: Client) -> None:
    mission = await make.mission(places=9)
    for name, status, hours in (
        ("Anne", Status.ACCEPTED, 9),
        ("Basile", Status.PENDING, 1),
        ("Chloé", Status.PENDING, 5),
        ("Denis", Status.UNCONFIRMED, 2),
    ):
        volunteer = await make.volunteer(first_name=name)
        at = make.after(hours=-hours)
        await make.application(mission, volunteer, status=status, status_at=at, created_at=at)
    minor = await make.volunteer(age=16, first_name="Lou")
    awaiting = await make.application(mission, minor, status=Status.AWAITING_CONSENT)
    await the_owner(client, awaiting)

    page = await client.get(f"/candidatures?mission={mission.public_id}&etat=toutes")

    names = [word for word in page.text.split() if word in {"Anne", "Basile", "Chloé", "Denis", "Lou"}]
    assert list(dict.fromkeys(names)) == ["Chloé", "Basile", "Anne"]
    assert "Lou" not in page.html
    assert "Denis" not in page.html
    await client.get(f"/candidatures/{awaiting.public_id}", 404)


async def test_what_is_past_is_not_answered_any_more(client: Client) -> None:
    starts = make.after(days=-3)
    mission = await make.mission(starts_at=starts)
    application = await make.application(mission, status=Status.ACCEPTED)
    await the_owner(client, application)
    assert (await read(client, application)).forms() == []


async def test_a_no_from_a_page_left_open_does_not_end_what_a_colleague_accepted(client: Client) -> None:
    application = await make.application(await make.mission())
    await the_owner(client, application)
    left_open = await read(client, application)
    await client.submit(await read(client, application), form="/oui")

    await client.submit(left_open, {"reason": "profile"}, form="/non", status=409)

    assert await status_of(application) == Status.ACCEPTED


MEETING = {"day_day": "5", "day_month": "3", "day_year": "2027", "note": "14 h, 3 rue du Port"}


async def test_a_meeting_says_its_hour_and_place_and_leads_to_the_messages(client: Client) -> None:
    volunteer = await make.volunteer(email="alix@example.org", first_name="Alix")
    application = await make.application(await make.mission(), volunteer)
    await the_owner(client, application)

    page = await client.submit(await read(client, application), MEETING, form="/rencontre")

    kept = await client.follow(page)
    assert MEETING["note"] in kept.text
    assert "À répondre au plus tard le samedi 6 mars 2027" in kept.text
    told = await last_email("alix@example.org")
    own = await client.another().sign_in(await make.account_of(volunteer))
    shown = await own.get(f"/mes-candidatures/{application.public_id}")
    await own.http.aclose()
    assert shown.h1 == "L’association propose de vous rencontrer"
    for text in (told.text, told.html, shown.text):
        assert MEETING["note"] in text
        assert "au plus tard le samedi 6 mars 2027" in text.replace("\u00a0", " ")
        assert "à 0" not in text
    messages = f"/mes-candidatures/{application.public_id}/messages"
    assert messages in shown.links
    assert messages in told.text
    assert messages in told.html


async def test_a_minor_reads_of_a_meeting_in_the_thread_only(client: Client) -> None:
    mission = await make.mission(minors="open")
    application = await make.application(mission, await make.volunteer(age=16, email="lou@example.org"))
    await the_owner(client, application)
    page = await read(client, application)
    assert "son parent ou représentant légal les lit" in page.text
    day = {name: value for name, value in MEETING.items() if name != "note"}

    await client.submit(page, day, form="/rencontre", extra={"note": MEETING["note"]})

    assert MEETING["note"] not in (await last_email("lou@example.org")).text
    row = await Application.objects().get(Application.id == application.id)
    assert row is not None
    assert (str(row.meeting_on), row.meeting_note) == ("2027-03-05", "")


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ({"day_day": "31", "day_month": "2"}, "Écrivez le jour de la rencontre, par exemple 27 3 2027."),
        ({"day_day": "", "day_month": "", "day_year": ""}, "Écrivez le jour de la rencontre"),
        ({"note": "x" * 201}, "200 caractères au plus"),
        ({"note": "\x00"}, "illisibles"),
    ],
)
async def test_a_bad_meeting_is_shown_again(bad: dict[str, str], message: str, client: Client) -> None:
    application = await make.application()
    await the_owner(client, application)

    page = await client.submit(await read(client, application), MEETING | bad, form="/rencontre", status=422)

    assert message in page.text
    assert "<title>Erreur" in page.html
    assert fields(page.form("/rencontre"))["day_year"] == [(MEETING | bad)["day_year"]]


async def test_once_answered_the_page_bears_the_name(client: Client) -> None:
    volunteer = await make.volunteer(first_name="Alix")
    application = await make.application(await make.mission(), volunteer)
    await the_owner(client, application)

    page = await read(client, application)
    answered = await client.follow(await client.submit(page, form="/oui"))

    assert page.h1 == "Alix propose son aide"
    assert answered.h1.startswith("Alix")
    assert "propose" not in answered.h1
