"""A guardian reads, agrees or refuses, follows and takes it back: links alone, no account."""

from typing import Any

import pytest

from marketplace import db
from marketplace.accounts.tables import Account
from marketplace.applications.lifecycle import Status
from marketplace.applications.tables import Application
from marketplace.associations.tables import Association
from marketplace.consents.lifecycle import Status as ConsentStatus
from marketplace.consents.tables import Consent, ConsentLine, Guardian
from marketplace.guardians import actions
from marketplace.lifecycle import Change
from marketplace.missions.tables import Mission, Slot
from marketplace.publishing import actions as publishing
from tests import make
from tests.applications.journeys import GUARDIAN, SIXTEEN, link_name, send, the_application
from tests.client import Client, Clock, Page, emails_to, last_email, links_in
from tests.walls import rows

YES = {
    "name": "Dominique Petit",
    "relationship": "parent",
    "phone": "06 12 34 56 78",
    "authority": "yes",
    "has_read": "yes",
    "no_disagreement": "yes",
}
PARENT = "maman@example.org"


async def asked(client: Client, **mission: Any) -> Mission:
    """A minor has applied: the request is in the guardian's mailbox."""
    row = await make.mission(**{"minors": "open", "places": 1, **mission})
    account = await make.account(adult_attested_on=None, email="lou@example.org", first_name="Lou")
    minor = await client.another().sign_in(account)
    await send(minor, row, SIXTEEN, GUARDIAN)
    await minor.http.aclose()
    return row


async def opened(client: Client) -> Page:
    """The page behind the newest link mailed to the guardian."""
    return await client.follow(await client.get(links_in(await last_email(PARENT))[0], 303))


async def agree(client: Client) -> Page:
    page = await opened(client)
    return await client.follow(await client.submit(await client.get(page.links[0]), YES))


async def owner_email(mission: Mission) -> str:
    association = await Association.objects().get(Association.id == mission.association)
    assert association is not None
    return str((await make.owner_of(association)).email)


async def test_the_page_says_all_a_guardian_must_know(client: Client) -> None:
    mission = await asked(client, starts_at=make.after(days=9), audiences=["in_difficulty"], two_adults=True)
    page = await opened(client)
    for fact in (
        "Lou souhaite faire du bénévolat",
        "Trier les vêtements par taille",
        "4 rue des Tilleuls, 35000 Rennes",
        "jeudi 11 mars 2027 de 10",
        mission.supervisor_name,
        mission.supervisor_phone,
        "Deux adultes sont toujours présents",
        "ne rencontrera pas les personnes aidées",
        "effacée à 18 ans",
        "retirer votre accord à tout moment",
    ):
        assert fact in page.text.replace("\u00a0", " "), fact
    assert "<nav" not in page.html
    assert page.text.endswith(".")


async def test_an_agreement_reaches_the_association_and_is_acknowledged(client: Client) -> None:
    mission = await asked(client)
    receipt = await agree(client)

    assert receipt.h1 == "Vous avez donné votre accord"
    application = await the_application()
    assert application.status == Status.PENDING
    consent = await Consent.objects().first()
    line = await ConsentLine.objects().first()
    guardian = await Guardian.objects().first()
    assert consent is not None
    assert line is not None
    assert guardian is not None
    assert (consent.status, line.status) == (ConsentStatus.GIVEN, ConsentStatus.GIVEN)
    assert line.slot == application.slot
    assert (guardian.name, guardian.phone) == ("Dominique Petit", "06 12 34 56 78")
    mail = await last_email(PARENT)
    assert mail.template == "consent_given"
    assert consent.public_id in mail.text
    assert (await last_email("lou@example.org")).template == "application_received"
    told = await last_email(await owner_email(mission))
    assert told.template == "application_arrived"
    assert "Mineur (16–17 ans)" in told.text
    assert PARENT not in told.text
    assert "lou@example.org" not in told.text


async def test_where_people_are_taken_at_once_the_agreement_accepts(client: Client) -> None:
    mission = await asked(client, admission="instant", place_kind="remote")
    page = await opened(client)
    form = await client.get(page.links[0])
    assert "Votre téléphone" not in form.text
    await client.submit(form, {name: value for name, value in YES.items() if name != "phone"})
    assert (await the_application()).status == Status.ACCEPTED
    told = await last_email("lou@example.org")
    assert told.template == "application_accepted"
    assert mission.supervisor_phone in told.text
    assert "Ta participation est confirmée" in told.text


async def test_a_refusal_frees_the_place_and_gives_no_reason_to_anybody(client: Client) -> None:
    mission = await asked(client)
    page = await opened(client)
    receipt = await client.follow(await client.submit(await client.get(page.links[1])))

    assert receipt.h1 == "Votre refus est enregistré"
    assert (await the_application()).status == Status.WITHDRAWN
    assert (await make.only_slot(mission)).places_taken == 0
    assert (await last_email(PARENT)).template == "consent_refused"
    told = await last_email("lou@example.org")
    assert told.template == "participation_ended"
    for word in ("refus", "parent", "accord"):
        assert word not in told.text.lower(), word
    assert await emails_to(await owner_email(mission)) == []
    minor = await client.another().sign_in(await account_of("lou@example.org"))
    refused = await minor.get(f"/missions/{mission.public_id}/candidature", 403)
    assert refused.h1 == "Tu ne peux pas candidater à cette mission maintenant"
    await minor.http.aclose()


async def test_silence_ends_the_request_and_frees_the_place(client: Client, clock: Clock) -> None:
    mission = await asked(client)
    assert await actions.end_silent(clock.move(days=6)) == 0
    assert await actions.end_silent(clock.move(days=1)) == 1
    assert await actions.end_silent(clock.instant) == 0

    assert (await the_application()).status == Status.WITHDRAWN
    assert (await make.only_slot(mission)).places_taken == 0
    assert (await last_email(PARENT)).template == "consent_expired"
    assert "pas eu de réponse à temps" in (await last_email("lou@example.org")).text
    assert await emails_to(await owner_email(mission)) == []


async def test_a_request_ends_a_day_before_the_start_at_the_latest(client: Client) -> None:
    await asked(client, starts_at=make.after(days=3))
    consent = await Consent.objects().first()
    assert consent is not None
    assert consent.link_expires_at == make.after(days=2)


@pytest.mark.parametrize("stands", ["pending", "accepted"])
async def test_an_agreement_taken_back_frees_the_place_and_the_association_reads_no_more_than_that(
    stands: str, client: Client
) -> None:
    mission = await asked(client, admission="instant" if stands == "accepted" else "review")
    await agree(client)
    assert (await the_application()).status == stands
    link = links_in(await last_email(PARENT))[0]
    followed = await client.follow(await client.get(link, 303))
    assert "/suivi-parent/demande/" in followed.path

    page = await client.get(next(link for link in followed.links if link.endswith("/retrait")))
    first = await client.submit(page)
    second = await client.submit(page)
    done = await client.follow(first)

    assert first.location == second.location
    assert done.h1 == "Vous avez retiré votre accord"
    assert (await the_application()).status == Status.WITHDRAWN
    line = await ConsentLine.objects().first()
    assert line is not None
    assert line.status == ConsentStatus.WITHDRAWN
    assert (await make.only_slot(mission)).places_taken == 0
    assert (await last_email(PARENT)).template == "consent_withdrawn"
    told = await last_email(await owner_email(mission))
    assert told.template == "application_withdrawn"
    for word in ("parent", "accord", "mineur", "légal"):
        assert word not in told.text.lower(), word
    owner = await client.another().sign_in(await account_of(told.recipient))
    inbox = await owner.get(f"/candidatures?mission={mission.public_id}&etat=toutes")
    file = await owner.get(f"/candidatures/{(await the_application()).public_id}")
    for seen in (inbox, file):
        assert "Candidature retirée" in seen.text
        assert "Dominique" not in seen.html
        assert "accord" not in seen.text.lower()
    await owner.http.aclose()


@pytest.mark.parametrize("verb", ["get", "head"])
async def test_opening_any_page_of_a_link_a_hundred_times_changes_nothing(verb: str, client: Client) -> None:
    await asked(client)
    link = links_in(await last_email(PARENT))[0]
    before, moves = await rows(), await Change.count()
    for _ in range(100):
        await getattr(client.http, verb)(link)
    base = f"/accord/demande/{link_name(link)}"
    for path in ("", "/oui", "/non"):
        for _ in range(20):
            assert (await getattr(client.http, verb)(base + path)).status_code in (200, 405)
    assert await rows() == before
    assert await Change.count() == moves


async def kill(state: str, client: Client, clock: Clock) -> str:
    """The mailed link, once it no longer opens the request."""
    link = links_in(await last_email(PARENT))[0]
    if state == "used":
        await agree(client)
    elif state == "refused":
        await client.submit(await client.get((await opened(client)).links[1]))
    elif state == "closed":
        minor = await client.another().sign_in(await account_of("lou@example.org"))
        page = await minor.get(f"/mes-candidatures/{(await the_application()).public_id}/retrait")
        await minor.submit(page, {"reason": "unavailable"})
        await minor.http.aclose()
    elif state == "expired":
        clock.move(days=7)
    elif state == "replaced":
        await Consent.update({Consent.link_hash: "0" * 64}, force=True)
    return {"unknown": link[:-4] + "abcd", "odd": "/accord/x"}.get(state, link)


async def account_of(email: str) -> Account:
    row = await Account.objects().get(Account.email == email)
    assert row is not None
    return row


@pytest.mark.parametrize("state", ["used", "refused", "replaced", "expired", "unknown", "closed", "odd"])
async def test_dead_links_all_look_alike_and_only_send_a_new_one_to_the_address_on_file(
    state: str, client: Client, clock: Clock
) -> None:
    await asked(client)
    link = await kill(state, client, clock)
    mails = len(await emails_to(PARENT))

    dead = await client.follow(await client.get(link, 303), status=410)
    sent = await client.follow(await client.submit(dead))

    assert dead.h1 == "Ce lien n’est plus valable"
    assert PARENT not in dead.html
    assert "Lou" not in dead.html
    assert sent.h1 == "Regardez vos e-mails"
    alive = state in ("replaced", "unknown")
    assert len(await emails_to(PARENT)) == mails + alive
    if alive:
        assert (await opened(client)).h1 == "Lou souhaite faire du bénévolat"


async def test_a_new_link_kills_the_former_and_there_are_five_a_day(client: Client) -> None:
    await asked(client)
    first = links_in(await last_email(PARENT))[0]
    for _ in range(7):
        consent_id = first.rpartition("/")[2].partition(".")[0]
        dead = await client.follow(await client.get(f"/accord/{consent_id}.x", 303), status=410)
        await client.submit(dead)
    assert len(await emails_to(PARENT)) == 1 + 5
    await client.follow(await client.get(first, 303), status=410)
    await opened(client)


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ({"name": ""}, "Écrivez votre prénom et votre nom."),
        ({"name": "x" * 121}, "120 caractères au plus"),
        ({"name": "a\u202eb"}, "illisibles"),
        ({"phone": ""}, "Écrivez un numéro"),
        ({"phone": "call me"}, "Écrivez un numéro"),
        ({"phone": "0" * 31}, "30 caractères au plus"),
        ({"relationship": None}, "Choisissez une réponse"),
        ({"relationship": "boss"}, "Choisissez une réponse"),
        ({"authority": None}, "Sans autorité parentale, vous ne pouvez pas donner"),
        ({"has_read": None}, "Relisez la mission"),
        ({"no_disagreement": None}, "En cas de désaccord entre vous"),
    ],
)
async def test_an_incomplete_agreement_is_no_agreement(
    bad: dict[str, Any], message: str, client: Client
) -> None:
    await asked(client)
    form = await client.get((await opened(client)).links[0])

    again = await client.submit(form, YES | bad, status=422)

    assert message in again.text
    assert (await the_application()).status == Status.AWAITING_CONSENT
    if "name" not in bad:
        assert "Dominique Petit" in again.html


async def test_a_link_of_one_request_never_touches_another(client: Client) -> None:
    await asked(client)
    other_minor = await make.volunteer(age=16)
    other = await make.application(
        await make.mission(minors="open"), other_minor, status=Status.AWAITING_CONSENT
    )
    slot = await Slot.objects().get(Slot.id == other.slot)
    assert slot is not None
    consent = await make.consent(other_minor, slot, status=ConsentStatus.ASKED, secret="another")
    form = await client.get((await opened(client)).links[0])

    await client.submit(form, YES, extra={"consent": str(consent.id), "token": "another"})

    untouched = await Application.objects().get(Application.id == other.id)
    assert untouched is not None
    assert untouched.status == Status.AWAITING_CONSENT


async def test_after_the_association_declines_the_guardian_is_told_and_the_link_only_reads(
    client: Client,
) -> None:
    mission = await asked(client)
    await agree(client)
    parent_link = links_in(await last_email(PARENT))[0]
    owner = await client.another().sign_in(await account_of(await owner_email(mission)))
    page = await owner.get(f"/candidatures/{(await the_application()).public_id}")
    assert "Dominique Petit" in page.text
    assert "06 12 34 56 78" in page.text
    assert PARENT not in page.html
    await owner.submit(page, {"reason": "full"}, form="/non")
    await owner.http.aclose()

    assert (await last_email(PARENT)).template == "consent_closed"
    assert (await last_email("lou@example.org")).template == "application_declined"
    followed = await client.follow(await client.get(parent_link, 303))
    assert followed.h1 == "Cette demande est close"
    assert followed.forms() == []


async def test_a_parent_gets_five_requests_a_day_at_most(client: Client, clock: Clock) -> None:
    account = await make.account(adult_attested_on=None, email="lou@example.org")
    minor = await client.another().sign_in(account)
    for number in range(5):
        born = SIXTEEN if number == 0 else {}
        await send(minor, await make.mission(minors="open"), born, GUARDIAN)
        ended: dict[Any, Any] = {Application.ended_by: "volunteer", Application.answer_by: None}
        await Application.update({Application.status: "withdrawn", **ended}).where(
            Application.status == Status.AWAITING_CONSENT
        )
        await Consent.update({Consent.status: "void"}).where(Consent.status == "asked")

    page = await send(minor, await make.mission(minors="open"), {}, GUARDIAN, status=429)

    assert page.h1 == "Trop de demandes pour aujourd’hui"
    assert len(await emails_to(PARENT)) == 5
    clock.move(days=1)
    await send(minor, await make.mission(minors="open"), {}, GUARDIAN)


@pytest.mark.parametrize("agreed", [False, True])
async def test_a_mission_closed_to_minors_takes_no_minor_who_still_waits(
    agreed: bool, client: Client
) -> None:
    mission = await asked(client)
    link = links_in(await last_email(PARENT))[0]
    if agreed:
        await agree(client)

    async with db.transaction():
        await publishing.close_to_minors(mission, 1, make.NOW)

    assert (await the_application()).status == Status.WITHDRAWN
    assert (await make.only_slot(mission)).places_taken == 0
    assert (await last_email(PARENT)).template == "consent_closed"
    assert (await last_email("lou@example.org")).template == "participation_ended"
    told = [mail.template for mail in await emails_to(await owner_email(mission))]
    assert ("application_withdrawn" in told) == agreed
    page = await client.follow(await client.get(link, 303), 410)
    assert page.forms()


async def test_minors_accepted_before_a_mission_closes_to_them_stay(client: Client) -> None:
    mission = await make.mission(minors="open")
    await make.application(mission, await make.volunteer(age=16), status=Status.ACCEPTED)

    async with db.transaction():
        await publishing.close_to_minors(mission, 1, make.NOW)

    assert (await the_application()).status == Status.ACCEPTED
