"""Hours given, the attestations made of them, and the page where anyone checks one."""

from datetime import UTC, datetime

import pytest

from marketplace import db
from marketplace.accounts import actions as accounts
from marketplace.applications.attendance_actions import Noted, note_attendance
from marketplace.applications.tables import Application
from marketplace.associations.tables import Association
from marketplace.impact import attestation_actions, attestation_document, attestation_policies
from marketplace.impact.attestation_endpoints import CHECKS
from marketplace.impact.attestation_policies import Given
from marketplace.impact.attestation_tables import Attestation
from marketplace.volunteers.tables import Volunteer
from tests import make
from tests.client import Client
from tests.impact.pdf import words

HOURS = "/mon-espace/heures"
CHECK = "/attestation"


async def gave(
    volunteer: Volunteer,
    association: Association,
    minutes: int | None,
    *,
    days: int = -20,
    attendance: str = "present",
) -> Application:
    """An attended slot, this many days from NOW."""
    mission = await make.mission(association=association, starts_at=make.after(days=days))
    return await make.application(
        mission, volunteer, status="accepted", attendance=attendance, minutes=minutes
    )


async def only_attestation() -> Attestation:
    (row,) = await Attestation.objects()
    assert isinstance(row, Attestation)
    return row


async def checked(client: Client, code: str) -> str:
    return (await client.get(f"{CHECK}?code={code}")).text.replace("\u00a0", " ")


async def test_hours_are_added_up_by_year_and_association(client: Client) -> None:
    zoe = await make.volunteer()
    vestiaire, jardin = await make.association(name="Le Vestiaire"), await make.association(name="Le Jardin")
    await gave(zoe, vestiaire, 150)
    await gave(zoe, vestiaire, 60, days=-25)
    await gave(zoe, jardin, 45)
    await gave(zoe, jardin, 600, days=-100)  # last year
    for attendance in ("absent", "excused"):
        await gave(zoe, jardin, None, attendance=attendance)
    await gave(await make.volunteer(), jardin, 6000)
    await client.sign_in(await make.account_of(zoe))

    page = await client.get(HOURS)

    headings = ["".join(h.itertext()).replace("\u00a0", " ") for h in page.main.iter("h2")]
    assert headings[:2] == ["2027 : 4 h 15", "2026 : 10 h"]
    text = page.text.replace("\u00a0", " ")
    assert "Le Vestiaire 3 h 30 2 participations" in text
    assert "Le Jardin 45 min 1 participation" in text


async def test_a_new_year_s_eve_counts_for_the_year_in_paris(client: Client) -> None:
    zoe = await make.volunteer()
    mission = await make.mission(starts_at=datetime(2026, 12, 31, 23, 30, tzinfo=UTC))  # 00:30 in Paris
    await make.application(mission, zoe, status="accepted", attendance="present", minutes=60)
    await client.sign_in(await make.account_of(zoe))

    assert "2027" in (await client.get(HOURS)).text
    assert "2026" not in (await client.get(HOURS)).text


async def test_hours_of_an_undated_mission_count_in_the_year_they_were_noted(client: Client) -> None:
    zoe = await make.volunteer()
    mission = await make.mission()
    application = await make.application(mission, zoe, status="accepted", accepted_at=make.after(days=-500))
    slot, there = await make.only_slot(mission), {application.public_id: Noted("present", 90)}
    for days in (0, 400):  # the same again says nothing new
        await note_attendance(slot, there, make.after(days=days))
    await client.sign_in(await make.account_of(zoe))

    page = await client.get(HOURS)
    assert "Sans date, noté le 2 mars 2027" in page.text
    assert "2027 : 1 h 30" in page.text.replace("\u00a0", " ")

    await note_attendance(slot, {application.public_id: Noted("present", 120)}, make.after(days=400))
    page = await client.get(HOURS)
    assert "Sans date, noté le 5 avril 2028" in page.text
    assert "2027 :" not in page.text.replace("\u00a0", " ")


async def test_an_attestation_says_what_was_given_and_is_its_owner_s_alone(client: Client) -> None:
    zoe = await make.volunteer(first_name="Zoë", family_name="Őrsi-Ławski")
    association = await make.association(name="Les Çà et là de Saint-Étienne")
    await gave(zoe, association, 150)
    await gave(zoe, association, 60, days=-25)
    await client.sign_in(await make.account_of(zoe))

    await client.submit(await client.get(HOURS), form=HOURS)
    row = await only_attestation()
    page = await client.get(HOURS)
    document = await client.get(f"/mon-espace/attestations/{row.code}.pdf")

    assert f"/mon-espace/attestations/{row.code}.pdf" in page.links
    assert document.response.headers["content-type"] == "application/pdf"
    assert document.response.headers["cache-control"] == "no-store"
    said = words(document.response.content).replace("\u00a0", " ").split("\n")
    for line in ("Zoë Őrsi-Ławski", association.name, "2027", "3 h 30", "2", "2 mars 2027"):
        assert line in said
    assert attestation_policies.shown_code(row.code) in said
    assert any(f"http://test.localhost/attestation?code={row.code}" in line for line in said)
    await client.sign_in(await make.account())
    await client.get(f"/mon-espace/attestations/{row.code}.pdf", 404)


@pytest.mark.parametrize(
    "name", ["Ǩati Ǥuhttor", "Жанна Ґудзь", "Ελένη Ώρα", "Ștefan Țăran", "İlkay Yağmur", "Łucja Żółć"]
)
async def test_the_document_has_the_letters_of_european_names(
    client: Client, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    first, family = name.split()
    account = await make.account(first_name=first, family_name=family)
    row = await make.attestation(account, await make.association())

    assert name in words(attestation_document.written(row)).split("\n")
    assert "missing the following glyphs" not in caplog.text


async def test_the_document_never_changes(client: Client) -> None:
    row = await make.attestation(await make.account(), await make.association())

    assert attestation_document.written(row) == attestation_document.written(row)


async def test_the_same_figures_make_one_attestation_and_new_ones_another(client: Client) -> None:
    zoe, association = await make.volunteer(), await make.association()
    await gave(zoe, association, 60)
    await client.sign_in(await make.account_of(zoe))
    for _ in range(2):
        await client.submit(await client.get(HOURS), form=HOURS)
    assert await Attestation.count() == 1

    await gave(zoe, association, 30, days=-10)
    await client.submit(await client.get(HOURS), form=HOURS)

    assert [row.minutes for row in await Attestation.objects().order_by(Attestation.id)] == [60, 90]


@pytest.mark.parametrize("year", ["2026", "0000", "99999", "２０２７", "-1", "x"])
async def test_nothing_given_is_nothing_to_attest(client: Client, year: str) -> None:
    zoe, association = await make.volunteer(), await make.association()
    await gave(zoe, association, 60)
    await client.sign_in(await make.account_of(zoe))
    key = (await client.get(HOURS)).form_key

    await client.post(f"{HOURS}/{association.public_id}/{year}", {"form_key": key}, status=404)
    assert await Attestation.count() == 0


async def test_an_account_without_a_name_is_asked_for_one(client: Client) -> None:
    zoe, association = await make.volunteer(first_name="", family_name=""), await make.association()
    await gave(zoe, association, 60)
    await client.sign_in(await make.account_of(zoe))

    page = await client.submit(await client.get(HOURS), form=HOURS, status=409)

    assert page.h1 == "Il manque un nom"
    assert await Attestation.count() == 0


async def test_anyone_checks_a_code_and_reads_no_more_than_a_first_name_and_an_initial(
    client: Client,
) -> None:
    account = await make.account(first_name="Zoé", family_name="Petitjean", email="zoe@example.org")
    association = await make.association(name="Le Vestiaire")
    await make.volunteer(account=account)
    row = await make.attestation(account, association)
    visitor = client.another()

    for typed in (row.code, row.code.upper(), attestation_policies.shown_code(row.code).replace("-", "%20-")):
        text = await checked(visitor, typed)
        assert "Zoé P." in text
        assert "Le Vestiaire" in text
        assert "2 h" in text
        assert "Petitjean" not in text
        assert "zoe@example.org" not in text
    assert "set-cookie" not in (await visitor.get(f"{CHECK}?code={row.code}")).response.headers
    await visitor.http.aclose()


async def test_the_page_says_when_hours_were_corrected_and_when_some_were_added(client: Client) -> None:
    zoe, association = await make.volunteer(), await make.association()
    application = await gave(zoe, association, 120)
    row = await make.attestation(await make.account_of(zoe), association)
    assert "corrigées" not in await checked(client, row.code)

    more = await gave(zoe, association, 60, days=-10)
    added = await checked(client, row.code)
    await Application.update({Application.minutes: 30}).where(Application.id.is_in([application.id, more.id]))
    corrected = await checked(client, row.code)

    assert "Des heures se sont ajoutées depuis" in added
    assert "Les heures ont été corrigées depuis" in corrected
    assert "elle compte aujourd’hui 1 h" in corrected
    assert "Temps donné 2 h" in corrected, "what the document says stays to be read"


async def test_only_the_newest_attestation_of_the_same_hours_stands(client: Client) -> None:
    zoe, association = await make.volunteer(first_name="Ana", family_name="Roux"), await make.association()
    await gave(zoe, association, 120)
    await gave(zoe, association, 60, days=-100)  # last year
    old = await attestation_actions.attest(await make.account_of(zoe), association.public_id, 2027, make.NOW)
    others = [
        await attestation_actions.attest(await make.account_of(zoe), association.public_id, 2026, make.NOW),
        await make.attestation(await make.account_of(zoe), await make.association()),
        await make.attestation(await make.account(), association),
    ]
    assert "Remplacée" not in await checked(client, old.code)

    await accounts.rename(await make.account_of(zoe), "Paul", "Martin")
    new = await attestation_actions.attest(await make.account_of(zoe), association.public_id, 2027, make.NOW)

    replaced = await checked(client, old.code)
    assert "Remplacée par une plus récente" in replaced
    assert "Cette attestation existe" not in replaced
    for row in (new, *others):
        assert "Remplacée" not in await checked(client, row.code)


@pytest.mark.parametrize("typed", ["zzzzzzzzzzzz", "' OR 1=1 --", "é" * 50, "%00zz", "0" * 5000, "<script>"])
async def test_a_code_that_is_none_says_so(client: Client, typed: str) -> None:
    await make.attestation(await make.account(), await make.association())

    page = await client.get(f"{CHECK}?code={typed}")

    assert "Aucune attestation ne porte ce code" in page.text
    assert "<script>" not in page.html


async def test_codes_cannot_be_tried_without_end(client: Client) -> None:
    for _ in range(CHECKS):
        await client.http.get(f"{CHECK}?code=zzzzzzzzzzzz")

    page = await client.get(f"{CHECK}?code=zzzzzzzzzzzz", 429)

    assert page.h1 == "Trop de vérifications en peu de temps"
    await client.get(CHECK)  # the page itself is not counted


async def test_the_database_keeps_what_an_attestation_says(database: None) -> None:
    row = await make.attestation(await make.account(), await make.association())

    with pytest.raises(Exception) as refused:  # noqa: PT011 - each engine has its own
        await Attestation.update({Attestation.minutes: 6000}).where(Attestation.id == row.id)
    assert db.violated(refused.value) == "attestation_is_fixed"


async def test_erasing_the_account_erases_the_attestation(client: Client) -> None:
    account = await make.account()
    row = await make.attestation(account, await make.association())

    await type(account).delete().where(type(account).id == account.id)

    assert "Aucune attestation ne porte ce code" in await checked(client, row.code)


def time_given(minutes: int, association: int = 1, year: int = 2027) -> Given:
    day = datetime(year, 5, 1, tzinfo=UTC).date()
    return Given(
        "a", "Tri", association, f"public{association}", f"Association {association}", day, True, minutes
    )


@pytest.mark.parametrize(
    ("times", "reached"),
    [
        ([time_given(200 * 60)], True),
        ([time_given(200 * 60 - 1)], False),
        ([time_given(100 * 60, 1), time_given(100 * 60, 2)], True),
        ([time_given(99 * 60, 1), time_given(99 * 60, 2), time_given(99 * 60, 3)], False),
        ([time_given(150 * 60, year=2026), time_given(150 * 60, year=2027)], False),
    ],
)
def test_the_time_that_the_cec_asks_for(times: list[Given], reached: bool) -> None:
    assert any(year.reaches_cec for year in attestation_policies.years(times)) is reached
