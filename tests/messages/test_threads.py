"""A volunteer and an association write to each other; e-mail carries it; nobody else reads it."""

from datetime import datetime

import pytest

from marketplace.accounts.tables import Account
from marketplace.applications.lifecycle import Status
from marketplace.associations.tables import Association
from marketplace.lifecycle import By, Change, note
from marketplace.mail.tables import Email
from marketplace.messages.queries import unread_for_account
from marketplace.messages.tables import Message, Side
from marketplace.volunteers.tables import Volunteer
from marketplace.web import typed
from tests import gate, make
from tests.client import Client, Clock, emails_to, last_email, links_in
from tests.messages.talk import OWNER, VOLUNTEER, Talk, say, talk, write

HELLO = "Bonjour,\nà quelle heure faut-il venir ?"


async def test_each_side_writes_the_other_gets_a_mail_and_answers_by_its_link(client: Client) -> None:
    about = await talk()
    owner = await client.another().sign_in(about.owner)
    await client.sign_in(about.volunteer)

    page = await write(client, about.own_path, HELLO)
    told = await last_email(OWNER)
    answer = await write(owner, links_in(told)[0], "À 9 h, devant la grille.")
    page = await client.get(links_in(await last_email(VOLUNTEER))[0])

    assert told.template == "message_to_association"
    assert "> à quelle heure faut-il venir ?" in told.text
    assert "Alix vous écrit" in told.text
    assert "CHRIS N." in (await last_email(VOLUNTEER)).text
    for seen in (page, answer):
        assert "à quelle heure faut-il venir ?" in seen.text
        assert "À 9 h, devant la grille." in seen.text
        assert "CHRIS N." in seen.text
    assert page.text.index("À 9 h") < page.text.index("à quelle heure")  # the newest first
    assert [row.author for row in await Message.objects().order_by(Message.id)] == [
        about.volunteer.id,
        about.owner.id,
    ]
    await owner.http.aclose()


async def test_no_address_and_no_family_name_is_in_any_page_or_mail(client: Client) -> None:
    about = await talk()
    owner = await client.another().sign_in(about.owner)
    await client.sign_in(about.volunteer)

    pages = [await write(client, about.own_path, HELLO), await write(owner, about.received_path, HELLO)]
    mails = await Email.objects()

    assert len(mails) == 2
    words = [gate.text_of(page.main) for page in pages] + [m.text + m.html + m.subject for m in mails]
    for said in words:
        for secret in (OWNER, VOLUNTEER, "Renard", "Nowak"):
            assert secret not in said
    assert OWNER not in pages[0].html  # below the page is one's own
    assert VOLUNTEER not in pages[1].html
    assert {(mail.recipient, mail.subject) for mail in mails} == {
        (OWNER, "Un message vous attend"),
        (VOLUNTEER, "Un message vous attend"),
    }
    await owner.http.aclose()


async def test_every_owner_and_manager_hears_readers_do_not(client: Client) -> None:
    about = await talk()
    manager, reader = await make.account(), await make.account()
    await make.member(about.association, manager)
    await make.member(about.association, reader, role="reader")

    await write(await client.sign_in(about.volunteer), about.own_path, HELLO)

    assert {mail.recipient for mail in await Email.objects()} == {OWNER, manager.email}


@pytest.mark.parametrize(("is_member", "hears"), [(True, "referent@example.org"), (False, OWNER)])
async def test_the_referent_hears_alone_while_they_answer_for_the_association(
    is_member: bool, hears: str, client: Client
) -> None:
    referent = await make.account(email="referent@example.org", language="en")
    about = await talk(mission={"referent": referent.id})
    if is_member:
        await make.member(about.association, referent)

    await write(await client.sign_in(about.volunteer), about.own_path, HELLO)

    (mail,) = await Email.objects()
    assert mail.recipient == hears
    link = links_in(mail)[0]
    assert link == ("/en" if is_member else "") + about.received_path


@pytest.mark.parametrize(
    "who", ["another volunteer", "reader", "manager elsewhere", "the volunteer", "owner"]
)
async def test_nobody_reads_or_writes_from_a_side_that_is_not_theirs(who: str, client: Client) -> None:
    about = await talk()
    await say(about, Side.VOLUNTEER)
    path = about.own_path if who == "owner" else about.received_path
    await client.sign_in(await _somebody(about, who))
    key = (await client.get("/connexion")).form_key

    for barred in {path, about.own_path} if who not in ("the volunteer", "owner") else {path}:
        await client.get(barred, 404)
        await client.post(barred, {"form_key": key, "text": "Bonjour"}, status=404)
    assert await Message.count() == 1
    assert (await unread_for_account((await _somebody(about, who)).id)).total == (1 if who == "owner" else 0)


async def _somebody(about: Talk, who: str) -> Account:
    if who in ("the volunteer", "owner"):
        return about.volunteer if who == "the volunteer" else about.owner
    found = await Account.objects().get(Account.first_name == who)
    if found is not None:
        return found
    account = await make.account(first_name=who)
    if who == "another volunteer":
        await make.application(about.mission, await make.volunteer(account=account))
    elif who == "reader":
        await make.member(about.association, account, role="reader")
    else:
        await make.mission(association=await make.association(owner=account))
    return account


async def test_what_awaits_a_guardian_is_not_the_associations_to_read(client: Client) -> None:
    about = await talk(status=Status.AWAITING_CONSENT, age=16)
    owner = await client.another().sign_in(about.owner)
    await client.sign_in(about.volunteer)

    page = await client.get(about.own_path)
    await owner.get(about.received_path, 404)
    key = (await client.get("/connexion")).form_key
    refused = await client.post(about.own_path, {"form_key": key, "text": HELLO}, status=409)

    assert "ne voit pas encore cette candidature" in page.text
    assert page.forms() == []
    assert refused.h1 == "Cet échange est fermé"
    assert await Message.count() == await Email.count() == 0
    await owner.http.aclose()


async def test_a_consent_asked_again_holds_the_thread_and_hides_nothing(client: Client) -> None:
    about = await talk(status=Status.AWAITING_CONSENT, age=16)
    await note("application", about.application.id, "pending", "accepted", By.ASSOCIATION, make.NOW)
    await say(about, Side.VOLUNTEER, "J’apporte des gants.")

    page = await (await client.sign_in(about.owner)).get(about.received_path)

    assert "J’apporte des gants." in page.text
    assert "attend une réponse" in page.text
    assert page.forms() == []
    assert await Change.count() == 1


@pytest.mark.parametrize(
    ("status", "accepted", "days", "words"),
    [
        (Status.DECLINED, False, 0, "La candidature est close"),
        (Status.WITHDRAWN, True, 0, ""),
        (Status.DECLINED, True, 29, ""),
        (Status.LAPSED, True, 30, "30 jours après la fin"),
    ],
)
async def test_somebody_once_accepted_may_write_for_thirty_days(
    status: str, accepted: bool, days: int, words: str, client: Client, clock: Clock
) -> None:
    about = await talk(status=status, accepted_at=make.NOW if accepted else None)
    await note("application", about.application.id, "pending", "accepted", By.ASSOCIATION, make.NOW)
    clock.move(days=days)

    page = await (await client.sign_in(about.volunteer)).get(about.own_path)

    assert bool(page.forms()) is not bool(words)
    assert words in page.text


@pytest.mark.parametrize(("days", "is_open"), [(29, True), (30, False)])
async def test_a_thread_closes_thirty_days_after_the_slot(
    days: int, is_open: bool, client: Client, clock: Clock
) -> None:
    starts: datetime = make.after(days=1)
    about = await talk(starts_at=starts)
    clock.move(days=1 + days, hours=2)

    for account, path in ((about.volunteer, about.own_path), (about.owner, about.received_path)):
        page = await (await client.sign_in(account)).get(path)
        assert bool(page.forms()) is is_open


@pytest.mark.parametrize("gone", ["suspended", "erased"])
async def test_a_thread_whose_other_side_is_away_is_read_only(gone: str, client: Client) -> None:
    about = await talk()
    await say(about, Side.ASSOCIATION, "À mardi.")
    if gone == "suspended":
        await Association.update({Association.status: "suspended"}, force=True)
    else:
        await Account.delete().where(Account.id == about.volunteer.id)

    page = await (await client.sign_in(about.owner)).get(about.received_path)

    assert page.forms() == []
    assert "À mardi." in page.text


@pytest.mark.parametrize("left", ["no member", "erased"])
async def test_a_member_who_left_is_the_team(left: str, client: Client) -> None:
    about = await talk()
    former = await make.account(first_name="Maud", family_name="Kerr")
    await say(about, Side.ASSOCIATION, author=former.id)
    if left == "erased":
        await Account.delete().where(Account.id == former.id)

    page = await (await client.sign_in(about.volunteer)).get(about.own_path)

    assert "L’équipe" in page.text
    assert "Maud" not in page.html


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Écrivez votre message."),
        (" \n ", "Écrivez votre message."),
        ("é" * 2001, "2000 caractères au plus"),
        ("a\x00b", "illisibles"),
        ("a\u202eb", "illisibles"),
    ],
)
async def test_a_message_that_is_empty_too_long_or_broken_is_kept_and_told(
    text: str, message: str, client: Client
) -> None:
    about = await talk()
    for account, path in ((about.volunteer, about.own_path), (about.owner, about.received_path)):
        await client.sign_in(account)
        page = await write(client, path, text, status=422)
        assert message in page.text
        assert typed.shown_again(text.strip())[:2] in page.html
    assert await Message.count() == await Email.count() == 0


async def test_the_longest_message_is_taken_whole(client: Client) -> None:
    about = await talk()
    await write(await client.sign_in(about.volunteer), about.own_path, "é\n" * 999 + "🙂🙂")
    (row,) = await Message.objects()
    assert len(row.text) == 2000


async def test_a_double_post_is_one_message_and_one_mail(client: Client) -> None:
    about = await talk()
    page = await (await client.sign_in(about.volunteer)).get(about.own_path)
    for _ in range(3):
        await client.submit(page, {"text": HELLO})
    assert await Message.count() == await Email.count() == 1


async def test_a_text_is_text_wherever_it_is_shown(client: Client) -> None:
    about = await talk()
    text = '<script>alert(1)</script> **gras** <a href="https://x.example">ici</a> {{ 7 * 7 }} %(by)s & co'
    owner = await client.another().sign_in(about.owner)
    await client.sign_in(about.volunteer)

    shown = [await write(client, about.own_path, text), await owner.get(about.received_path)]
    mail = await last_email(OWNER)

    for html in [page.html for page in shown] + [mail.html]:
        assert "<script" not in html.split("<main")[-1]
        assert "&lt;script&gt;alert(1)&lt;/script&gt; **gras** &lt;a href=" in html
        assert "{{ 7 * 7 }} %(by)s &amp; co" in html
    assert f"> {text}\n" in mail.text
    await owner.http.aclose()


async def test_the_words_of_a_mail_cannot_be_forged_by_a_message(client: Client) -> None:
    about = await talk()
    text = "Bonjour\n-- \nMissions ouvertes\nPourquoi ce message"
    await write(await client.sign_in(about.volunteer), about.own_path, text)
    assert "> Bonjour\n> -- \n> Missions ouvertes\n> Pourquoi ce message\n" in (await last_email(OWNER)).text


async def test_thirty_messages_an_hour_then_a_pause(client: Client, clock: Clock) -> None:
    about = await talk()
    await client.sign_in(about.volunteer)
    for number in range(30):
        await write(client, about.own_path, f"Message {number}")

    page = await write(client, about.own_path, "Un de trop", status=422)

    assert "Réessayez plus tard" in page.text
    assert "Un de trop" in page.html
    assert await Message.count() == len(await emails_to(OWNER)) == 30
    clock.move(hours=1)
    await write(client, about.own_path, "Une heure après")


async def test_unread_is_counted_for_who_it_awaits_until_they_look(client: Client) -> None:
    about = await talk()
    name = about.application.public_id
    manager = await make.account()
    await make.member(about.association, manager)
    await say(about, Side.VOLUNTEER)
    await say(about, Side.VOLUNTEER)
    await say(about, Side.ASSOCIATION)

    unread = await unread_for_account(about.owner.id)
    assert (unread.own, unread.received, unread.total) == ({}, {name: 2}, 2)
    assert (await unread_for_account(about.volunteer.id)).own == {name: 1}

    await client.http.head(about.received_path)
    await client.sign_in(manager)
    await client.http.head(about.received_path)
    assert (await unread_for_account(manager.id)).received == {name: 2}
    first = await client.get(about.received_path)
    again = await client.get(about.received_path)

    assert first.text.count("Nouveau") == 2
    assert "Nouveau" not in again.text
    for account in (about.owner, manager):  # one of the association has read it
        assert (await unread_for_account(account.id)).total == 0
    assert (await unread_for_account(about.volunteer.id)).total == 1


async def test_one_thread_per_application(client: Client) -> None:
    about = await talk(status=Status.WITHDRAWN)
    await say(about, Side.ASSOCIATION, "Au sujet de la première")
    volunteer = await Volunteer.objects().get(Volunteer.account == about.volunteer.id)
    again = await make.application(about.mission, volunteer)

    page = await (await client.sign_in(about.volunteer)).get(f"/mes-candidatures/{again.public_id}/messages")

    assert "Au sujet de la première" not in page.text
    assert page.forms()
