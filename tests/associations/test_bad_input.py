"""What people send that is missing, too long, wrong or not theirs to send: a message, and nothing stored."""

import pytest

from marketplace.associations import queries
from marketplace.associations.lifecycle import Status
from marketplace.associations.tables import Association
from tests import make
from tests.client import Client

FIRST = {
    "name": "Le Fournil partagé",
    "legal_kind": "association",
    "rna": "W351234567",
    "siret": "",
    "purpose": "Faire du pain ensemble le samedi, et le donner dans le quartier.",
}
BROKEN = "abc\x00déf"
NUMBER = "Écrivez un numéro RNA, ou un numéro SIREN ou SIRET."
ENDS = {"insured_until_day": "31", "insured_until_month": "12", "insured_until_year": "2027"}

CASES: list[tuple[str, dict[str, str], str, str]] = [
    ("identite", {"name": ""}, "name", "Écrivez le nom de l’association."),
    ("identite", {"name": "x" * 121}, "name", "120 caractères au plus"),
    ("identite", {"name": BROKEN}, "name", "illisibles"),
    ("identite", {"legal_kind": ""}, "legal_kind", "dans la liste"),
    ("identite", {"legal_kind": "company"}, "legal_kind", "dans la liste"),
    ("identite", {"rna": "", "siret": ""}, "rna", NUMBER),
    ("identite", {"rna": "W12"}, "rna", "W suivi de 9 chiffres"),
    ("identite", {"siret": "732829321"}, "siret", "SIREN"),
    ("identite", {"siret": "7" * 400}, "siret", "SIREN"),
    ("identite", {"purpose": "Court."}, "purpose", "30 caractères"),
    ("identite", {"purpose": "x" * 2001}, "purpose", "2000 caractères au plus"),
    ("identite", {"purpose": "\ufffd" * 40}, "purpose", "illisibles"),
    ("adresse", {"address": "", "commune": "Rennes"}, "address", "Écrivez le numéro et la rue."),
    ("adresse", {"address": "x" * 201, "commune": "Rennes"}, "address", "200 caractères au plus"),
    ("adresse", {"address": "4 rue du Lac", "commune": ""}, "commune", "Écrivez votre commune"),
    ("adresse", {"address": "4 rue du Lac", "commune": BROKEN}, "commune", "illisibles"),
    (
        "adresse",
        {"address": "4 rue des Tilleuls", "commune": "Nulle-Part-les-Oies"},
        "commune",
        "trouvons pas",
    ),
    ("contact", {"contact_email": ""}, "contact_email", "adresse e-mail complète"),
    ("contact", {"contact_email": "a@b"}, "contact_email", "adresse e-mail complète"),
    ("contact", {"contact_email": "x" * 250 + "@a.fr"}, "contact_email", "254 caractères au plus"),
    ("contact", {"contact_email": "a@fournil.fr", "website": "javascript:alert(1)"}, "website", "https://"),
    ("contact", {"contact_email": "a@fournil.fr", "website": "w" * 201}, "website", "200 caractères"),
    ("contact", {"contact_email": "a@fournil.fr", "contact_phone": "zéro"}, "contact_phone", "téléphone"),
    ("assurance", {"insurer": "", **ENDS}, "insurer", "Écrivez le nom de l’assureur."),
    ("assurance", {"insurer": "Mutua"}, "insured_until", "date de fin du contrat"),
    ("assurance", {"insurer": "Mutua", **ENDS, "insured_until_month": "13"}, "insured_until", "existe"),
    (
        "assurance",
        {"insurer": "Mutua", **ENDS, "insured_until_year": "2026"},
        "insured_until",
        "terminée",
    ),
    (
        "assurance",
        {"insurer": "Mutua", **ENDS, "insured_until_year": "9999"},
        "insured_until",
        "lointaine",
    ),
    (
        "alerte",
        {"safeguarding_contact": "02 99 00 00 01"},
        "safeguarding_name",
        "Écrivez le prénom et le nom.",
    ),
    ("alerte", {"safeguarding_name": "Alix"}, "safeguarding_contact", "téléphone ou une adresse e-mail"),
    (
        "alerte",
        {"safeguarding_name": "Alix", "safeguarding_contact": "demain"},
        "safeguarding_contact",
        "téléphone ou une adresse e-mail",
    ),
    ("alerte", {"safeguarding_name": "Alix", "safeguarding_contact": "a@"}, "safeguarding_contact", "e-mail"),
    ("charte", {}, "charter", "Cochez cette case"),
]


@pytest.mark.parametrize(("step", "sent", "field", "message"), CASES)
async def test_is_told_kept_on_the_page_and_not_stored(
    client: Client, step: str, sent: dict[str, str], field: str, message: str
) -> None:
    row = await make.association(status=Status.DRAFT, charter_version="")
    await client.sign_in(await make.owner_of(row))
    path = f"/mes-associations/{row.public_id}/{step}"
    key = (await client.get(path)).form_key
    typed = FIRST | sent if step == "identite" else sent

    page = await client.post(path, typed | {"form_key": key}, status=422)

    assert f"#{field}" in page.links
    assert message.replace("\u00a0", " ") in page.text.replace("\u00a0", " ")
    for value in sent.values():
        if value.isprintable() and "\ufffd" not in value and value not in ("company",):
            assert value in page.html
    assert (await queries.fresh(row.id)).to_dict() == row.to_dict()


@pytest.mark.parametrize("extra", [{"status": "verified"}, {"verified_at": "2027-01-01"}, {"id": "1"}])
async def test_a_field_no_page_shows_changes_nothing(client: Client, extra: dict[str, str]) -> None:
    await client.sign_in(await make.account())
    page = await client.get("/mes-associations/nouvelle")
    await client.submit(page, FIRST, extra=extra | {"charter_version": "1", "public_id": "222222222222"})
    (row,) = await Association.objects()
    page = await client.get(f"/mes-associations/{row.public_id}/contact")
    await client.submit(page, {"contact_email": "a@fournil.fr"}, extra=extra | {"name": "Autre"})

    kept = await queries.fresh(row.id)

    assert kept.status == Status.DRAFT
    assert kept.verified_at is None
    assert kept.charter_version == ""
    assert (kept.name, kept.contact_email) == (FIRST["name"], "a@fournil.fr")
    assert kept.public_id != "222222222222"


@pytest.mark.parametrize("missing", ["name", "legal_kind", "rna", "purpose", "adult"])
async def test_the_first_page_needs_each_of_its_answers(client: Client, missing: str) -> None:
    await client.sign_in(await make.account(adult_attested_on=None))
    page = await client.get("/mes-associations/nouvelle")

    page = await client.submit(page, FIRST | {"adult": "yes"} | {missing: ""}, status=422)

    assert f"#{missing}" in page.links
    assert await Association.count() == 0


async def test_bytes_that_are_no_text_are_answered(client: Client) -> None:
    await client.sign_in(await make.account())
    key = (await client.get("/mes-associations/nouvelle")).form_key
    body = f"form_key={key}&name=%ff%fe&legal_kind=%00&rna=%c3%28&purpose=".encode() + b"\xff" * 40

    answer = await client.http.post(
        "/mes-associations/nouvelle",
        content=body,
        headers={"sec-fetch-site": "same-origin", "content-type": "application/x-www-form-urlencoded"},
    )

    assert answer.status_code == 422
    assert "illisibles" in answer.text
    assert await Association.count() == 0


async def test_an_incomplete_file_sent_all_the_same_says_what_is_missing(client: Client) -> None:
    row = await make.association(status=Status.DRAFT, charter_version="")
    await client.sign_in(await make.owner_of(row))
    path = f"/mes-associations/{row.public_id}"
    key = (await client.get(f"{path}/charte")).form_key

    page = await client.post(f"{path}/verification", {"form_key": key, "status": "verified"}, status=409)

    assert "Acceptez la charte." in page.text
    assert (await queries.fresh(row.id)).status == Status.DRAFT
