"""One message to everybody accepted in a mission, or on one of its dates: each in their own thread."""

import pytest

from marketplace.accounts.tables import Account
from marketplace.applications.lifecycle import Status
from marketplace.associations.tables import Association
from marketplace.mail.tables import Email
from marketplace.messages.tables import Message
from marketplace.missions.policies import slot_key
from marketplace.missions.tables import Mission, Slot
from tests import make
from tests.client import Client, Clock, Page, emails_to
from tests.messages.talk import PARENT

TEXT = "Le rendez-vous est reporté d’une heure."


async def owner_of(mission: Mission) -> Account:
    association = await Association.objects().get(Association.id == mission.association)
    assert association is not None
    return await make.owner_of(association)


def page_of(mission: Mission) -> str:
    return f"/mes-missions/{mission.public_id}/message"


async def send(client: Client, mission: Mission, **typed: str) -> Page:
    checked = await client.submit(await client.get(page_of(mission)), {"text": TEXT, **typed}, status=200)
    return await client.follow(await client.submit(checked, extra={"step": "send"}))


async def test_everybody_accepted_gets_it_alone_and_nobody_else(client: Client) -> None:
    mission = await make.mission(places=9)
    accepted = [await make.volunteer() for _ in range(3)]
    for volunteer in accepted:
        await make.application(mission, volunteer, status=Status.ACCEPTED)
    for status in (Status.PENDING, Status.DECLINED, Status.WAITING, Status.WITHDRAWN):
        await make.application(mission, status=status)
    await make.application(status=Status.ACCEPTED)
    await client.sign_in(await owner_of(mission))

    checked = await client.submit(await client.get(page_of(mission)), {"text": TEXT}, status=200)
    assert checked.h1 == "3 personnes recevront ceci"
    assert TEXT in checked.text
    assert await Message.count() == 0
    sent = await client.follow(await client.submit(checked, extra={"step": "send"}))

    assert "3 personnes le reçoivent par e-mail. Envoyé le mardi 2 mars 2027 à 10 h." in sent.text.replace(
        "\u00a0", " "
    )
    emails = {(await make.account_of(volunteer)).email for volunteer in accepted}
    mails = await Email.objects()
    assert {mail.recipient for mail in mails} == emails
    assert len(mails) == await Message.count() == 3
    for mail in mails:
        assert f"> {TEXT}" in mail.text
        assert not any(email in mail.text + mail.html for email in emails)
    assert {row.to_all for row in await Message.objects()} == {True}


async def test_one_date_or_all_to_come_and_each_person_once(client: Client) -> None:
    mission = await make.mission(starts_at=make.after(days=3), places=5)
    soon = await make.only_slot(mission)
    late = await make.slot(mission, places=5, starts_at=make.after(days=10))
    past = await make.slot(mission, places=5, starts_at=make.after(days=-3))
    both, one = await make.volunteer(), await make.volunteer()
    first = await make.application(soon, both, status=Status.ACCEPTED)
    await make.application(late, both, status=Status.ACCEPTED)
    second = await make.application(late, one, status=Status.ACCEPTED)
    gone = await make.application(past, status=Status.ACCEPTED)
    await client.sign_in(await owner_of(mission))

    await send(client, mission, to="a-venir")
    assert {row.application for row in await Message.objects()} == {first.id, second.id}
    assert len(await emails_to((await make.account_of(both)).email)) == 1

    await send(client, mission, to=slot_key(past))
    assert [row.application for row in await Message.objects().order_by(Message.id)][2:] == [gone.id]


async def test_a_date_is_offered_for_thirty_days_after_its_end(client: Client, clock: Clock) -> None:
    mission = await make.mission(starts_at=make.after(days=1))
    await make.application(mission, status=Status.ACCEPTED)
    await client.sign_in(await owner_of(mission))
    key = slot_key(await make.only_slot(mission))
    clock.move(days=31, hours=1)
    page = await client.get(page_of(mission))
    checked = await client.submit(page, {"text": TEXT}, status=200)

    clock.move(hours=1)

    assert (await client.get(page_of(mission))).forms() == []
    await client.submit(checked, extra={"step": "send", "to": key}, status=409)
    assert await Message.count() == 0


async def test_people_may_change_between_reading_again_and_sending(client: Client) -> None:
    mission = await make.mission(places=3)
    await make.application(mission, status=Status.ACCEPTED)
    await client.sign_in(await owner_of(mission))
    checked = await client.submit(await client.get(page_of(mission)), {"text": TEXT}, status=200)
    await make.application(mission, status=Status.ACCEPTED)

    first = await client.submit(checked, extra={"step": "send"})
    again = await client.submit(checked, extra={"step": "send"})

    assert first.location == again.location
    assert "2 personnes le reçoivent" in (await client.follow(first)).text
    assert await Message.count() == 2


async def test_it_may_be_changed_before_it_is_sent(client: Client) -> None:
    mission = await make.mission()
    await make.application(mission, status=Status.ACCEPTED)
    await client.sign_in(await owner_of(mission))
    text = "Première ligne\n\n  <b>& deuxième</b>"
    checked = await client.submit(await client.get(page_of(mission)), {"text": text}, status=200)
    back = await client.submit(checked, extra={"step": "write"}, status=200)
    checked = await client.submit(back, status=200)
    await client.submit(checked, extra={"step": "send"})
    assert (await Message.objects())[0].text == text


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"text": ""}, "Écrivez votre message."),
        ({"text": "x" * 2001}, "2000 caractères au plus"),
        ({"to": "20300101T0000Z"}, "Choisissez une réponse dans la liste."),
        ({"to": ""}, "Choisissez à qui vous écrivez."),
    ],
)
@pytest.mark.parametrize("step", ["check", "send"])
async def test_bad_input_is_kept_and_told(
    step: str, typed: dict[str, str], message: str, client: Client
) -> None:
    mission = await make.mission(starts_at=make.after(days=3))
    for _ in range(2):
        slot = await make.slot(mission, starts_at=make.after(days=4 + _))
        await make.application(slot, status=Status.ACCEPTED)
    await client.sign_in(await owner_of(mission))
    page = await client.get(page_of(mission))

    told = await client.submit(page, {"text": TEXT} | typed, extra={"step": step}, status=422)

    assert message in told.text
    assert typed.get("text", TEXT) in told.html
    assert await Message.count() == 0


async def test_minors_get_it_in_their_thread_and_their_guardians_a_copy(client: Client) -> None:
    mission = await make.mission(places=3, minors="open")
    minor = await make.volunteer(age=16, email="lou@example.org")
    await make.application(mission, minor, status=Status.ACCEPTED)
    await make.application(mission, status=Status.ACCEPTED)
    await client.sign_in(await owner_of(mission))
    typed = {"text": "Appelez le 06 12 34 56 78."}

    checked = await client.submit(await client.get(page_of(mission)), typed, status=200)
    assert "1 personne est mineure" in checked.text
    assert "Une adresse, un numéro ou un lien" in checked.text
    await client.submit(checked, extra={"step": "send"})

    assert [mail.template for mail in await emails_to("lou@example.org")] == ["message_to_volunteer"]
    assert [mail.template for mail in await emails_to(PARENT)] == ["message_to_guardian"]
    assert await Message.count() == 2


@pytest.mark.parametrize("who", ["nobody", "reader", "owner elsewhere", "a volunteer of it"])
async def test_only_who_answers_for_it_writes_to_everybody(who: str, client: Client) -> None:
    mission = await make.mission(places=3)
    volunteer = await make.volunteer()
    await make.application(mission, volunteer, status=Status.ACCEPTED)
    account = await make.account()
    if who == "reader":
        association = await Association.objects().get(Association.id == mission.association)
        assert association is not None
        await make.member(association, account, role="reader")
    elif who == "owner elsewhere":
        await make.association(owner=account)
    elif who == "a volunteer of it":
        account = await make.account_of(volunteer)
    await client.sign_in(account)
    key = (await client.get("/connexion")).form_key

    await client.get(page_of(mission), 404)
    await client.get(f"{page_of(mission)}/envoye", 404)
    await client.post(
        page_of(mission), {"form_key": key, "to": "sans-date", "text": TEXT, "step": "send"}, status=404
    )
    assert await Message.count() == 0


async def test_a_suspended_association_writes_to_nobody(client: Client) -> None:
    mission = await make.mission()
    await make.application(mission, status=Status.ACCEPTED)
    await client.sign_in(await owner_of(mission))
    checked = await client.submit(await client.get(page_of(mission)), {"text": TEXT}, status=200)
    await Association.update({Association.status: "suspended"}, force=True)
    refused = await client.submit(checked, extra={"step": "send"}, status=409)
    assert "suspendus" in refused.text
    assert await Message.count() == await Email.count() == 0


async def test_ten_a_day(client: Client) -> None:
    mission = await make.mission()
    await make.application(mission, status=Status.ACCEPTED)
    await client.sign_in(await owner_of(mission))
    for _ in range(10):
        await send(client, mission)
    checked = await client.submit(await client.get(page_of(mission)), {"text": TEXT}, status=200)
    told = await client.submit(checked, extra={"step": "send"}, status=422)
    assert "Réessayez demain" in told.text
    assert await Message.count() == 10


async def test_a_full_slot_is_written_to_in_one_go(client: Client) -> None:
    mission = await make.mission(places=210)
    slot: Slot = await make.only_slot(mission)
    for _ in range(205):
        await make.application(slot, status=Status.ACCEPTED)
    await client.sign_in(await owner_of(mission))

    page = await send(client, mission)

    assert "205 personnes" in page.text
    assert await Message.count() == await Email.count() == 205


async def test_a_mail_that_cannot_be_written_takes_everything_back(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    mission = await make.mission(places=3)
    for _ in range(3):
        await make.application(mission, status=Status.ACCEPTED)
    await client.sign_in(await owner_of(mission))
    checked = await client.submit(await client.get(page_of(mission)), {"text": TEXT}, status=200)
    written = []

    async def breaks(*args: object, **values: object) -> None:
        written.append(args)
        if len(written) == 3:
            raise RuntimeError("no paper")

    monkeypatch.setattr("marketplace.messages.emails.post", breaks)
    with pytest.raises(RuntimeError, match="no paper"):
        await client.submit(checked, extra={"step": "send"})

    assert await Message.count() == 0
