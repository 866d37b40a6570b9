"""Mails and pages say which date they are about, what was given back, and until when one may answer."""

import pytest

from marketplace import db
from marketplace.accounts.tables import Account
from marketplace.applications import actions, answers, emails, late, links, queries
from marketplace.applications.actions import Choices
from marketplace.applications.answers import Ending
from marketplace.applications.lifecycle import Status
from marketplace.applications.queries import Candidacy
from marketplace.applications.tables import Application
from marketplace.consents.actions import GuardianAddress
from marketplace.guardians import actions as guardians
from marketplace.lifecycle import By
from marketplace.mail.tables import Email
from marketplace.missions.places import lock_mission
from marketplace.missions.policies import slot_key
from marketplace.missions.queries import slots_of
from marketplace.missions.tables import Mission
from tests import make
from tests.applications.journeys import GUARDIAN, SIXTEEN, VISITOR, page_of, send
from tests.client import Client, emails_to, last_email, links_in

LEAVES = Ending(By.VOLUNTEER)
MARCH_9, MARCH_10, MARCH_11 = "mardi 9 mars 2027", "mercredi 10 mars 2027", "jeudi 11 mars 2027"
PARENT = "maman@example.org"


async def dated(status: str = Status.PENDING, **values: object) -> Candidacy:
    """An application for the 9th of March."""
    mission = await make.mission(starts_at=make.after(days=7), places=1)
    volunteer = await make.volunteer(email="alix@example.org")
    row = await make.application(mission, volunteer, status=status, **values)
    return await queries.about(row)


async def three_dates_of_a_minor(email: str = "lou@example.org") -> Mission:
    """A minor has applied for three dates: the request is in the guardian's mailbox."""
    mission = await make.mission(starts_at=make.after(days=7), minors="open")
    for days in (8, 9):
        await make.slot(mission, starts_at=make.after(days=days))
    account = await make.account_of(await make.volunteer(age=16, email=email))
    asked = Choices(guardian=GuardianAddress(PARENT, "parent"))
    await actions.apply(account, None, await slots_of(mission.id), asked, make.NOW)
    return mission


async def guardians_token(template: str = "consent_asked") -> str:
    mail = await Email.objects().where(Email.template == template).order_by(Email.id, ascending=False).first()
    assert mail is not None
    return links_in(mail)[0].rpartition("/")[2]


async def mails(template: str) -> list[Email]:
    return await Email.objects().where(Email.template == template).order_by(Email.id)


@pytest.mark.parametrize(
    ("template", "status"),
    [
        ("application_declined", Status.DECLINED),
        ("application_lapsed", Status.LAPSED),
        ("application_unanswered", Status.LAPSED),
        ("application_withdrawn", Status.WITHDRAWN),
        ("application_reminder", Status.PENDING),
        ("withdrawal_noted", Status.WITHDRAWN),
        ("offer_lapsed", Status.LAPSED),
        ("waiting_ended", Status.LAPSED),
        ("meeting_set", Status.PENDING),
    ],
)
async def test_a_mail_about_a_date_says_which(
    template: str, status: str, site: object, database: None
) -> None:
    limit = make.after(days=2) if status == Status.PENDING else None
    found = await dated(status, answer_by=limit, meeting_on=make.after(days=1).date())
    several = template == "application_withdrawn"

    await getattr(emails, template)([found] if several else found, make.NOW)

    (mail,) = await mails(template)
    for part in (mail.text, mail.html):
        assert part.count(f"{MARCH_9} de 10") == 1, part


async def test_a_mail_about_no_date_says_none(site: object, database: None) -> None:
    application = await make.application(volunteer=await make.volunteer(email="alix@example.org"))
    await emails.application_declined(await queries.about(application), make.NOW)
    assert "Quand vous voulez" not in (await last_email("alix@example.org")).text


async def test_several_dates_have_each_their_link_to_withdraw(client: Client) -> None:
    mission = await make.mission(starts_at=make.after(days=7))
    second = await make.slot(mission, starts_at=make.after(days=8))
    account = await make.account(email="alix@example.org")
    await actions.apply(account, None, await slots_of(mission.id), Choices(), make.NOW)
    mail = await last_email("alix@example.org")
    assert f"Retirer ma candidature du {MARCH_9} à 10" in mail.text
    assert f"Retirer ma candidature du {MARCH_10} à 10" in mail.text
    ways = [link for link in links_in(mail) if "/retirer/" in link]
    assert len(ways) == 2
    assert mail.html.count("/retirer/") == 2

    page = await client.follow(await client.get(ways[1], 303))
    assert MARCH_10 in page.text.replace("\u00a0", " ")
    await client.submit(page)  # no reason need be given

    (gone,) = await Application.objects().where(Application.status == Status.WITHDRAWN)
    assert gone.slot == second.id
    assert gone.reason == ""


async def test_a_guardians_no_to_three_dates_is_one_mail_to_the_minor(site: object, database: None) -> None:
    await three_dates_of_a_minor()

    await guardians.refuse(await guardians_token(), make.NOW)

    (told,) = await mails("participation_ended")
    (receipt,) = await mails("consent_refused")
    for day in (MARCH_9, MARCH_10, MARCH_11):
        assert day in told.text
        assert day in receipt.text


async def test_a_mission_closed_to_minors_is_one_mail_to_each(site: object, database: None) -> None:
    mission = await three_dates_of_a_minor()
    async with db.transaction():
        await guardians.end_waiting_minors(await lock_mission(mission.id), make.NOW)
    (told,) = await mails("participation_ended")
    assert MARCH_11 in told.text


async def test_the_receipt_names_the_dates_agreed_to_and_no_other(client: Client) -> None:
    mission = await three_dates_of_a_minor()
    first, second, third = await slots_of(mission.id)
    parent = await client.follow(await client.get(links_in(await last_email(PARENT))[0], 303))
    agreement = await client.get(parent.path + "/oui")
    typed = {"name": "Claude Petit", "relationship": "parent", "phone": "06 12 34 56 78"}
    boxes = {"authority": "yes", "has_read": "yes", "no_disagreement": "yes"}
    kept = {"dates": [slot_key(first), slot_key(third)]}
    await client.submit(agreement, {**typed, **boxes, **kept})

    (receipt,) = await mails("consent_given")
    (ended,) = await mails("participation_ended")
    assert MARCH_9 in receipt.text
    assert MARCH_11 in receipt.text
    assert MARCH_10 not in receipt.text
    assert MARCH_10 in ended.text
    assert MARCH_9 not in ended.text
    assert second.id not in (first.id, third.id)


async def test_each_dates_own_limit_is_said_where_they_differ(client: Client) -> None:
    mission = await make.mission(starts_at=make.after(days=5), minors="open")
    await make.slot(mission, starts_at=make.after(days=30))
    account = await make.account_of(await make.volunteer(age=16, email="lou@example.org"))
    asked = Choices(guardian=GuardianAddress(PARENT, "parent"))
    await actions.apply(account, None, await slots_of(mission.id), asked, make.NOW)
    soon, late_one = "réponse avant le samedi 6 mars 2027 à 10", "réponse avant le mardi 9 mars 2027 à 10"

    for mail in (await last_email(PARENT), await last_email("lou@example.org")):
        for part in (mail.text, mail.html):
            assert soon in part
            assert late_one in part
    page = await client.follow(await client.get(links_in(await last_email(PARENT))[0], 303))
    assert soon in page.text.replace("\u00a0", " ")
    agreement = await client.get(page.path + "/oui")
    assert soon.capitalize() in agreement.text.replace("\u00a0", " ")
    first = await Application.objects().order_by(Application.id).first()
    assert first is not None
    await client.sign_in(account)
    shown = await client.get(f"/mes-candidatures/{first.public_id}")
    assert "samedi 6 mars 2027 à 10" in shown.text.replace("\u00a0", " ")


@pytest.mark.parametrize("status", [Status.WAITING, Status.OFFERED, Status.PENDING])
async def test_what_was_given_back_is_said_for_what_it_was(status: str, client: Client) -> None:
    found = await dated(status)
    token = links.withdrawal_token(found.application.public_id)
    page = await client.follow(await client.get(f"/candidature/retirer/{token}", 303))
    waiting = status == Status.WAITING
    assert page.h1 == ("Quitter la liste d’attente" if waiting else "Retirer ma candidature")
    assert "La place sera libre" not in page.text

    done = await client.follow(await client.submit(page))

    mail = await last_email("alix@example.org")
    own = await client.sign_in(await make.account_of_email("alix@example.org"))
    shown = await own.get(f"/mes-candidatures/{found.application.public_id}")
    title = "Vous avez quitté la liste d’attente" if waiting else "Votre candidature est retirée"
    for text in (done.h1, shown.h1, mail.subject):
        assert text == title
    for text in (done.text, shown.text, mail.text):
        assert "libre" not in text
        assert ("rendue" in text) != waiting
        assert MARCH_9 in text.replace("\u00a0", " ")


async def test_the_association_reads_that_the_place_is_given_back_not_that_it_is_free(
    site: object, database: None
) -> None:
    found = await dated(Status.ACCEPTED)
    await answers.withdraw(found, LEAVES, make.NOW)
    (mail,) = await mails("application_withdrawn")
    assert "La place est rendue." in mail.text
    await make.application(found.slot)
    await late.end_late(make.after(days=7))
    (mail,) = await mails("application_unanswered")
    assert "La place est rendue" in mail.text


async def test_who_only_joins_a_list_is_promised_no_place(client: Client) -> None:
    mission = await make.mission(places=1)
    await make.application(mission)
    page = await client.follow(await send(client, mission, VISITOR))
    mail = await last_email("zoe@example.org")
    for text in (page.text, mail.text):
        assert "S’il reste une place" in text
        assert "vous est gardée" not in text


async def test_the_reason_is_optional_and_said_to_stay_here(client: Client) -> None:
    found = await dated()
    await client.sign_in(await make.account_of_email("alix@example.org"))
    page = await client.get(f"/mes-candidatures/{found.application.public_id}/retrait")
    assert "(facultatif)" in page.text
    assert "L’association lit seulement" in page.text
    await client.submit(page, {"reason": "not_as_expected"})
    (told,) = await mails("application_withdrawn")
    assert "attentes" not in told.text


async def two_full_dates() -> Mission:
    mission = await make.mission(starts_at=make.after(days=7), places=1)
    second = await make.slot(mission, starts_at=make.after(days=8), places=1)
    for slot in [*(await slots_of(mission.id))[:1], second]:
        await make.application(slot)
    return mission


async def test_no_date_chosen_among_full_ones_is_said_beside_the_lists(client: Client) -> None:
    mission = await two_full_dates()
    await client.sign_in(await make.account())
    page = await client.submit(await client.get(page_of(mission)), status=422)
    assert "#waits" in page.links
    (fieldset,) = [
        one for one in page.main.iter("fieldset") if "waits-error" in one.get("aria-describedby", "")
    ]
    assert "Choisissez au moins une date." in "".join(fieldset.itertext())


async def test_a_date_that_fills_at_the_last_moment_is_named_and_ticked_among_the_lists(
    client: Client,
) -> None:
    mission = await make.mission(starts_at=make.after(days=7), places=1, minors="open")
    await make.slot(mission, starts_at=make.after(days=8), places=1)
    first = (await slots_of(mission.id))[0]
    typed = VISITOR | SIXTEEN | {"slots": [slot_key(first)], "message": "Je peux le mardi."}
    page = await client.submit(await client.get(page_of(mission)), typed, status=200)
    page = await client.submit(page, GUARDIAN, status=200)
    await make.application(first)

    again = await client.submit(page, {"step": "send"}, status=409)

    assert again.h1 == "Une date vient de se remplir"
    said = again.text.replace("\u00a0", " ")
    assert f"La date {MARCH_9} de 10 h à 12 h vient de se remplir." in said
    assert "Rien n’a été enregistré. Ce que tu as écrit est gardé ci-dessous." in said
    assert "Je peux le mardi." in again.html
    (ticked,) = [box for box in again.main.iter("input") if box.get("checked") is not None]
    assert (ticked.get("name"), ticked.get("value")) == ("waits", slot_key(first))
    assert await Application.count() == 1


async def test_what_is_refused_at_the_last_button_loses_nothing(client: Client) -> None:
    mission = await make.mission()
    account = await make.account()
    volunteer = await make.volunteer(account=account)
    await client.sign_in(account)
    page = await client.submit(
        await client.get(page_of(mission)), {"message": "Je peux le mardi."}, status=200
    )
    held = [await make.application(await make.mission(), volunteer) for _ in range(10)]

    again = await client.submit(page, {"step": "send"}, status=409)

    assert again.h1 == "Dix places, c’est le maximum"
    assert "Ce que vous avez écrit est gardé ci-dessous." in again.text
    assert "Je peux le mardi." in again.text
    await answers.withdraw(await queries.about(held[0]), LEAVES, make.NOW)
    done = await client.follow(await client.submit(again, {"step": "send"}))
    assert done.h1 == "C’est envoyé"
    assert (await emails_to(account.email))[-1].template == "application_received"
    assert await Account.exists().where(Account.id == account.id)
