"""The waiting list: in order, one offer at a time, taken or left from the mail, passed on by time."""

import asyncio
from datetime import timedelta

import pytest

from marketplace import db
from marketplace.applications import answers, late, queries, waiting
from marketplace.applications.answers import Ending
from marketplace.applications.lifecycle import Status
from marketplace.applications.offer_errors import OfferGone
from marketplace.applications.tables import Application
from marketplace.associations.tables import Association
from marketplace.consents.actions import GuardianAddress
from marketplace.errors import Refusal
from marketplace.lifecycle import By
from marketplace.missions.tables import Mission, Slot
from marketplace.publishing import actions as publishing
from tests import make
from tests.applications.journeys import GUARDIAN
from tests.client import Client, Clock, emails_to, last_email, links_in

LEAVES = Ending(By.VOLUNTEER, "unavailable")


async def status_of(application: Application) -> str:
    row = await Application.objects().get(Application.id == application.id)
    assert row is not None
    return str(row.status)


async def full_mission(waiting: int = 2, **values: object) -> tuple[Mission, Application, list[Application]]:
    """A mission of one place, who has it, and who waits, in order."""
    mission = await make.mission(places=1, **values)  # type: ignore[arg-type]
    held = await make.application(mission)
    people = [await make.volunteer(email=f"attend{number}@example.org") for number in range(waiting)]
    return mission, held, [await make.application(mission, who, status=Status.WAITING) for who in people]


async def free(held: Application) -> None:
    await answers.withdraw(await queries.candidacy(held.public_id), LEAVES, make.NOW)


async def test_a_freed_place_goes_to_the_first_who_waits_and_nobody_slips_in(client: Client) -> None:
    mission, held, (first, second) = await full_mission()

    await free(held)

    assert [await status_of(row) for row in (first, second)] == [Status.OFFERED, Status.WAITING]
    assert (await make.only_slot(mission)).places_taken == 1
    assert (await last_email("attend0@example.org")).template == "place_offered"
    assert await emails_to("attend1@example.org") == []
    page = await client.get(f"/missions/{mission.public_id}")
    assert "La mission est désormais complète" in page.text


async def test_the_place_is_taken_from_the_mail_without_signing_in(client: Client) -> None:
    _, held, (first, _) = await full_mission()
    await free(held)
    link = links_in(await last_email("attend0@example.org"))[0]
    for _ in range(3):  # scanners open links
        page = await client.follow(await client.get(link, 303))
    assert await status_of(first) == Status.OFFERED
    assert page.h1 == "Une place s’est libérée pour vous"

    done = await client.follow(await client.submit(page, form="/oui"))

    assert done.h1 == "C’est noté"
    assert await status_of(first) == Status.PENDING
    assert (await last_email("attend0@example.org")).template == "application_received"
    gone = await client.follow(await client.get(link, 303), status=410)
    assert gone.h1 == "Cette place n’est plus proposée"


async def test_a_place_left_goes_to_the_next_person_at_once(client: Client) -> None:
    _, held, (first, second) = await full_mission()
    await free(held)
    link = links_in(await last_email("attend0@example.org"))[0]
    page = await client.follow(await client.get(link, 303))

    done = await client.follow(await client.submit(page, form="/non"))

    assert done.h1 == "La place est rendue"
    assert [await status_of(row) for row in (first, second)] == [Status.WITHDRAWN, Status.OFFERED]


async def test_an_offer_not_taken_in_48_hours_passes_on_with_other_missions_near(
    site: object, database: None
) -> None:
    _, held, (first, second) = await full_mission()
    await free(held)
    limit = make.NOW + timedelta(hours=48)
    assert await late.end_late(limit - timedelta(seconds=1)) == 0

    assert await late.end_late(limit) == 1

    assert [await status_of(row) for row in (first, second)] == [Status.LAPSED, Status.OFFERED]
    assert (await last_email("attend0@example.org")).template == "offer_lapsed"
    assert await late.end_late(limit) == 0


async def test_where_people_are_taken_at_once_so_is_an_offer(client: Client) -> None:
    _, held, (first, _) = await full_mission(admission="instant")
    await free(held)
    account = await make.account_of_email("attend0@example.org")
    await client.sign_in(account)

    page = await client.get(f"/mes-candidatures/{first.public_id}/place")
    taken = await client.follow(await client.submit(page, form="/oui"))

    assert await status_of(first) == Status.ACCEPTED
    assert "doit encore répondre" not in page.text
    assert "Il manque encore" not in taken.text


async def test_where_the_association_answers_taking_an_offer_is_not_yet_a_yes(client: Client) -> None:
    _, held, (first, _) = await full_mission()
    await free(held)
    mail = await last_email("attend0@example.org")
    await client.sign_in(await make.account_of_email("attend0@example.org"))

    page = await client.get(f"/mes-candidatures/{first.public_id}/place")
    taken = await client.follow(await client.submit(page, form="/oui"))

    for told in (mail.text, mail.html, page.text):
        assert "l’association doit encore répondre" in told
    assert "Il manque encore la réponse de l’association" in taken.text


async def test_a_minor_who_takes_an_offer_says_whom_to_ask(client: Client) -> None:
    mission = await make.mission(places=1, minors="open")
    held = await make.application(mission)
    minor = await make.volunteer(age=16, email="lou@example.org")
    application = await make.application(mission, minor, status=Status.WAITING)
    await free(held)
    link = links_in(await last_email("lou@example.org"))[0]
    page = await client.follow(await client.get(link, 303))
    assert "Ton parent ou représentant légal" in page.text
    missing = await client.submit(page, form="/oui", status=422)

    taken = await client.follow(await client.submit(missing, GUARDIAN, form="/oui"))

    assert "Il manque encore l’accord de ton parent" in taken.text
    assert await status_of(application) == Status.AWAITING_CONSENT
    assert (await last_email("maman@example.org")).template == "consent_asked"


async def test_leaving_the_list_takes_one_click(client: Client) -> None:
    _, held, (first, second) = await full_mission()
    await client.sign_in(await make.account_of_email("attend0@example.org"))
    page = await client.get(f"/mes-candidatures/{first.public_id}")
    assert "parmi les 5 premiers" in page.text

    await client.submit(page)
    await free(held)

    assert [await status_of(row) for row in (first, second)] == [Status.WITHDRAWN, Status.OFFERED]


@pytest.mark.parametrize(
    ("cause", "expected"),
    [
        ("member", Status.WAITING),  # of the association, meanwhile
        ("minor", Status.WAITING),  # for whom the mission is closed
        ("ten places", Status.WAITING),
        ("nothing", Status.OFFERED),
    ],
)
async def test_who_may_not_come_is_passed_over_and_keeps_their_rank(
    site: object, database: None, cause: str, expected: str
) -> None:
    mission = await make.mission(places=1)
    held = await make.application(mission)
    first = await make.volunteer(age=17 if cause == "minor" else None)
    application = await make.application(mission, first, status=Status.WAITING)
    second = await make.application(mission, status=Status.WAITING)
    if cause == "member":
        association = await Association.objects().get(Association.id == mission.association)
        assert association is not None
        await make.member(association, await make.account_of(first))
    if cause == "ten places":
        for _ in range(10):
            await make.application(await make.mission(), first)

    await free(held)

    assert await status_of(application) == expected
    assert await status_of(second) == (Status.WAITING if expected == Status.OFFERED else Status.OFFERED)


@pytest.mark.parametrize(("hours", "offered"), [(5.9, False), (6.1, True)])
async def test_within_six_hours_of_the_start_a_place_is_simply_open(
    site: object, database: None, hours: float, offered: bool
) -> None:
    mission, held, (first, _) = await full_mission(starts_at=make.NOW + timedelta(hours=hours))
    await free(held)
    assert (await status_of(first) == Status.OFFERED) == offered
    assert (await make.only_slot(mission)).places_taken == int(offered)


async def test_the_list_ends_with_the_slot_and_everyone_hears(site: object, database: None) -> None:
    _, _, (first, second) = await full_mission(starts_at=make.after(days=2))
    at = make.after(days=2) - timedelta(hours=2)
    assert await late.end_late(at) == 3  # and the one nobody answered
    assert [await status_of(row) for row in (first, second)] == [Status.LAPSED] * 2
    assert (await last_email("attend1@example.org")).template == "waiting_ended"


@pytest.mark.parametrize("cause", ["raise", "resume", "sweep", "lapse"])
async def test_whatever_frees_or_adds_a_place_offers_it(site: object, database: None, cause: str) -> None:
    mission, _, (first, second) = await full_mission()
    account = await make.account()
    slot = await make.only_slot(mission)
    if cause == "raise":
        await publishing.change_places(mission, slot, 2, make.NOW)
    if cause == "lapse":
        await late.end_late(make.after(days=7))
    if cause in ("resume", "sweep"):
        await db.fetch("UPDATE slot SET places = 2 WHERE id = {} RETURNING id", slot.id)  # behind our back
    if cause == "resume":
        await publishing.pause(mission, account, make.NOW)
        await publishing.resume(mission, account, make.NOW)
    if cause == "sweep":
        assert await waiting.sweep(make.NOW) == 1
        assert await waiting.sweep(make.NOW) == 0
    assert [await status_of(row) for row in (first, second)] == [Status.OFFERED, Status.WAITING]


async def test_a_paused_mission_offers_nothing_and_takes_back_no_offer(client: Client, clock: Clock) -> None:
    mission, held, (first, second) = await full_mission()
    await publishing.pause(mission, await make.account(), make.NOW)
    await free(held)
    assert await status_of(first) == Status.WAITING
    await publishing.resume(mission, await make.account(), make.NOW)
    assert await status_of(first) == Status.OFFERED
    await publishing.pause(mission, await make.account(), make.NOW)
    await waiting.take(await queries.candidacy(first.public_id), None, make.NOW)
    assert [await status_of(row) for row in (first, second)] == [Status.PENDING, Status.WAITING]


async def test_the_two_buttons_and_the_clock_at_once_have_one_winner(site: object, database: None) -> None:
    _, held, (first, second) = await full_mission()
    await free(held)
    found = await queries.candidacy(first.public_id)
    at = make.NOW + timedelta(hours=47, minutes=59)

    results = await asyncio.gather(
        waiting.take(found, None, at),
        waiting.take(found, GuardianAddress("x@example.org", "parent"), at),
        answers.withdraw(found, LEAVES, at),
        late.end_late(at + timedelta(minutes=2)),
        return_exceptions=True,
    )

    assert all(isinstance(result, Refusal | int | None) for result in results), results
    assert await status_of(first) in (Status.PENDING, Status.WITHDRAWN, Status.LAPSED)
    offers = await Application.count().where(Application.status == Status.OFFERED)
    slot = await Slot.objects().get(Slot.id == first.slot)
    assert slot is not None
    assert slot.places_taken == 1
    assert (offers == 1) == (await status_of(second) == Status.OFFERED)


async def test_an_offer_answered_twice_is_answered_once(site: object, database: None) -> None:
    _, held, (first, _) = await full_mission()
    await free(held)
    found = await queries.candidacy(first.public_id)
    await waiting.take(found, None, make.NOW)
    with pytest.raises(OfferGone):
        await waiting.take(found, None, make.NOW)
