"""Applying, signed in: three pages without JavaScript, everything kept from one to the next."""

from typing import Any

import pytest

from marketplace import db
from marketplace.accounts.tables import Account
from marketplace.applications.lifecycle import Status
from marketplace.applications.tables import Application
from marketplace.associations.tables import Association
from marketplace.consents.tables import Guardian
from marketplace.mail.tables import Email
from marketplace.missions.tables import Mission
from marketplace.volunteers.tables import BirthDate, Volunteer
from tests import make
from tests.applications.journeys import BIRTH, GUARDIAN, SIXTEEN, fill, page_of, send, the_application
from tests.client import Client, emails_to, last_email


async def test_an_application_reaches_the_association_which_is_told(client: Client) -> None:
    association = await make.association(name="Le Vestiaire")
    mission = await make.mission(association=association, tasks=["Trier", "Plier"])
    account = await make.account(first_name="Alix", email="alix@example.org")
    await client.sign_in(account)

    check = await fill(client, mission, {"tasks": ["Plier"], "message": "Bonjour\nà vous"})
    assert check.h1 == "Vérifiez avant d’envoyer"
    assert "Plier" in check.text
    assert "alix@example.org" in check.text
    answer = await client.submit(check, {"step": "send"})
    shown = await client.follow(answer)

    application = await the_application()
    assert application.status == Status.PENDING
    assert application.tasks == ["Plier"]
    assert application.message == "Bonjour\nà vous"
    assert not application.is_minor
    assert shown.path == f"/mes-candidatures/{application.public_id}"
    assert "9 mars 2027" in shown.text  # the last day to answer
    assert mission.address not in shown.html
    assert mission.supervisor_name not in shown.html
    owner = await make.owner_of(association)
    assert (await last_email(owner.email)).template == "application_arrived"
    assert "alix@example.org" not in (await last_email(owner.email)).text
    assert (await last_email("alix@example.org")).template == "application_received"


async def test_an_instant_mission_takes_people_at_once_and_says_where(client: Client) -> None:
    mission = await make.mission(admission="instant", starts_at=make.after(days=9))
    account = await make.account(email="alix@example.org")
    await client.sign_in(account)

    shown = await client.follow(await send(client, mission, {}))

    assert (await the_application()).status == Status.ACCEPTED
    for text in (shown.text, (await last_email("alix@example.org")).text):
        assert mission.address in text
        assert mission.supervisor_name in text
        assert mission.supervisor_phone in text
        assert "11 mars 2027 de 10" in text


async def test_whoever_never_said_their_age_is_asked_and_an_adults_birth_date_is_not_kept(
    client: Client,
) -> None:
    mission = await make.mission()
    account = await make.account(adult_attested_on=None)
    await client.sign_in(account)

    await send(client, mission, BIRTH)

    stored = await Account.objects().get(Account.id == account.id)
    assert stored is not None
    assert stored.adult_attested_on is not None
    assert not await BirthDate.exists()
    page = await client.get(page_of(await make.mission()))
    assert "born_on" not in page.html


async def test_nobody_hints_at_the_threshold_when_asking_the_birth_date(client: Client) -> None:
    page = await client.get(page_of(await make.mission(minors="open")))
    assert "16" not in page.text
    assert "18" not in page.text


async def test_a_minor_says_whom_to_ask_and_the_place_is_held(client: Client) -> None:
    mission = await make.mission(minors="open", places=1)
    account = await make.account(adult_attested_on=None, email="lou@example.org", first_name="Lou")
    await client.sign_in(account)

    page = await client.submit(await client.get(page_of(mission)), SIXTEEN, status=200)
    assert page.h1 == "Ton parent ou représentant légal"
    assert "une seule fois" not in page.text  # reminders and messages may follow
    assert "Étape 2 sur 3" in page.text.replace("\u00a0", " ")
    check = await client.submit(page, GUARDIAN, status=200)
    assert check.h1 == "Vérifie avant d’envoyer"
    assert "Étape 3 sur 3" in check.text.replace("\u00a0", " ")
    shown = await client.follow(await client.submit(check, {"step": "send"}))

    application = await the_application()
    assert application.status == Status.AWAITING_CONSENT
    assert application.is_minor
    assert (await make.only_slot(mission)).places_taken == 1
    assert "Sa réponse est attendue jusqu’au mardi 9 mars 2027" in shown.text
    assert (await last_email("lou@example.org")).template == "consent_awaited"
    asked = await last_email("maman@example.org")
    assert asked.template == "consent_asked"
    assert "Lou" in asked.text
    assert "ne transférez pas ce lien" in asked.text
    assert "2011" not in asked.text
    assert account.family_name not in asked.text
    owner = await make.owner_of(await association_of(mission))
    assert await emails_to(owner.email) == []
    known = await client.get(page_of(await make.mission(minors="open")))
    assert "Les tâches qui te tentent" in known.text


async def association_of(mission: Mission) -> Association:
    association = await Association.objects().get(Association.id == mission.association)
    assert association is not None
    return association


@pytest.mark.parametrize(
    "address", ["lou@example.org", "LOU@example.org", "l.o.u@example.org", "lou+maman@example.org"]
)
async def test_a_minors_own_address_in_any_dress_is_not_a_guardians(address: str, client: Client) -> None:
    mission = await make.mission(minors="open")
    await client.sign_in(await make.account(adult_attested_on=None, email="lou@example.org"))
    page = await client.submit(await client.get(page_of(mission)), SIXTEEN, status=200)

    page = await client.submit(page, GUARDIAN | {"guardian_email": address}, status=422)

    assert "pas la tienne" in page.text
    assert address in page.html
    assert not await Application.exists()


async def test_under_sixteen_is_a_kind_page_and_nothing_is_stored(client: Client) -> None:
    mission = await make.mission(minors="open")
    account = await make.account(adult_attested_on=None)
    await client.sign_in(account)
    young = {"born_on_day": "3", "born_on_month": "3", "born_on_year": "2011"}  # 16 tomorrow

    page = await client.submit(await client.get(page_of(mission)), young, status=403)

    assert page.h1 == "Tu pourras t’engager ici à 16 ans"
    for table in (Application, Volunteer, BirthDate, Email, Guardian):
        assert not await table.exists(), table


async def test_the_age_that_counts_is_on_the_slots_day(client: Client) -> None:
    mission = await make.mission(minors="open", starts_at=make.after(days=5))
    await client.sign_in(await make.account(adult_attested_on=None))
    sixteen_that_day = {"born_on_day": "7", "born_on_month": "3", "born_on_year": "2011"}

    page = await client.submit(await client.get(page_of(mission)), sixteen_that_day, status=200)

    assert page.h1 == "Ton parent ou représentant légal"


async def test_change_buttons_go_back_and_keep_everything(client: Client) -> None:
    mission = await make.mission(minors="open", tasks=["Trier", "Plier"], prerequisites=["interview"])
    await client.sign_in(await make.account(adult_attested_on=None))
    typed = {"tasks": ["Trier"], "prerequisites": ["interview"], "message": 'Un "mot" & <b>', **SIXTEEN}
    check = await fill(client, mission, typed, GUARDIAN)

    first = await client.submit(check, {"step": "change"}, status=200)
    again = await client.submit(first, {"tasks": ["Plier"]}, status=200)
    person = await client.submit(again, {"step": "change_guardian"}, status=200)
    assert "maman@example.org" in person.html
    last = await client.submit(person, {"guardian_email": "papa@example.org"}, status=200)
    await client.submit(last, {"step": "send"})

    application = await the_application()
    assert application.tasks == ["Plier"]
    assert application.message == 'Un "mot" & <b>'
    assert await emails_to("maman@example.org") == []
    assert len(await emails_to("papa@example.org")) == 1


async def test_a_double_click_makes_one_application(client: Client) -> None:
    mission = await make.mission(places=3)
    await client.sign_in(await make.account())
    check = await fill(client, mission, {})

    first = await client.submit(check, {"step": "send"})
    second = await client.submit(check, {"step": "send"})

    assert first.location == second.location
    await the_application()


@pytest.mark.parametrize(
    ("state", "title", "status"),
    [
        ("paused", "Les candidatures sont fermées", 409),
        ("ended", "Les candidatures sont fermées", 409),
        ("own", "C’est une mission de votre association", 403),
        ("applied", "Cette candidature est déjà enregistrée", 409),
    ],
)
async def test_the_page_already_says_what_would_be_refused(
    state: str, title: str, status: int, client: Client
) -> None:
    account = await make.account()
    values = {"paused": {"status": "paused"}, "ended": {"starts_at": make.after(hours=1)}}.get(state, {})
    mission = await make.mission(places=5, **values)  # type: ignore[arg-type]
    if state == "own":
        await make.member(await association_of(mission), account)
    if state == "applied":
        await make.application(mission, await make.volunteer(account=account))
    await client.sign_in(account)

    page = await client.get(page_of(mission), status)

    assert page.h1 == title


@pytest.mark.parametrize("mission", ["draft", "submitted", "suspended"])
async def test_a_mission_that_is_not_public_does_not_exist(mission: str, client: Client) -> None:
    await client.get(page_of(await make.mission(status=mission)), 404)


async def test_the_last_place_closes_the_mission(client: Client) -> None:
    mission = await make.mission(places=1)
    await client.sign_in(await make.account())
    await send(client, mission, {})

    page = await client.another().get(f"/missions/{mission.public_id}")

    assert "La mission est désormais complète" in page.text
    assert "1 personne déjà inscrite" in page.text


BAD = [
    ({"tasks": ["Voler"]}, "tasks", "Choisissez une réponse dans la liste."),
    ({"message": "x" * 2001}, "message", "2000 caractères au plus"),
    ({"message": "a\x00b"}, "message", "illisibles"),
    ({"message": "a\ufffdb"}, "message", "illisibles"),
    ({"prerequisites": None}, "prerequisites", "Cochez chaque pré-requis"),
    ({"prerequisites": ["interview", "first_aid"]}, "prerequisites", "Choisissez une réponse"),
    ({"undertaking": None}, "undertaking", "accepter l’engagement"),
    ({"first_name": ""}, "first_name", "Écrivez votre prénom."),
    ({"first_name": "x" * 81}, "first_name", "80 caractères au plus"),
    ({"family_name": "  "}, "family_name", "Écrivez votre nom de famille."),
    ({"email": "zoe"}, "email", "adresse e-mail complète"),
    ({"email": "z" * 250 + "@example.org"}, "email", "254 caractères au plus"),
    ({"born_on_day": "31", "born_on_month": "2"}, "born_on", "date"),
    ({"born_on_year": "3000"}, "born_on", "date de naissance"),
    ({"born_on_day": "", "born_on_month": "", "born_on_year": ""}, "born_on", "date de naissance"),
    ({"born_on_year": "deux mille"}, "born_on", "date"),
]


@pytest.mark.parametrize(("bad", "field", "message"), BAD)
async def test_bad_input_is_said_beside_its_field_and_nothing_is_stored(
    bad: dict[str, Any], field: str, message: str, client: Client
) -> None:
    mission = await make.mission(
        tasks=["Trier"], prerequisites=["interview"], undertaking="Je garde pour moi ce que j’apprends."
    )
    good: dict[str, Any] = {
        "tasks": ["Trier"],
        "message": "Volontiers",
        "prerequisites": ["interview"],
        "undertaking": "yes",
        "first_name": "Zoé",
        "family_name": "Petit",
        "email": "zoe@example.org",
        **BIRTH,
    }
    page = await client.submit(await client.get(page_of(mission)), good | bad, status=422)

    assert message in page.text
    assert f'href="#{field}"' in page.html
    if field != "message":
        assert "Volontiers" in page.html
    assert not await Application.exists()
    assert not await Email.exists()


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ({"guardian_email": ""}, "adresse e-mail complète"),
        ({"guardian_email": "maman"}, "adresse e-mail complète"),
        ({"guardian_relationship": ""}, "Choisis une réponse"),
        ({"guardian_relationship": "boss"}, "Choisis une réponse"),
    ],
)
async def test_the_guardian_page_says_what_is_wrong(
    bad: dict[str, str], message: str, client: Client
) -> None:
    mission = await make.mission(minors="open")
    await client.sign_in(await make.account(adult_attested_on=None))
    page = await client.submit(await client.get(page_of(mission)), SIXTEEN, status=200)

    page = await client.submit(page, GUARDIAN | bad, status=422)

    assert page.h1 == "Ton parent ou représentant légal"
    assert message in page.text


async def test_fields_nobody_offers_change_nothing(client: Client) -> None:
    mission = await make.mission(places=3)
    await client.sign_in(await make.account(adult_attested_on=None))
    other = await make.volunteer()
    check = await fill(client, mission, BIRTH)
    extra = {
        "step": "send",
        "status": "accepted",
        "is_minor": "1",
        "volunteer": str(other.id),
        "slot": "999",
        "email": "autre@example.org",
        "accepted_at": "2020-01-01",
    }

    await client.submit(check, {}, extra=extra)

    application = await the_application()
    assert application.status == Status.PENDING
    assert application.volunteer != other.id
    assert not application.is_minor
    assert application.accepted_at is None


async def test_the_last_step_alone_passes_no_check(client: Client) -> None:
    mission = await make.mission(prerequisites=["interview"], minors="open")
    await client.sign_in(await make.account(adult_attested_on=None))
    page = await client.get(page_of(mission))

    refused = await client.submit(page, {}, extra={"step": "send"}, status=422)
    assert "Cochez chaque pré-requis" in refused.text
    asked = await client.submit(
        page, {"prerequisites": ["interview"], **SIXTEEN}, extra={"step": "send"}, status=422
    )
    assert asked.h1 == "Ton parent ou représentant légal"
    odd = await client.submit(
        page, {"prerequisites": ["interview"], **BIRTH}, extra={"step": "?"}, status=200
    )
    assert odd.h1 == "Vérifiez avant d’envoyer"
    assert await db.fetch("SELECT id FROM application") == []


@pytest.mark.parametrize(
    "path", ["/missions/%00/candidature", "/missions/é/candidature", "/mes-candidatures/%00"]
)
async def test_an_odd_address_is_not_found(path: str, client: Client) -> None:
    await client.sign_in(await make.account())
    await client.get(path, 404)
