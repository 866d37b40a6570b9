"""Before a slot: who comes, and where. Each mail leaves once, whoever runs the job and however late."""

import asyncio
import sys
from datetime import datetime, timedelta
from typing import Any

import pytest

from marketplace.applications import presence_emails
from marketplace.applications.lifecycle import Status
from marketplace.applications.links import withdrawal_token
from marketplace.applications.presence_actions import ask_who_comes, remind_of_tomorrow
from marketplace.applications.tables import Application
from marketplace.associations.lifecycle import Status as AssociationStatus
from marketplace.associations.tables import Association
from marketplace.mail.tables import Email
from marketplace.missions.lifecycle import Status as MissionStatus
from marketplace.missions.tables import Mission, Slot
from tests import make
from tests.client import Client, Clock, emails_to, last_email, links_in

STARTS = make.after(days=5)
TWO_DAYS_BEFORE, DAY_BEFORE = STARTS - timedelta(days=2), STARTS - timedelta(days=1)
SECOND = timedelta(seconds=1)
pytestmark = pytest.mark.usefixtures("site", "database")
ALIX = "alix@example.org"


async def accepted(email: str = ALIX, **values: Any) -> Application:
    """Somebody accepted at NOW for a slot in five days."""
    mission = await make.mission(starts_at=STARTS)
    return await make.application(
        mission, await make.volunteer(email=email), status=Status.ACCEPTED, **values
    )


async def fresh(application: Application) -> Application:
    row = await Application.objects().get(Application.id == application.id)
    assert row is not None
    return row


async def templates_to(email: str) -> list[str]:
    return [mail.template for mail in await emails_to(email)]


async def mission_of(slot: Slot) -> Any:
    return await Mission.objects().get(Mission.id == slot.mission)


async def test_two_days_before_and_not_earlier() -> None:
    await accepted()

    assert await ask_who_comes(TWO_DAYS_BEFORE - SECOND) == 0
    assert await ask_who_comes(TWO_DAYS_BEFORE) == 1
    assert await ask_who_comes(TWO_DAYS_BEFORE + SECOND) == 0

    (mail,) = await emails_to(ALIX)
    assert mail.subject == "Vous venez toujours ?"
    assert "dimanche 7 mars 2027 de 10\u00a0h à 12\u00a0h" in mail.text
    assert "/candidature/venir/" in mail.html


async def test_whoever_was_accepted_since_is_not_asked() -> None:
    await accepted(accepted_at=TWO_DAYS_BEFORE + SECOND)

    assert await ask_who_comes(TWO_DAYS_BEFORE + 2 * SECOND) == 0
    assert await remind_of_tomorrow(DAY_BEFORE) == 1


@pytest.mark.parametrize("workers", [2, 6])
async def test_several_processes_at_once_write_one_mail_each(workers: int) -> None:
    for number in range(3):
        await accepted(f"someone{number}@example.org")

    asked = await asyncio.gather(*(ask_who_comes(TWO_DAYS_BEFORE) for _ in range(workers)))
    told = await asyncio.gather(*(remind_of_tomorrow(DAY_BEFORE) for _ in range(workers)))

    assert (sum(asked), sum(told)) == (3, 3)
    assert await Email.count() == 6


@pytest.mark.parametrize(
    ("late", "mails"),
    [
        (TWO_DAYS_BEFORE + timedelta(hours=20), ["still_coming"]),
        (DAY_BEFORE, ["eve_of_slot"]),
        (DAY_BEFORE + timedelta(hours=23), ["eve_of_slot"]),
        (STARTS, []),
        (TWO_DAYS_BEFORE + timedelta(days=3), []),
    ],
    ids=["20 hours", "a day", "almost two", "at the start", "three days"],
)
async def test_a_clock_that_comes_late_says_only_what_still_helps(late: datetime, mails: list[str]) -> None:
    await accepted()

    for _ in range(2):
        await ask_who_comes(late)
        await remind_of_tomorrow(late)

    assert await templates_to(ALIX) == mails


@pytest.mark.parametrize("status", [s for s in Status if s not in (Status.ACCEPTED, Status.UNCONFIRMED)])
async def test_only_accepted_people_are_written_to(status: Status) -> None:
    mission = await make.mission(starts_at=STARTS)
    await make.application(mission, status=status)

    assert await ask_who_comes(TWO_DAYS_BEFORE) + await remind_of_tomorrow(DAY_BEFORE) == 0


@pytest.mark.parametrize("status", [MissionStatus.CANCELLED, MissionStatus.FINISHED, MissionStatus.SUSPENDED])
async def test_a_mission_that_is_stopped_asks_nothing(status: MissionStatus) -> None:
    mission = await make.mission(starts_at=STARTS, status=status)
    await make.application(mission, status=Status.ACCEPTED)

    assert await ask_who_comes(TWO_DAYS_BEFORE) + await remind_of_tomorrow(DAY_BEFORE) == 0


async def test_a_paused_mission_still_takes_place() -> None:
    mission = await make.mission(starts_at=STARTS, status=MissionStatus.PAUSED)
    await make.application(mission, status=Status.ACCEPTED)

    assert await ask_who_comes(TWO_DAYS_BEFORE) == 1


async def test_neither_a_cancelled_slot_nor_a_suspended_association() -> None:
    one, other = await accepted(), await accepted("zoe@example.org")
    await Slot.update({Slot.cancelled_at: make.NOW}).where(Slot.id == one.slot)
    slot = await Slot.objects().get(Slot.id == other.slot)
    assert slot is not None
    await Association.update({Association.status: AssociationStatus.SUSPENDED.value}).where(
        Association.id == (await mission_of(slot)).association
    )

    assert await ask_who_comes(TWO_DAYS_BEFORE) + await remind_of_tomorrow(DAY_BEFORE) == 0


async def test_a_slot_without_dates_has_no_day_before() -> None:
    await make.application(await make.mission(), status=Status.ACCEPTED)

    assert await ask_who_comes(TWO_DAYS_BEFORE) + await remind_of_tomorrow(DAY_BEFORE) == 0


async def test_a_mail_that_fails_keeps_no_other_from_leaving(monkeypatch: pytest.MonkeyPatch) -> None:
    await accepted("broken@example.org")
    await accepted()
    real = presence_emails.still_coming

    async def breaks_for_one(found: Any, now: datetime) -> None:
        if found.account.email.startswith("broken"):
            raise ValueError("no template")
        await real(found, now)

    monkeypatch.setattr(presence_emails, "still_coming", breaks_for_one)
    with pytest.raises(ValueError, match="no template"):  # the job is noted as failed
        await ask_who_comes(TWO_DAYS_BEFORE)
    assert await templates_to(ALIX) == ["still_coming"]
    monkeypatch.undo()

    assert await ask_who_comes(TWO_DAYS_BEFORE) == 1, "tried again"
    assert await templates_to("broken@example.org") == ["still_coming"]


async def test_nobody_is_forgotten_when_there_are_many() -> None:
    for number in range(5):
        late = TWO_DAYS_BEFORE + SECOND if number < 2 else make.NOW  # the first two are never due
        await accepted(f"someone{number}@example.org", accepted_at=late)

    assert await ask_who_comes(TWO_DAYS_BEFORE + SECOND) == 3
    assert await remind_of_tomorrow(DAY_BEFORE) == 5


async def test_the_day_before_says_where_when_who_and_what_to_know() -> None:
    await accepted()

    assert await remind_of_tomorrow(DAY_BEFORE - SECOND) == 0
    assert await remind_of_tomorrow(DAY_BEFORE) == 1

    mail = await last_email(ALIX)
    assert mail.subject == "C’est pour bientôt"
    place, contact = "4 rue des Tilleuls, 35000 Rennes", ("Sacha Bernard", "02 99 00 00 02")
    for said in (place, *contact, "Des gants sont fournis."):
        assert said in mail.text
        assert said in mail.html


async def test_a_minors_guardian_is_told_where_and_when() -> None:
    mission = await make.mission(starts_at=STARTS, minors="open")
    minor = await make.volunteer(age=16, email="noa@example.org", first_name="Noa")
    application = await make.application(mission, minor, status=Status.ACCEPTED)

    await ask_who_comes(TWO_DAYS_BEFORE)
    await remind_of_tomorrow(DAY_BEFORE)

    asked, told = await emails_to("noa@example.org")
    assert asked.subject == "Tu viens toujours ?"
    assert "t’attend" in told.text
    (mail,) = await emails_to("parent@example.org")
    assert mail.template == "eve_of_slot_guardian"
    assert mail.subject == "C’est pour bientôt"
    assert "4 rue des Tilleuls, 35000 Rennes" in mail.text
    assert "Noa" in mail.text
    assert mission.title not in mail.text
    assert application.public_id not in mail.text


async def test_an_adult_since_has_no_guardian_to_tell() -> None:
    mission = await make.mission(starts_at=STARTS, minors="open")
    minor = await make.volunteer(age=17)
    await make.application(mission, minor, status=Status.ACCEPTED, came_of_age_at=make.NOW)

    await remind_of_tomorrow(DAY_BEFORE)

    assert await emails_to("parent@example.org") == []


async def opened(client: Client, clock: Clock) -> Any:
    """The page behind the mailed link, two days before."""
    clock.instant = TWO_DAYS_BEFORE
    await ask_who_comes(clock.instant)
    link = next(link for link in links_in(await last_email(ALIX)) if "/venir/" in link)
    page = await client.follow(await client.get(link, 303))
    assert link.rpartition("/")[2] not in page.path
    return page


async def test_the_link_alone_says_nothing_and_yes_is_noted_once(client: Client, clock: Clock) -> None:
    application = await accepted()
    page = await opened(client, clock)
    assert page.h1 == "Vous venez toujours ?"
    assert (await fresh(application)).coming_at is None

    first = await client.submit(page, form="/oui")
    clock.move(minutes=5)
    await client.submit(page, form="/oui")
    again = await client.follow(first)
    await client.post(page.form("/oui").get("action", ""), {"form_key": again.form_key}, status=303)

    assert again.h1 == "C’est noté, vous venez"
    assert (await fresh(application)).coming_at == TWO_DAYS_BEFORE
    assert (await fresh(application)).status == Status.ACCEPTED


async def test_no_frees_the_place_and_tells_the_association_even_after_a_yes(
    client: Client, clock: Clock
) -> None:
    application = await accepted()
    page = await client.follow(await client.submit(await opened(client, clock), form="/oui"))

    done = await client.follow(await client.submit(page, form="/non"))

    assert done.h1 == "Votre place est rendue"
    assert done.forms() == []
    row = await fresh(application)
    assert (row.status, row.reason) == (Status.WITHDRAWN, "unavailable")
    slot = await Slot.objects().get(Slot.id == row.slot)
    assert slot is not None
    assert slot.places_taken == 0
    assert await Email.exists().where(Email.template == "application_withdrawn")
    assert "/candidature/venir/" not in (await last_email(ALIX)).text


async def test_once_it_has_begun_there_is_nothing_left_to_say(client: Client, clock: Clock) -> None:
    application = await accepted()
    page = await opened(client, clock)
    clock.instant = STARTS

    for answer in ("/oui", "/non"):
        refused = await client.submit(page, form=answer, status=409)
        assert refused.h1 == "Il n’y a plus rien à changer"

    assert (await client.get(page.path)).h1 == "Il n’y a plus rien à répondre"
    row = await fresh(application)
    assert row.status == Status.ACCEPTED
    assert row.coming_at is None


@pytest.mark.parametrize("token", ["x", "W10.aaaa", "%C3%A9"])
async def test_a_token_that_is_not_ours_is_not_found(token: str, client: Client) -> None:
    answer = await client.http.get(f"/candidature/venir/{token}")

    if answer.status_code == 303:
        await client.get(answer.headers["location"], 404)
    else:
        assert answer.status_code == 404


async def test_the_link_to_withdraw_does_not_open_this_page(client: Client) -> None:
    token = withdrawal_token((await accepted()).public_id)
    arrived = await client.get(f"/candidature/venir/{token}", 303)

    await client.get(arrived.location, 404)


@pytest.mark.parametrize("days", [-2, 2], ids=["before", "after"])
async def test_real_processes_that_run_every_job_at_once_tell_each_person_once(days: int) -> None:
    for number in range(4):
        await accepted(f"someone{number}@example.org")
    at = STARTS + timedelta(days=days)
    mails = {-2: ["still_coming"], 2: ["attendance_asked", "feedback_asked"]}

    told = await asyncio.gather(*(process(at) for _ in range(3)))

    expected = sorted(mails[days] * 4)
    assert sorted(mail.template for mail in await Email.objects()) == expected
    assert sum(told) == len(expected)


async def process(at: datetime) -> int:
    """How many people a process of its own told."""
    command = (sys.executable, "-m", "tests.applications.after_jobs", at.isoformat())
    run = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    said, _ = await run.communicate()
    assert run.returncode == 0
    return int(said)
