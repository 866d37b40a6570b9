"""One form, several dates: each is had, waited for, or said to be full."""

from marketplace.applications import actions, answers, queries
from marketplace.applications.actions import Choices
from marketplace.applications.answers import Ending
from marketplace.applications.lifecycle import Status
from marketplace.applications.tables import Applicant, Application
from marketplace.consents.actions import GuardianAddress
from marketplace.consents.tables import Consent, ConsentLine
from marketplace.lifecycle import By
from marketplace.missions.policies import slot_key
from marketplace.missions.queries import slots_of
from marketplace.missions.tables import Mission
from tests import gate, make
from tests.applications.journeys import GUARDIAN, SIXTEEN, VISITOR, confirm, page_of, send
from tests.client import Client, Page, emails_to, last_email


async def three_dates(**values: object) -> Mission:
    """A mission on three days; the second is full."""
    mission = await make.mission(starts_at=make.after(days=5), places=2, **values)  # type: ignore[arg-type]
    second = await make.slot(mission, starts_at=make.after(days=6), places=1)
    await make.slot(mission, starts_at=make.after(days=7), places=1)
    await make.application(second)
    return mission


async def keys(mission: Mission) -> list[str]:
    return [slot_key(slot) for slot in await slots_of(mission.id)]


async def statuses(mission: Mission) -> list[str]:
    """Of the newest applications, one for each slot."""
    slots = await slots_of(mission.id)
    found = []
    for slot in slots:
        row = await Application.objects().where(Application.slot == slot.id).order_by(Application.id).first()
        found.append(str(row.status) if row else "")
    return found


async def test_each_date_chosen_becomes_an_application_and_one_mail_tells_them_all(client: Client) -> None:
    mission = await three_dates()
    first, second, third = await keys(mission)
    account = await make.account(email="alix@example.org")
    await client.sign_in(account)

    page = await client.follow(await send(client, mission, {"slots": [first, third], "waits": [second]}))

    assert page.h1 == "C’est envoyé"
    assert page.text.count("En attente de la réponse de l’association") == 2
    assert page.text.count("Sur la liste d’attente") == 1
    assert page.text.count("Référence") == 3
    assert page.text.count("Retirer ma candidature") == 2
    assert "L’association vous répond sous 7 jours." in page.text
    assert "Si une place se libère" in page.text
    rows = await Application.objects().where(Application.message != "").order_by(Application.id)
    assert len(await Application.objects()) == 4, rows
    sent = await emails_to("alix@example.org")
    assert sorted(email.template for email in sent) == ["application_received", "waiting_joined"]
    received = next(email for email in sent if email.template == "application_received")
    assert "7 mars" in received.text
    assert "9 mars" in received.text
    assert "8 mars" not in received.text
    assert "Vos places sont gardées jusque-là." in received.text
    waits = next(email for email in sent if email.template == "waiting_joined")
    for text in (waits.text, waits.html):  # the mission itself has places left
        assert "La date choisie pour «" in text


async def test_a_date_that_filled_meanwhile_is_waited_for_only_if_that_was_ticked(client: Client) -> None:
    mission = await three_dates()
    first, _, third = await keys(mission)
    last = (await slots_of(mission.id))[2]
    for ticked in (False, True):
        await client.sign_in(await make.account())
        page = await client.submit(
            await client.get(page_of(mission)),
            {"slots": [first, third]} | ({"may_wait": "yes"} if ticked else {}),
            status=200,
        )
        if not ticked:
            await make.application(last)  # the third fills while this person checks

        told = await client.follow(await client.submit(page, {"step": "send"}))

        assert ("Toutes les dates n’ont pas pu être prises" in told.text) == (not ticked)
        assert ("Sur la liste d’attente" in told.text) == ticked


async def test_when_the_only_date_fills_meanwhile_nothing_typed_is_lost(client: Client) -> None:
    mission = await make.mission(places=1)
    await client.sign_in(await make.account())
    first = await client.get(page_of(mission))
    page = await client.submit(first, {"message": "Je peux le mardi."}, status=200)
    await make.application(mission)

    again = await client.submit(page, {"step": "send"}, status=409)

    assert again.h1 == "La mission est désormais complète"
    assert "Je peux le mardi." in again.html
    ready = await client.submit(again, status=200)
    told = await client.follow(await client.submit(ready, {"step": "send"}))
    assert told.h1 == "Vous êtes sur la liste d’attente"
    row = await Application.objects().get(Application.status == Status.WAITING)
    assert row is not None
    assert row.message == "Je peux le mardi."


async def test_many_dates_stand_under_their_months_and_what_is_ticked_is_seen(client: Client) -> None:
    mission = await make.mission(starts_at=make.after(days=5), places=2)
    for week in range(1, 13):
        await make.slot(mission, starts_at=make.after(days=5 + 7 * week), places=2)
    await client.sign_in(await make.account())
    page = await client.get(page_of(mission))
    last = (await keys(mission))[-1]

    again = await client.submit(page, {"slots": [last]}, status=200)
    again = await client.submit(again, {"step": "change"}, status=200)

    def months(shown: Page) -> list[tuple[str, bool]]:
        return [
            (gate.text_of(one[0]).replace("\u00a0", " "), one.get("open") is not None)
            for one in shown.main.iter("details")
        ]

    assert [name for name, _ in months(page)] == [
        "Mars 2027 · 4 dates",
        "Avril 2027 · 4 dates",
        "Mai 2027 · 5 dates",
    ]
    assert [is_open for _, is_open in months(page)] == [True, False, False]
    assert [is_open for _, is_open in months(again)] == [True, False, True]
    boxes = [e.get("id") for e in page.main.iter("input") if e.get("name") == "slots"]
    assert len(set(boxes)) == 13


async def test_no_date_is_said_beside_the_dates(client: Client) -> None:
    mission = await three_dates()
    await client.sign_in(await make.account())
    page = await client.submit(await client.get(page_of(mission)), {"slots": []}, status=422)
    assert "Choisissez au moins une date." in page.text


async def test_a_visitor_holds_the_free_dates_and_joins_the_lists_on_confirming(client: Client) -> None:
    mission = await three_dates()
    first, second, third = await keys(mission)
    await send(client, mission, VISITOR | {"slots": [first, third], "waits": [second]})
    assert [slot.places_taken for slot in await slots_of(mission.id)] == [1, 1, 1]
    assert await Applicant.count() == 1

    page = await client.follow(await confirm(client, "zoe@example.org"))

    assert page.text.count("Sur la liste d’attente") == 1
    assert [slot.places_taken for slot in await slots_of(mission.id)] == [1, 1, 1]
    assert not await Applicant.exists()
    assert await Application.count().where(Application.status == Status.PENDING) == 3  # one was there


async def test_a_visitor_may_join_a_list_alone_without_holding_anything(client: Client) -> None:
    mission = await make.mission(places=1)
    await make.application(mission)
    await send(client, mission, VISITOR)
    assert await Application.count() == 1

    shown = await client.follow(await confirm(client, "zoe@example.org"))

    assert shown.h1 == "Vous êtes sur la liste d’attente"
    assert "parmi les 5 premiers" in shown.text


async def test_a_minors_dates_go_in_one_request_and_the_guardian_may_untick_one(client: Client) -> None:
    mission = await make.mission(starts_at=make.after(days=5), minors="open")
    await make.slot(mission, starts_at=make.after(days=6))
    first, second = await keys(mission)
    await client.sign_in(await make.account(adult_attested_on=None, email="lou@example.org"))
    typed = SIXTEEN | {"slots": [first, second]}
    await send(client, mission, typed, GUARDIAN)
    assert await Consent.count() == 1
    assert await ConsentLine.count() == 2
    parent = client.another()
    link = (await last_email("maman@example.org")).text.split("/accord/")[1].split()[0]
    page = await parent.follow(await parent.get(f"/accord/{link}", 303))
    assert "7 mars" in page.text
    assert "8 mars" in page.text

    agreement = await parent.get(page.path + "/oui")
    answer = {"name": "Claude Petit", "relationship": "parent", "phone": "06 12 34 56 78"}
    boxes = {"authority": "yes", "has_read": "yes", "no_disagreement": "yes"}
    await parent.submit(agreement, {**answer, **boxes, "dates": [second]})

    assert await statuses(mission) == [Status.WITHDRAWN, Status.PENDING]
    lines = await ConsentLine.objects().order_by(ConsentLine.id)
    assert [line.status for line in lines] == ["refused", "given"]
    assert [slot.places_taken for slot in await slots_of(mission.id)] == [0, 1]


async def test_withdrawing_one_date_keeps_the_consent_for_the_other(site: object, database: None) -> None:
    mission = await make.mission(starts_at=make.after(days=5), minors="open")
    await make.slot(mission, starts_at=make.after(days=6))
    minor = await make.volunteer(age=16)
    account = await make.account_of(minor)
    slots = await slots_of(mission.id)
    guardian = GuardianAddress("maman@example.org", "parent")
    await actions.apply(account, None, slots, Choices(guardian=guardian), make.NOW)

    first, second = await Application.objects().order_by(Application.id)
    found = await queries.candidacy(first.public_id)
    await answers.withdraw(found, Ending(By.VOLUNTEER, "unavailable"), make.NOW)

    assert [line.status for line in await ConsentLine.objects().order_by(ConsentLine.id)] == ["void", "asked"]
    consent = await Consent.objects().first()
    assert consent is not None
    assert consent.status == "asked"
    found = await queries.candidacy(second.public_id)
    await answers.withdraw(found, Ending(By.VOLUNTEER, "unavailable"), make.NOW)
    assert await Consent.exists().where(Consent.status == "void")
