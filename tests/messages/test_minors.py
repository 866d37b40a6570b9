"""With a minor: the guardian reads the thread and gets copies, and contacts are warned about."""

import asyncio
from datetime import date
from typing import Any

import pytest

from marketplace.accounts.queries import Viewer
from marketplace.accounts.tables import Account
from marketplace.applications.lifecycle import Status
from marketplace.applications.queries import candidacy
from marketplace.applications.tables import Application
from marketplace.consents.tables import ConsentLine
from marketplace.errors import Refusal
from marketplace.guardians import actions as guardians
from marketplace.lifecycle import By, note
from marketplace.mail.tables import Email
from marketplace.messages import actions, queries
from marketplace.messages.actions import Words
from marketplace.messages.queries import guarded_thread
from marketplace.messages.tables import Message, Side
from marketplace.volunteers.tables import Volunteer
from tests import make
from tests.applications.journeys import GUARDIAN, SIXTEEN, send
from tests.client import Client, emails_to, last_email, links_in
from tests.messages.talk import OWNER, PARENT, VOLUNTEER, Talk, say, talk, write
from tests.people import PARENT_SECRET

YES = {
    "name": "Dominique Petit",
    "relationship": "parent",
    "phone": "06 12 34 56 78",
    "authority": "yes",
    "has_read": "yes",
    "no_disagreement": "yes",
}
WAYS_ROUND = ["Écris-moi : sam@example.org", "Mon numéro : 06 12 34 56 78", "Voir https://exemple.fr"]


def viewer(account: Account) -> Viewer:
    return Viewer(account.id, 0, account.first_name, account.family_name, account.email, "fr", True)


async def sixteen(**values: object) -> Talk:
    return await talk(age=16, mission={"minors": "open"}, **values)  # type: ignore[arg-type]


async def test_the_guardian_gets_a_copy_of_what_the_association_writes(client: Client) -> None:
    about = await sixteen()

    page = await write(await client.sign_in(about.owner), about.received_path, "À 9 h, devant la grille.")

    copy = await last_email(PARENT)
    assert copy.template == "message_to_guardian"
    assert copy.subject == "Copie d’un message"
    assert "> À 9 h, devant la grille." in copy.text
    assert "CHRIS N." in copy.text
    assert "Mineur" not in page.html
    told = await last_email(VOLUNTEER)
    assert told.subject == "Un message t’attend"
    assert "Ton parent ou représentant légal reçoit une copie" in told.text
    for mail in (copy, told):
        for secret in (OWNER, VOLUNTEER, PARENT, "Renard"):
            assert secret not in mail.text + mail.html


async def test_what_the_minor_writes_goes_to_the_association_alone(client: Client) -> None:
    about = await sixteen()
    await write(await client.sign_in(about.volunteer), about.own_path, "J’apporte des gants.")
    assert [mail.recipient for mail in await Email.objects()] == [OWNER]


@pytest.mark.parametrize("text", WAYS_ROUND)
@pytest.mark.parametrize("side", list(Side))
async def test_contacts_are_warned_about_kept_and_sent_when_confirmed(
    side: Side, text: str, client: Client
) -> None:
    about = await sixteen()
    path = about.own_path if side == Side.VOLUNTEER else about.received_path
    await client.sign_in(about.volunteer if side == Side.VOLUNTEER else about.owner)

    warned = await write(client, path, text, status=422)
    assert "une adresse, un numéro ou un lien" in warned.text
    assert text in warned.html
    assert await Message.count() == await Email.count() == 0

    await client.submit(warned, {"anyway": "yes"})
    assert (await Message.objects())[0].text == text


@pytest.mark.parametrize("side", list(Side))
async def test_adults_write_what_they_want(side: Side, client: Client) -> None:
    about = await talk()
    await client.sign_in(about.volunteer if side == Side.VOLUNTEER else about.owner)
    for text in WAYS_ROUND:
        await write(client, about.own_path if side == Side.VOLUNTEER else about.received_path, text)


async def test_a_minors_thread_closes_with_the_consent(client: Client) -> None:
    about = await sixteen(status=Status.WITHDRAWN, accepted_at=make.NOW)
    await note("application", about.application.id, "pending", "accepted", By.ASSOCIATION, make.NOW)
    for account, path in ((about.volunteer, about.own_path), (about.owner, about.received_path)):
        page = await (await client.sign_in(account)).get(path)
        assert page.forms() == []
        assert "La candidature est close" in page.text


async def test_somebody_of_age_since_is_an_adult(client: Client) -> None:
    about = await sixteen()
    await Application.update({Application.came_of_age_at: make.NOW}, force=True)

    page = await write(await client.sign_in(about.owner), about.received_path, WAYS_ROUND[0])

    assert "mineur" not in page.text
    assert await emails_to(PARENT) == []


async def test_a_guardian_reads_the_thread_of_what_they_agreed_to(client: Client) -> None:
    about = await sixteen(status=Status.PENDING)
    minor = await Volunteer.objects().get(Volunteer.account == about.volunteer.id)
    assert minor is not None
    consent = await make.consent(minor, await make.only_slot(about.mission))
    await say(about, Side.ASSOCIATION, "À mardi.")
    await say(about, Side.VOLUNTEER, "Merci, à mardi.")
    other = await make.application(about.mission)
    await say(Talk(about.association, about.mission, other, about.owner, about.volunteer), Side.ASSOCIATION)

    said = await guarded_thread(consent)

    assert [(one.by, one.text) for one in said] == [("Alix", "Merci, à mardi."), ("CHRIS N.", "À mardi.")]


async def test_a_guardian_reads_no_other_application_than_theirs(client: Client) -> None:
    """A later application may have another guardian; a former one may have had."""
    about = await sixteen(status=Status.DECLINED, created_at=make.after(days=-9))
    minor = await Volunteer.objects().get(Volunteer.account == about.volunteer.id)
    assert minor is not None
    slot = await make.only_slot(about.mission)
    ours = await make.application(slot, minor, status=Status.WITHDRAWN)
    consent = await make.consent(minor, slot, status="withdrawn")
    later = await make.application(slot, minor, created_at=make.after(days=2))
    for application, text in ((about.application, "Avant"), (ours, "Pendant"), (later, "Après")):
        await say(
            Talk(about.association, about.mission, application, about.owner, about.volunteer),
            Side.ASSOCIATION,
            text,
        )

    assert [one.text for one in await guarded_thread(consent)] == ["Pendant"]
    await Application.update({Application.came_of_age_at: make.NOW}, force=True)
    assert await guarded_thread(consent) == []


async def test_nothing_is_written_to_a_minor_without_a_consent_that_stands(client: Client) -> None:
    about = await sixteen(status=Status.PENDING)
    minor = await Volunteer.objects().get(Volunteer.account == about.volunteer.id)
    assert minor is not None
    await make.consent(minor, await make.only_slot(about.mission))
    page = await (await client.sign_in(about.owner)).get(about.received_path)
    await ConsentLine.update({ConsentLine.status: "void"}, force=True)

    refused = await client.submit(page, {"text": "Bonjour"}, status=409)

    assert "attend une réponse" in refused.text
    assert (await client.get(about.received_path)).forms() == []
    assert await Message.count() == await Email.count() == 0


async def test_a_consent_taken_back_meanwhile_leaves_no_message_without_its_copy(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    about = await sixteen(status=Status.PENDING)
    minor = await Volunteer.objects().get(Volunteer.account == about.volunteer.id)
    assert minor is not None
    await make.consent(minor, await make.only_slot(about.mission), parent_secret=PARENT_SECRET)
    found, decided = await candidacy(about.application.public_id), asyncio.Event()

    async def take_back() -> None:
        await decided.wait()
        await guardians.withdraw(PARENT_SECRET, make.NOW)

    taking_back = asyncio.create_task(take_back())
    why_closed = queries.why_closed

    async def meanwhile(*about: Any) -> Refusal | None:
        answer = await why_closed(*about)
        decided.set()
        await asyncio.wait({taking_back}, timeout=0.5)  # all the time it needs, were nothing locked
        return answer

    monkeypatch.setattr(queries, "why_closed", meanwhile)
    await actions.write(found, Side.ASSOCIATION, Words(viewer(about.owner), "Bonjour"), make.NOW)
    await taking_back

    assert await Application.count().where(Application.status == Status.WITHDRAWN) == 1
    assert await Message.count() == 1
    assert [mail.template for mail in await emails_to(PARENT)] == ["message_to_guardian", "consent_withdrawn"]


async def test_pages_speak_to_a_minor_as_to_a_minor(client: Client) -> None:
    about = await sixteen()
    page = await write(await client.sign_in(about.volunteer), about.own_path, "J’apporte des gants.")
    assert "Ton parent ou représentant légal peut lire ces messages" in page.text
    assert "Votre" not in page.text
    received = await (await client.sign_in(about.owner)).get(about.received_path)
    assert "Alix est mineur (16–17 ans)" in received.text
    assert str(date(2011, 1, 15)) not in received.html


async def test_the_parent_link_shows_the_thread_read_only_and_escaped(client: Client) -> None:
    about = await sixteen(status=Status.PENDING)
    minor = await Volunteer.objects().get(Volunteer.account == about.volunteer.id)
    assert minor is not None
    await make.consent(minor, await make.only_slot(about.mission), parent_secret=PARENT_SECRET)
    link = f"/suivi-parent/{PARENT_SECRET}"
    empty = await client.follow(await client.get(link, 303))
    await say(about, Side.ASSOCIATION, "À mardi <b>matin</b>.")
    await say(about, Side.VOLUNTEER, "Merci, à mardi.")

    page = await client.get(empty.path)

    assert "Aucun message pour le moment" in empty.text
    assert page.forms() == []
    assert "À mardi <b>matin</b>." in page.text
    assert "Merci, à mardi." in page.text
    assert "CHRIS N." in page.text
    for secret in (OWNER, VOLUNTEER, "Nowak", "Renard"):
        assert secret not in page.html
    assert {row.read_at for row in await Message.objects()} == {None}


@pytest.mark.parametrize("who", ["volunteer", "association"])
async def test_the_page_of_the_application_leads_to_its_messages(who: str, client: Client) -> None:
    about = await sixteen()
    is_own = who == "volunteer"
    await client.sign_in(about.volunteer if is_own else about.owner)
    page = await client.get((about.own_path if is_own else about.received_path).removesuffix("/messages"))
    assert (about.own_path if is_own else about.received_path) in page.links


async def test_from_the_request_to_the_copy_and_the_page_of_the_parent_link(client: Client) -> None:
    about = await sixteen(status=Status.WITHDRAWN)  # a former application, of no concern
    await say(about, Side.ASSOCIATION, "Une autre fois, peut-être.")
    account = await make.account(adult_attested_on=None, email="lou@example.org", first_name="Lou")
    minor = await client.another().sign_in(account)
    await send(minor, about.mission, SIXTEEN, {**GUARDIAN, "guardian_email": PARENT})
    page = await client.follow(await client.get(links_in(await last_email(PARENT))[0], 303))
    page = await client.follow(await client.submit(await client.get(page.links[0]), YES))
    parent = page.path

    applied = await Application.objects().get(Application.status == Status.PENDING)
    assert applied is not None
    owner = await client.another().sign_in(about.owner)
    await write(owner, f"/candidatures/{applied.public_id}/messages", "Bienvenue, Lou.")

    assert "> Bienvenue, Lou." in (await last_email(PARENT)).text
    followed = await client.get(parent)
    assert "Bienvenue, Lou." in followed.text
    assert "Une autre fois" not in followed.text
    for browser in (minor, owner):
        await browser.http.aclose()
