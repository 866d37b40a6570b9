"""The dates of a yes come with its mail, and are taken back with the mail that ends it."""

from email.message import EmailMessage
from typing import Any

import icalendar
import pytest

from marketplace.applications import answers, emails, queries
from marketplace.applications.answers import Ending
from marketplace.applications.tables import Application
from marketplace.lifecycle import By
from marketplace.mail import delivery
from marketplace.missions.lifecycle import PlaceKind
from tests import make
from tests.client import emails_to, last_email
from tests.mail.conftest import MailServer

pytestmark = pytest.mark.usefixtures("client")
ZOE = "zoe@example.org"


async def pending(**values: object) -> Application:
    starts_at = values.pop("starts_at", make.after(days=5))
    mission = await make.mission(starts_at=starts_at, **values)  # type: ignore[arg-type]
    return await make.application(mission, await make.volunteer(email=ZOE))


async def accepted(application: Application) -> None:
    found = await queries.candidacy(application.public_id)
    owner = await make.owner_of(found.association)
    await answers.accept(found, owner.id, make.after(hours=1))


def read(text: str) -> list[Any]:
    """The entries of a calendar."""
    return list(icalendar.Calendar.from_ical(text).walk("VEVENT"))


def calendar_in(message: EmailMessage) -> EmailMessage:
    (part,) = message.iter_attachments()
    assert isinstance(part, EmailMessage)
    return part


async def test_a_yes_brings_its_dates_to_the_calendar_as_received(mail_server: MailServer) -> None:
    application = await pending(title="Un titre qui en dit trop", address="3 rue du Port")
    await accepted(application)

    await delivery.deliver(make.after(hours=2))

    message = next(m for m in mail_server.received if m["To"] == ZOE)
    body = message.get_body(("plain", "html"))
    assert body is not None
    assert "Un titre qui en dit trop" in body.get_content()
    assert "Le fichier joint" in body.get_content()
    part = calendar_in(message)
    assert part.get_content_type() == "text/calendar"
    assert part["content-type"].params["method"] == "PUBLISH"
    assert part.get_filename() == "agenda.ics"
    (event,) = read(part.get_content())
    assert event.decoded("dtstart") == make.after(days=5)
    assert "3 rue du Port" in str(event["location"])
    found = await queries.candidacy(application.public_id)
    for told in (found.mission.title, found.association.name):
        assert told not in part.get_content()
    assert (await last_email(ZOE)).calendar == "", "it is erased with the words"


async def test_several_dates_come_in_one_file() -> None:
    mission = await make.mission(starts_at=make.after(days=5))
    slots = [await make.only_slot(mission), await make.slot(mission, starts_at=make.after(days=6))]
    zoe = await make.volunteer(email=ZOE)
    rows = [await make.application(slot, zoe, status="accepted") for slot in slots]

    await emails.application_accepted(await queries.about_all(rows), make.NOW)

    events = read((await last_email(ZOE)).calendar)
    assert {str(event["uid"]).split("@")[0] for event in events} == {row.public_id for row in rows}


async def test_the_end_of_what_was_accepted_takes_the_same_entry_back() -> None:
    application = await pending()
    await accepted(application)
    given = (await last_email(ZOE)).calendar
    found = await queries.candidacy(application.public_id)

    await answers.withdraw(found, Ending(By.VOLUNTEER, "unavailable"), make.after(hours=2))

    taken = (await last_email(ZOE)).calendar
    (before,), (after,) = (read(text) for text in (given, taken))
    assert "\r\nMETHOD:CANCEL\r\n" in taken
    assert before["uid"] == after["uid"]
    assert after["sequence"] > before["sequence"]
    assert "location" not in after


async def test_a_yes_and_a_no_within_the_same_second_are_told_in_order() -> None:
    application = await pending()
    await accepted(application)
    found = await queries.candidacy(application.public_id)
    owner = await make.owner_of(found.association)

    await answers.decline(found, Ending(By.ASSOCIATION, "other"), owner.id, make.after(hours=1))

    given, taken = [email.calendar for email in await emails_to(ZOE)][-2:]
    editions = [read(text)[0]["sequence"] for text in (given, taken)]
    assert editions[0] < editions[1]


async def test_a_no_without_a_yes_before_takes_nothing_back() -> None:
    application = await pending()
    found = await queries.candidacy(application.public_id)
    owner = await make.owner_of(found.association)

    await answers.decline(found, Ending(By.ASSOCIATION, "other"), owner.id, make.after(hours=1))

    assert (await last_email(ZOE)).calendar == ""


async def test_an_undated_mission_brings_no_date(mail_server: MailServer) -> None:
    await accepted(await pending(starts_at=None))
    await delivery.deliver(make.after(hours=2))

    message = next(m for m in mail_server.received if m["To"] == ZOE)
    assert list(message.iter_attachments()) == []
    body = message.get_body(("plain",))
    assert body is not None
    assert "Le fichier joint" not in body.get_content()


@pytest.mark.parametrize(
    ("values", "where"),
    [
        ({"place_kind": PlaceKind.REMOTE}, None),
        (
            {"address": "Locaux du Vestiaire, 3 rue du Port", "postcode": "35000", "commune_name": "Rennes"},
            "35000 Rennes",
        ),
    ],
)
async def test_a_place_is_told_only_as_far_as_it_is_neutral(
    values: dict[str, object], where: str | None
) -> None:
    association = await make.association(name="Vestiaire")
    await accepted(await pending(association=association, **values))

    (event,) = read((await last_email(ZOE)).calendar)
    assert event.get("location") == where
