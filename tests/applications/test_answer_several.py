"""Several answered at once: a preview of what each receives, then each by itself."""

import asyncio
from collections.abc import Sequence

import pytest

from marketplace.applications import answers
from marketplace.applications.answers import Ending
from marketplace.applications.lifecycle import Status
from marketplace.applications.queries import Candidacy, candidacy
from marketplace.applications.tables import Application
from marketplace.associations.lifecycle import Status as AssociationStatus
from marketplace.associations.tables import Association, Membership
from marketplace.lifecycle import By, OutOfDate
from marketplace.mail.tables import Email
from marketplace.missions.tables import Mission
from marketplace.volunteers.tables import Volunteer
from tests import make
from tests.client import Client, Page, emails_to, fields, last_email, links_in

SEVERAL = "/candidatures/reponses"
NO = {"reason": "needs_changed", "message": "Merci d’avoir proposé."}


async def applied(mission: Mission, *names: str, **values: object) -> list[Application]:
    """One application of each, at an address made of the name."""
    people = [await make.volunteer(first_name=name, email=f"{name.lower()}@example.org") for name in names]
    return [await make.application(mission, one, **values) for one in people]  # type: ignore[arg-type]


async def association_of(mission: Mission) -> Association:
    row = await Association.objects().get(Association.id == mission.association)
    assert row is not None
    return row


async def owner(client: Client, mission: Mission) -> Client:
    return await client.sign_in(await make.owner_of(await association_of(mission)))


async def ticked(client: Client, rows: Sequence[Application], answer: str) -> Page:
    """The page after ticking these in the list."""
    query = "&".join(f"c={row.public_id}" for row in rows)
    return await client.get(f"{SEVERAL}?reponse={answer}&{query}")


async def status_of(*rows: Application) -> list[str]:
    found = {row.id: row.status for row in await Application.objects()}
    return [found[row.id] for row in rows]


async def test_the_list_ticks_then_shows_what_each_receives_then_accepts(client: Client) -> None:
    mission = await make.mission(places=9)
    rows = await applied(mission, "Anne", "Basile")
    await owner(client, mission)
    inbox = await client.get("/candidatures")

    chosen = {"c": [row.public_id for row in rows]}
    page = await client.submit(inbox, chosen, form=SEVERAL, status=200, extra={"reponse": "oui"})

    assert page.h1 == "Accepter 2 personnes"
    assert "Votre participation est confirmée" in page.text
    assert page.text.count(mission.address) == 1  # the same words for both, shown once
    assert "Anne, Basile" in page.text
    assert await status_of(*rows) == [Status.PENDING] * 2
    assert await Email.count() == 0
    done = await client.follow(await client.submit(page, extra={"step": "send"}))
    assert done.h1 == "2 personnes acceptées"
    assert await status_of(*rows) == [Status.ACCEPTED] * 2
    told = await last_email("anne@example.org")
    assert told.subject in page.text
    shown = [line for line in told.text.splitlines() if line.strip() and "http" not in line and line != "-- "]
    assert [line for line in shown if " ".join(line.split()) not in page.text] == []


async def test_the_preview_shows_no_link_of_anybody(client: Client) -> None:
    mission = await make.mission(places=9)
    rows = await applied(mission, "Anne")
    await owner(client, mission)

    page = await ticked(client, rows, "oui")
    await client.submit(page, extra={"step": "send"})

    links = links_in(await last_email("anne@example.org"))
    assert any("/candidature/retirer/" in link for link in links)
    assert "/candidature/retirer/" not in page.html
    assert "[lien personnel]" in page.text
    assert "anne@example.org" not in page.html


async def test_a_no_asks_for_a_reason_once_and_keeps_what_was_typed(client: Client) -> None:
    mission = await make.mission(places=9)
    rows = await applied(mission, "Anne", "Basile")
    await owner(client, mission)

    words = await ticked(client, rows, "non")
    wrong = await client.submit(words, {"message": NO["message"]}, extra={"step": "check"}, status=422)
    assert NO["message"] in fields(wrong.form(SEVERAL))["message"][0]
    check = await client.submit(wrong, NO, extra={"step": "check"}, status=200)
    assert "Les besoins de la mission ont changé" in check.text
    assert NO["message"] in check.text
    again = await client.submit(check, extra={"step": "write"}, status=200)
    assert NO["message"] in again.text
    done = await client.follow(await client.submit(check, extra={"step": "send"}))

    assert done.h1 == "Réponse envoyée à 2 personnes"
    assert await status_of(*rows) == [Status.DECLINED] * 2
    for name in ("anne", "basile"):
        told = await last_email(f"{name}@example.org")
        assert told.template == "application_declined"
        assert NO["message"] in told.text
    assert (await make.only_slot(mission)).places_taken == 0


async def test_who_cannot_be_answered_is_said_with_the_reason(client: Client) -> None:
    mission = await make.mission(places=9)
    (anne,) = await applied(mission, "Anne")
    (late,) = await applied(mission, "Basile", answer_by=make.after(minutes=-1))
    (accepted,) = await applied(mission, "Denis", status=Status.ACCEPTED)
    await owner(client, mission)

    page = await ticked(client, [anne, late, accepted], "oui")

    assert page.h1 == "Accepter 1 personne"
    assert "2 candidatures restent de côté" in page.text
    assert "Une candidature attend une réponse sept jours au plus" in page.text
    assert "a déjà sa réponse" in page.text
    assert fields(page.form(SEVERAL))["c"] == [anne.public_id]
    no = await ticked(client, [accepted], "non")  # an accepted person is not dropped by a tick
    assert no.h1 == "Il n’y a personne à qui répondre"


async def test_what_changed_meanwhile_is_listed_and_the_others_are_answered(client: Client) -> None:
    mission = await make.mission(places=9)
    rows = await applied(mission, "Anne", "Basile", "Chloé")
    await owner(client, mission)
    page = await ticked(client, rows, "oui")
    colleague = await ticked(client, rows[:1], "non")
    colleague = await client.submit(colleague, NO, extra={"step": "check"}, status=200)
    await client.submit(colleague, extra={"step": "send"})

    done = await client.follow(await client.submit(page, extra={"step": "send"}))

    assert done.h1 == "2 personnes acceptées"
    assert "1 candidature n’a pas changé" in done.text
    assert "Vous avez répondu non" in done.text
    assert await status_of(*rows) == [Status.DECLINED, Status.ACCEPTED, Status.ACCEPTED]
    assert [mail.template for mail in await emails_to("anne@example.org")] == ["application_declined"]


async def test_one_that_fails_leaves_the_others_answered(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    mission = await make.mission(places=9)
    rows = await applied(mission, "Anne", "Basile", "Chloé")
    await owner(client, mission)
    page = await ticked(client, rows, "oui")
    real = answers.accept

    async def breaks_for_basile(found: Candidacy, *rest: object) -> None:
        if found.account and found.account.first_name == "Basile":
            raise RuntimeError("the disk is full")
        await real(found, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(answers, "accept", breaks_for_basile)
    done = await client.follow(await client.submit(page, extra={"step": "send"}))

    assert await status_of(*rows) == [Status.ACCEPTED, Status.PENDING, Status.ACCEPTED]
    assert "La réponse n’est pas partie cette fois. Réessayez." in done.text


async def test_sent_twice_it_is_done_once(client: Client) -> None:
    mission = await make.mission(places=9)
    rows = await applied(mission, "Anne", "Basile")
    await owner(client, mission)
    page, second = await ticked(client, rows, "oui"), await ticked(client, rows, "oui")

    first = await client.submit(page, extra={"step": "send"})
    replayed = await client.submit(page, extra={"step": "send"})
    late = await client.follow(await client.submit(second, extra={"step": "send"}))

    assert first.location == replayed.location
    assert late.h1 == "Aucune réponse n’est partie"
    assert "2 candidatures n’ont pas changé" in late.text
    for name in ("anne", "basile"):
        assert len(await emails_to(f"{name}@example.org")) == 1


@pytest.mark.parametrize("answer", ["oui", "non"])
async def test_somebody_elses_applications_are_not_touched(answer: str, client: Client) -> None:
    mission, elsewhere = await make.mission(places=9), await make.mission(places=9)
    (mine,) = await applied(mission, "Anne")
    theirs = await applied(elsewhere, "Basile")
    minor = await make.application(mission, await make.volunteer(age=16), status=Status.AWAITING_CONSENT)
    waiting = await applied(mission, "Zoé", status=Status.WAITING)
    await owner(client, mission)
    names = [row.public_id for row in (mine, *theirs, minor, *waiting)] + ["2" * 12, "'; --", "\x00"]
    key = (await client.get("/mon-compte")).form_key
    sent = {"form_key": key, "reponse": answer, "c": names, "step": "send", **NO}

    page = await client.get(f"{SEVERAL}?reponse={answer}&" + "&".join(f"c={name}" for name in names[:-1]))
    done = await client.follow(await client.post(SEVERAL, sent, status=303))

    for shown in (page, done):
        assert [word for word in ("Basile", "Zoé") if word in shown.html] == []
        ids = [row.public_id for row in (*theirs, minor, *waiting)]
        assert [link for link in shown.links if any(one in link for one in ids)] == []
    expected = Status.ACCEPTED if answer == "oui" else Status.DECLINED
    after = await status_of(mine, *theirs, minor, *waiting)
    freed = Status.WAITING if answer == "oui" else Status.OFFERED  # a place is free, and its rule acts
    assert after == [expected, Status.PENDING, Status.AWAITING_CONSENT, freed]
    given = await client.get(f"{SEVERAL}/donnees?reponse=oui&c={theirs[0].public_id}.{minor.public_id}-.%00")
    assert "Basile" not in given.html


async def test_a_member_removed_between_the_preview_and_the_answer_answers_nobody(client: Client) -> None:
    mission = await make.mission(places=9)
    rows = await applied(mission, "Anne")
    manager = await make.account()
    membership = await make.member(await association_of(mission), manager)
    await client.sign_in(manager)
    page = await ticked(client, rows, "oui")
    await Membership.delete().where(Membership.id == membership.id)

    refused = await client.submit(page, extra={"step": "send"}, status=409)

    assert "1 candidature n’a pas été trouvée" in refused.text
    assert "Anne" not in refused.html
    assert await status_of(*rows) == [Status.PENDING]


async def test_a_suspended_association_accepts_nobody_but_may_say_no(client: Client) -> None:
    mission = await make.mission(places=9)
    rows = await applied(mission, "Anne")
    await owner(client, mission)
    page = await ticked(client, rows, "oui")
    association = await association_of(mission)
    await Association.update({Association.status: AssociationStatus.SUSPENDED}).where(
        Association.id == association.id
    )

    done = await client.follow(await client.submit(page, extra={"step": "send"}))

    assert "vous ne pouvez accepter personne" in done.text
    assert await status_of(*rows) == [Status.PENDING]
    assert "vous ne pouvez accepter personne" in (await ticked(client, rows, "oui")).text


async def test_fifty_at_once_and_no_more(client: Client) -> None:
    mission = await make.mission(places=100)
    rows = await applied(mission, *(f"P{n}" for n in range(52)))
    await owner(client, mission)
    page = await ticked(client, rows, "oui")
    assert "Cinquante candidatures au plus" in page.text
    key = page.form_key
    everybody = {"form_key": key, "reponse": "oui", "step": "send", "c": [row.public_id for row in rows]}

    shown = await client.post(SEVERAL, everybody, status=200)
    assert shown.h1 == "Accepter 50 personnes"
    assert set(await status_of(*rows)) == {Status.PENDING}
    flood = {"form_key": key, "reponse": "oui", "step": "send", "c": ["2" * 12] * 10_000}
    await client.post(SEVERAL, flood, status=400)
    done = await client.follow(await client.submit(shown, extra={"step": "send"}))
    assert done.h1 == "50 personnes acceptées"


async def test_nothing_ticked(client: Client) -> None:
    mission = await make.mission()
    await owner(client, mission)

    page = await client.get(f"{SEVERAL}?reponse=oui")

    assert "Cochez au moins une candidature" in page.text


async def test_a_minor_and_an_adult_receive_other_words(client: Client) -> None:
    mission = await make.mission(places=9, minors="open")
    slot = await make.only_slot(mission)
    lou = await make.volunteer(age=16, first_name="Lou")
    await make.consent(lou, slot)
    minors = [await make.application(slot, lou)]
    adults = await applied(mission, "Anne")
    await owner(client, mission)

    page = await ticked(client, minors + adults, "oui")

    assert "Ta participation est confirmée" in page.text
    assert "Votre participation est confirmée" in page.text
    await client.submit(page, extra={"step": "send"})
    assert await status_of(*minors, *adults) == [Status.ACCEPTED] * 2


async def test_two_colleagues_at_once_each_person_gets_one_answer(client: Client) -> None:
    mission = await make.mission(places=9)
    rows = await applied(mission, *(f"P{n}" for n in range(8)))
    await owner(client, mission)
    colleague = client.another()
    manager = await make.account()
    await make.member(await association_of(mission), manager)
    await colleague.sign_in(manager)
    yes = await ticked(client, rows, "oui")
    words = await ticked(colleague, rows[::-1], "non")
    no = await colleague.submit(words, NO, extra={"step": "check"}, status=200)

    await asyncio.gather(
        client.submit(yes, extra={"step": "send"}), colleague.submit(no, extra={"step": "send"})
    )

    assert set(await status_of(*rows)) <= {Status.ACCEPTED, Status.DECLINED}
    for n in range(8):
        assert len(await emails_to(f"p{n}@example.org")) == 1
    await colleague.http.aclose()


async def test_a_no_given_with_others_never_drops_who_was_just_accepted(database: None) -> None:
    mission = await make.mission(places=9)
    (anne,) = await applied(mission, "Anne")
    actor = await make.owner_of(await association_of(mission))
    read_before = await candidacy(anne.public_id)
    await answers.accept(read_before, actor.id, make.NOW)

    with pytest.raises(OutOfDate):
        await answers.decline(
            read_before, Ending(By.ASSOCIATION, "other"), actor.id, make.NOW, only_pending=True
        )

    assert await status_of(anne) == [Status.ACCEPTED]


async def test_people_are_counted_once_whatever_their_dates(client: Client) -> None:
    mission = await make.mission(places=9, starts_at=make.after(days=10))
    rows = await applied(mission, "Anne", "Basile")
    later = await make.slot(mission, places=9, starts_at=make.after(days=17))
    anne = await Volunteer.objects().get(Volunteer.id == rows[0].volunteer)
    rows.append(await make.application(later, anne))
    await owner(client, mission)

    words = await ticked(client, rows, "non")
    assert words.h1 == "Répondre non à 2 personnes"
    page = await ticked(client, rows, "oui")
    done = await client.follow(await client.submit(page, extra={"step": "send"}))

    assert page.h1 == "Accepter 2 personnes"
    assert len(fields(page.form(SEVERAL))["c"]) == 3
    assert done.h1 == "2 personnes acceptées"
    assert await status_of(*rows) == [Status.ACCEPTED] * 3
