"""The queue's pages: what waits, what a file shows, and what the form refuses."""

import pytest

from marketplace.associations.lifecycle import Status as Association_
from marketplace.associations.tables import Association
from marketplace.mail.tables import Email
from marketplace.missions.lifecycle import Minors
from marketplace.missions.lifecycle import Status as Mission_
from marketplace.missions.tables import Mission
from marketplace.moderation.lifecycle import Act
from marketplace.moderation.tables import Decision, DecisionNote
from tests import make
from tests.client import Client
from tests.moderation.staff import be


async def test_an_empty_queue_says_so(client: Client) -> None:
    await be(client)

    assert "Tous les dossiers ont eu leur réponse." in (await client.get("/admin/file")).text


async def test_what_waits_is_listed_oldest_first_with_counts(client: Client) -> None:
    await be(client)
    verified = await make.association()
    await make.mission(
        association=verified,
        title="Troisième dossier",
        minors=Minors.REQUESTED,
        published_at=make.after(hours=3),
    )
    await make.mission(
        association=verified, title="Premier dossier", status=Mission_.SUBMITTED, submitted_at=make.NOW
    )
    await make.association(
        name="Deuxième dossier", status=Association_.SUBMITTED, submitted_at=make.after(hours=1)
    )
    await make.mission(association=verified, title="Rien à voir")
    await make.association(name="Brouillon secret", status=Association_.DRAFT)

    page = await client.get("/admin/file")
    order = [page.text.index(f"{n} dossier") for n in ("Premier", "Deuxième", "Troisième")]
    assert order == sorted(order)
    assert "Associations 1" in page.text
    assert "Missions 1" in page.text
    assert "Demandes pour les mineurs 1" in page.text
    assert "Rien à voir" not in page.text
    assert "Brouillon secret" not in page.text

    silent = await client.get("/admin/file?sujet=silencieuses")
    assert "D’autres dossiers attendent une décision." in silent.text
    assert "Tous les dossiers ont eu leur réponse" not in silent.text
    missions = await client.get("/admin/file?sujet=missions")
    assert "Premier dossier" in missions.text
    assert "Deuxième dossier" not in missions.text
    assert "Deuxième dossier" in (await client.get("/admin/file?sujet=tout&fait=%27")).text


async def test_the_way_to_the_decision_stays_at_hand_where_there_is_one(client: Client) -> None:
    await be(client)
    to_decide, decided = (
        await make.association(status=Association_.SUBMITTED),
        await make.association(status=Association_.CLOSED),
    )

    for association, ways in ((to_decide, 1), (decided, 0)):
        page = await client.get(f"/admin/file/associations/{association.public_id}")
        assert page.links.count("#decide-title") == ways


async def test_deciding_leads_to_the_next_file_then_to_the_queue(client: Client) -> None:
    await be(client)
    first = await make.association(status=Association_.SUBMITTED)
    second = await make.mission(status=Mission_.SUBMITTED, submitted_at=make.after(hours=1))

    page = await client.get(f"/admin/file/associations/{first.public_id}")
    page = await client.follow(await client.submit(page, {"act": Act.VERIFY_ASSOCIATION}, form="/file/"))
    assert page.path.startswith(f"/admin/file/missions/{second.public_id}?fait=")
    assert "C’est enregistré : Association vérifiée." in page.text

    page = await client.follow(await client.submit(page, {"act": Act.PUBLISH_MISSION}, form="/file/"))
    assert page.path.startswith("/admin/file?fait=")
    assert "C’est enregistré : Mission publiée." in page.text


async def test_publishing_a_mission_that_asks_for_minors_goes_on_with_them(client: Client) -> None:
    await be(client)
    mission = await make.mission(status=Mission_.SUBMITTED, minors=Minors.REQUESTED)
    await make.association(status=Association_.SUBMITTED)

    page = await client.get(f"/admin/file/missions/{mission.public_id}?sujet=missions")
    page = await client.follow(await client.submit(page, {"act": Act.PUBLISH_MISSION}, form="/file/"))
    assert page.path.startswith(f"/admin/file/missions/{mission.public_id}?sujet=missions&fait=")
    page = await client.follow(await client.submit(page, {"act": Act.OPEN_TO_MINORS}, form="/file/"))

    assert "C’est enregistré : Mission ouverte aux mineurs." in page.text
    row = await Mission.objects().get(Mission.id == mission.id)
    assert row is not None
    assert row.minors == Minors.OPEN


async def test_a_mission_shows_its_exposures_warnings_and_past_decisions(client: Client) -> None:
    await be(client)
    mission = await make.mission(
        status=Mission_.SUBMITTED,
        contact_level="group",
        exposures=["transport"],
        presentation="Appelez-nous au 06 11 22 33 44 pour le transport. " * 10,
    )

    page = await client.get(f"/admin/file/missions/{mission.public_id}")
    assert "Oui Transport de personnes aidées ou par elles" in page.text
    assert "Non · Nuit sur place" in page.text
    assert "Le texte contient un numéro de téléphone" in page.text
    assert "vous avez répondu oui à" in page.text
    assert "4 rue des Tilleuls" in page.text
    sent = {"act": Act.RETURN_MISSION, "reason": "personal_data", "note": "Retirez le numéro."}
    await client.submit(page, sent, form="/file/")

    page = await client.get(f"/admin/file/missions/{mission.public_id}")
    assert "Mission renvoyée · Donnée personnelle dans le texte" in page.text
    assert "Retirez le numéro." in page.text
    assert "Rien à décider dans cet état." in page.text


async def test_an_association_shows_what_is_needed_and_who_shares_its_number(client: Client) -> None:
    await be(client)
    await make.association(name="La Même", rna="W351234567")
    association = await make.association(status=Association_.SUBMITTED, rna="W351234567")

    page = await client.get(f"/admin/file/associations/{association.public_id}")
    for words in ("W351234567", "Mutuelle des Rives", "Alix Moreau", "Même numéro que", "La Même"):
        assert words in page.text


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Choisissez une décision."),
        ({"act": "delete_everything"}, "Choisissez une décision."),
        ({"act": ""}, "Choisissez une décision."),
        ({"act": Act.RETURN_ASSOCIATION}, "Choisissez un motif"),
        ({"act": Act.RETURN_ASSOCIATION, "reason": "sans"}, "Choisissez une réponse dans la liste."),
        ({"act": Act.RETURN_ASSOCIATION, "reason": "other", "note": " "}, "Expliquez en quelques mots"),
        ({"act": Act.RETURN_ASSOCIATION, "reason": "thin", "note": "x" * 2001}, "Raccourcissez ce texte"),
        ({"act": Act.RETURN_ASSOCIATION, "reason": "thin", "note": "a\x00b"}, "caractères illisibles"),
    ],
)
async def test_bad_input_is_said_and_nothing_is_done(client: Client, sent: dict[str, str], said: str) -> None:
    await be(client)
    association = await make.association(status=Association_.SUBMITTED)

    page = await client.get(f"/admin/file/associations/{association.public_id}")
    page = await client.submit(page, extra={"note": "Gardez ceci", **sent}, form="/file/", status=422)

    assert said in page.text
    if "note" not in sent:
        assert "Gardez ceci" in page.html
    assert await Decision.count() == await Email.count() == 0


async def test_fields_of_the_row_change_nothing(client: Client) -> None:
    moderator = await be(client)
    association = await make.association(status=Association_.SUBMITTED)
    extra = {"status": "closed", "name": "Autre", "moderator": "999", "created_at": "1970-01-01", "id": "1"}

    page = await client.get(f"/admin/file/associations/{association.public_id}")
    await client.submit(page, {"act": Act.VERIFY_ASSOCIATION}, extra=extra, form="/file/")

    row = await Association.objects().get(Association.id == association.id)
    decision = await Decision.objects().first()
    assert row is not None
    assert decision is not None
    assert (row.status, row.name) == (Association_.VERIFIED, association.name)
    assert (decision.moderator, decision.created_at) == (moderator.id, make.NOW)


async def test_a_form_sent_twice_decides_once(client: Client) -> None:
    await be(client)
    association = await make.association(status=Association_.SUBMITTED)
    page = await client.get(f"/admin/file/associations/{association.public_id}")
    sent = {"act": Act.RETURN_ASSOCIATION, "reason": "thin", "note": "Trop court."}

    first = await client.submit(page, sent, form="/file/")
    again = await client.submit(page, sent, form="/file/")

    assert first.location == again.location
    assert await Decision.count() == await DecisionNote.count() == await Email.count() == 1


async def test_an_old_page_is_out_of_date(client: Client) -> None:
    await be(client)
    association = await make.association(status=Association_.SUBMITTED)
    old = await client.get(f"/admin/file/associations/{association.public_id}")
    new = await client.get(f"/admin/file/associations/{association.public_id}")
    await client.submit(new, {"act": Act.VERIFY_ASSOCIATION}, form="/file/")

    page = await client.submit(old, {"act": Act.VERIFY_ASSOCIATION}, form="/file/", status=409)
    assert page.h1 == "Cette page n’est plus à jour"


async def test_ones_own_association_has_no_form_and_is_refused(client: Client) -> None:
    association = await make.association(status=Association_.SUBMITTED)
    await be(client, await make.moderator(email=(await make.owner_of(association)).email))
    other = client.another()
    await be(other)

    page = await client.get(f"/admin/file/associations/{association.public_id}")
    assert "Vous êtes membre de cette association" in page.text
    assert page.forms() == []
    key = (await client.get("/admin/file")).html.split('name="form_key" value="')[1].split('"')[0]
    sent = {"form_key": key, "act": Act.VERIFY_ASSOCIATION.value}
    path = f"/admin/file/associations/{association.public_id}"
    assert (await client.post(path, sent, status=403)).h1 == "Ce dossier n’est pas pour vous"
    assert await Decision.count() == 0


@pytest.mark.parametrize("name", ["abcdefghjkmn", "%00", "%20", "é", "x" * 300])
@pytest.mark.parametrize("kind", ["associations", "missions"])
async def test_a_file_that_is_not_there(client: Client, kind: str, name: str) -> None:
    await be(client)

    await client.get(f"/admin/file/{kind}/{name}", 404)


async def test_a_draft_is_its_authors_own(client: Client) -> None:
    await be(client)
    association = await make.association(status=Association_.DRAFT)
    mission = await make.mission(status=Mission_.DRAFT)

    await client.get(f"/admin/file/associations/{association.public_id}", 404)
    await client.get(f"/admin/file/missions/{mission.public_id}", 404)


async def test_others_cannot_decide(client: Client) -> None:
    association = await make.association(status=Association_.SUBMITTED)
    await client.sign_in(await make.owner_of(association))
    key = (await client.get("/mon-compte")).html.split('name="form_key" value="')[1].split('"')[0]

    answer = await client.post(
        f"/admin/file/associations/{association.public_id}",
        {"form_key": key, "act": Act.VERIFY_ASSOCIATION.value},
        status=303,
    )

    assert answer.location == "/admin/connexion"
    assert await Decision.count() == 0
