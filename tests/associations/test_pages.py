"""An association's file from its first page to the moderator, through the pages."""

import pytest

from marketplace.associations import queries
from marketplace.associations.lifecycle import Role, Status
from marketplace.associations.tables import Association, Membership
from marketplace.vocabulary.actions import store_communes
from marketplace.vocabulary.communes import read_communes
from tests import make
from tests.client import Client, emails_to

FIRST = {
    "name": "Le Fournil partagé",
    "legal_kind": "association",
    "rna": "W 351 234 567",
    "purpose": "Faire du pain ensemble le samedi, et le donner dans le quartier.",
}
REST: list[dict[str, str]] = [
    {"address": "4 rue des Tilleuls", "commune": "35000 Rennes"},
    {"contact_email": "Bonjour@Fournil.fr", "website": "www.fournil.fr"},
    {
        "insurer": "Mutuelle des Rives",
        "insured_until_day": "31",
        "insured_until_month": "12",
        "insured_until_year": "2027",
    },
    {"safeguarding_name": "Alix Moreau", "safeguarding_contact": "02 99 00 00 01"},
    {"charter": "yes"},
]


@pytest.fixture
async def rennes(database: None) -> None:
    """The one commune of these tests; maybe all the others too."""
    await store_communes([facts for facts in read_communes() if facts.code == "35238"])


async def only() -> Association:
    (row,) = await Association.objects()
    return row


async def test_a_file_is_written_page_by_page_then_sent(client: Client, rennes: None) -> None:
    account = await make.account(adult_attested_on=None)
    await client.sign_in(account)
    page = await client.get("/mes-associations")
    assert "Pas encore d’association" in page.text

    page = await client.get("/mes-associations/nouvelle")
    page = await client.follow(await client.submit(page, FIRST | {"adult": "yes"}))
    for step in REST:
        assert (await only()).status == Status.DRAFT
        page = await client.follow(await client.submit(page, step))
    assert page.h1 == "Vérifiez avant d’envoyer"
    assert "35000 Rennes" in page.text
    page = await client.follow(await client.submit(page))

    row = await only()
    assert (row.status, row.rna, row.commune_code, row.department, row.website, row.contact_email) == (
        *(Status.SUBMITTED, "W351234567", "35238"),
        *("35", "https://www.fournil.fr", "bonjour@fournil.fr"),
    )
    assert row.charter_accepted_by == account.id
    assert "Votre dossier est envoyé" in page.text
    assert [e.template for e in await emails_to(account.email)] == ["association_submitted"]


async def test_somebody_known_as_an_adult_is_not_asked_again(client: Client) -> None:
    await client.sign_in(await make.account())

    page = await client.get("/mes-associations/nouvelle")
    assert "18 ans" not in page.text
    await client.submit(page, FIRST)

    assert (await only()).name == FIRST["name"]


async def test_a_minor_is_refused_kindly_and_nothing_is_kept(client: Client) -> None:
    await client.sign_in(await make.account_of(await make.volunteer(age=16)))

    page = await client.get("/mes-associations/nouvelle")
    page = await client.submit(page, FIRST | {"adult": "yes"}, status=403)

    assert "moins de 18 ans" in page.text
    assert await Association.count() == 0


async def test_what_is_missing_is_said_with_a_link_to_its_page(client: Client) -> None:
    row = await make.association(status=Status.DRAFT, address="", charter_version="")
    await client.sign_in(await make.owner_of(row))

    page = await client.get(f"/mes-associations/{row.public_id}/verification")

    assert "Donnez votre adresse." in page.text
    assert {f"/mes-associations/{row.public_id}/{step}" for step in ("adresse", "charte")} <= set(page.links)
    assert not page.forms()


async def test_a_page_visited_again_shows_what_is_stored_and_leads_back_to_the_check(client: Client) -> None:
    row = await make.association(status=Status.RETURNED)
    await client.sign_in(await make.owner_of(row))

    for step in ("identite", "contact", "assurance", "alerte", "charte"):
        page = await client.get(f"/mes-associations/{row.public_id}/{step}")
        answer = await client.submit(page)
        assert answer.location == f"/mes-associations/{row.public_id}/verification"

    assert (await queries.fresh(row.id)).to_dict() == row.to_dict()


WORDS = {
    Status.DRAFT: "est un brouillon",
    Status.SUBMITTED: "est envoyé",
    Status.RETURNED: "demande une modification",
    Status.VERIFIED: "est vérifiée",
    Status.SUSPENDED: "est suspendue",
    Status.CLOSED: "est fermée",
}


@pytest.mark.parametrize("status", list(Status))
async def test_each_state_is_said_in_words(client: Client, status: Status) -> None:
    row = await make.association(status=status)
    await client.sign_in(await make.owner_of(row))

    assert WORDS[status] in (await client.get(f"/mes-associations/{row.public_id}")).text
    assert row.name in (await client.get("/mes-associations")).text


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.SUSPENDED, Status.CLOSED])
async def test_a_file_that_is_not_being_written_cannot_be_changed(client: Client, status: Status) -> None:
    row = await make.association(status=status)
    await client.sign_in(await make.owner_of(row))
    key = (await client.get("/mes-associations/nouvelle")).form_key

    await client.get(f"/mes-associations/{row.public_id}/identite", 409)
    await client.post(f"/mes-associations/{row.public_id}/identite", FIRST | {"form_key": key}, status=409)
    await client.get(f"/mes-associations/{row.public_id}/verification", 303)

    assert (await queries.fresh(row.id)).to_dict() == row.to_dict()


async def test_only_a_verified_association_leads_to_its_public_page(client: Client) -> None:
    owner = await make.account()
    await client.sign_in(owner)

    for status in Status:
        row = await make.association(status=status, owner=owner)
        links = (await client.get(f"/mes-associations/{row.public_id}")).links
        assert (f"/associations/{row.public_id}" in links) is (status == Status.VERIFIED)


async def test_a_verified_association_keeps_its_insurance_up_to_date(client: Client) -> None:
    row = await make.association()
    await client.sign_in(await make.owner_of(row))

    page = await client.get(f"/mes-associations/{row.public_id}/assurance")
    page = await client.follow(await client.submit(page, {"insured_until_year": "2029"}))

    kept = await queries.fresh(row.id)
    assert (kept.status, kept.insured_until.year) == (Status.VERIFIED, 2029)
    assert "31 janvier 2029" in page.text


PATHS = ("", "/identite", "/adresse", "/contact", "/assurance", "/alerte", "/charte", "/verification")


async def test_somebody_elses_file_does_not_exist(client: Client) -> None:
    row = await make.association(status=Status.DRAFT)
    await client.sign_in(await make.account())
    key = (await client.get("/mes-associations/nouvelle")).form_key

    for path in PATHS:
        await client.get(f"/mes-associations/{row.public_id}{path}", 404)
        if path:
            await client.post(f"/mes-associations/{row.public_id}{path}", {"form_key": key}, status=404)
    for name in ("%00", "%ff", "%C3%A9", "x" * 300):
        await client.get(f"/mes-associations/{name}", 404)

    assert (await queries.fresh(row.id)).to_dict() == row.to_dict()


async def test_a_reader_reads_and_changes_nothing(client: Client) -> None:
    row, reader = await make.association(status=Status.DRAFT), await make.account()
    await make.member(row, reader, role=Role.READER)
    await client.sign_in(reader)

    page = await client.get(f"/mes-associations/{row.public_id}")
    path = f"/mes-associations/{row.public_id}"
    assert page.links == ["/mes-associations", f"{path}/missions", f"{path}/membres"]
    for path in PATHS[1:]:
        await client.get(f"/mes-associations/{row.public_id}{path}", 404)


async def test_a_visitor_is_asked_to_sign_in_and_comes_back(client: Client) -> None:
    answer = await client.get("/mes-associations/nouvelle", 303)

    assert answer.location == "/connexion?next=%2Fmes-associations%2Fnouvelle"


async def test_a_double_click_makes_one_association(client: Client) -> None:
    await client.sign_in(await make.account())
    page = await client.get("/mes-associations/nouvelle")

    first = await client.submit(page, FIRST)
    second = await client.submit(page, FIRST)

    assert first.location == second.location
    assert await Association.count() == await Membership.count() == 1
