"""The inbox: what awaits an answer over all one's missions, soonest limit first; nothing of anybody else."""

from datetime import UTC, datetime
from typing import Any

import pytest

from marketplace.accounts.tables import Account
from marketplace.applications import inbox_words
from marketplace.applications.inbox_policies import Place, read_place
from marketplace.applications.lifecycle import Status
from marketplace.applications.tables import Application
from marketplace.associations.lifecycle import Role
from marketplace.associations.tables import Association
from marketplace.lifecycle import By, note
from marketplace.messages.tables import Message, Side
from marketplace.missions.policies import slot_key
from marketplace.missions.queries import slots_of
from marketplace.missions.tables import Mission, Slot
from marketplace.text import speaking
from tests import make
from tests.client import Client, Page, fields

INBOX = "/candidatures"


async def somebody(mission: Mission | Slot, name: str, **values: object) -> Application:
    """Somebody of this name who applied."""
    return await make.application(mission, await make.volunteer(first_name=name), **values)  # type: ignore[arg-type]


def names(page: Page) -> list[str]:
    """The first names listed, in order."""
    return [link.removeprefix("Lire et répondre ").removeprefix("Lire ") for link in lines(page)]


def lines(page: Page) -> list[str]:
    buttons = [a for a in page.main.iter("a") if "button" in a.get("class", "")]
    return [" ".join("".join(a.itertext()).split()) for a in buttons]


async def two_associations() -> tuple[Account, Mission, Mission]:
    """An owner of one association and manager of another, and a mission of each."""
    owner = await make.account()
    first = await make.mission(association=await make.association(owner=owner, name="Le Fil"), places=9)
    other = await make.association(name="La Clé")
    await make.member(other, owner)
    return owner, first, await make.mission(association=other, places=9, tasks=["Trier", "Ranger"])


async def test_all_the_missions_of_all_ones_associations_soonest_limit_first(client: Client) -> None:
    owner, first, second = await two_associations()
    await somebody(first, "Anne", answer_by=make.after(days=5))
    await somebody(second, "Basile", answer_by=make.after(days=1))
    await somebody(first, "Chloé", answer_by=make.after(days=3))
    await somebody(first, "Denis", status=Status.ACCEPTED)
    await somebody(await make.mission(), "Étranger")
    await client.sign_in(owner)

    page = await client.get(INBOX)

    assert names(page) == ["Basile", "Chloé", "Anne"]
    assert "3 réponses à donner" in page.text
    assert "répondre avant demain, 10 h" in page.text
    assert "répondre avant vendredi, 10 h" in page.text
    assert names(await client.get(f"{INBOX}?etat=toutes")) == ["Basile", "Chloé", "Anne", "Denis"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("association={one}", ["Anne", "Chloé"]),
        ("mission={second}", ["Basile", "Élie"]),
        ("mission={second}&tache=Trier", ["Basile"]),
        ("mission={second}&tache=Voler", ["Basile", "Élie"]),
        ("association={one}&mission={second}", ["Anne", "Chloé"]),
        ("depuis=3", ["Chloé"]),
        ("depuis=99", ["Basile", "Anne", "Chloé", "Élie"]),
        ("depuis=3&etat=toutes", ["Chloé"]),
        ("etat=acceptees", ["Denis"]),
        ("etat=closes", ["Fanny"]),
        ("etat=pending", ["Basile", "Anne", "Chloé", "Élie"]),
        ("apres=r9999999999999999999-23456789abcd", ["Basile", "Anne", "Chloé", "Élie"]),
        ("apres=%00", ["Basile", "Anne", "Chloé", "Élie"]),
        ("mission=&association=&date=%00&tache=%00", ["Basile", "Anne", "Chloé", "Élie"]),
    ],
)
async def test_filters(query: str, expected: list[str], client: Client) -> None:
    owner, first, second = await two_associations()
    await somebody(first, "Anne", answer_by=make.after(days=2))
    await somebody(second, "Basile", answer_by=make.after(days=1), tasks=["Trier"])
    await somebody(first, "Chloé", answer_by=make.after(days=3), status_at=make.after(days=-4))
    await somebody(first, "Denis", status=Status.ACCEPTED)
    await somebody(second, "Élie", answer_by=make.after(days=4), tasks=["Ranger"])
    await somebody(second, "Fanny", status=Status.DECLINED)
    one = await Association.objects().get(Association.id == first.association)
    assert one is not None
    await client.sign_in(owner)

    page = await client.get(f"{INBOX}?{query.format(one=one.public_id, second=second.public_id)}")

    assert names(page) == expected


async def test_one_date_of_a_mission(client: Client) -> None:
    mission = await make.mission(starts_at=make.after(days=10), places=9)
    await somebody(mission, "Anne")
    later = await make.slot(mission, starts_at=make.after(days=17), places=9)
    await make.application(later, await make.volunteer(first_name="Basile"))
    await client.sign_in(await make.owner_of(await association_of(mission)))

    page = await client.get(f"{INBOX}?mission={mission.public_id}&date={slot_key(later)}")

    assert names(page) == ["Basile"]
    first = await client.get(f"{INBOX}?mission={mission.public_id}&date=20270312T0900Z")
    assert names(first) == ["Anne"]


async def association_of(mission: Mission) -> Association:
    row = await Association.objects().get(Association.id == mission.association)
    assert row is not None
    return row


async def test_who_waits_or_awaits_a_guardian_is_counted_never_listed(client: Client) -> None:
    mission = await make.mission(places=9, starts_at=make.after(days=8))
    first = await make.only_slot(mission)
    anne = await make.volunteer(first_name="Anne")
    await make.application(first, anne, status=Status.WAITING)
    later = await make.slot(mission, starts_at=make.after(days=9))
    await make.application(later, anne, status=Status.WAITING)
    await make.application(later, await make.volunteer(first_name="Basile"), status=Status.OFFERED)
    await make.application(
        later, await make.volunteer(age=16, first_name="Lou"), status=Status.AWAITING_CONSENT
    )
    left = await somebody(first, "Zoé", status=Status.WITHDRAWN)  # never shown: from the list
    gone = await somebody(first, "Yves", status=Status.WITHDRAWN)
    await note("application", left.id, "waiting", "withdrawn", By.VOLUNTEER, make.NOW)
    await note("application", gone.id, "", "pending", By.VOLUNTEER, make.NOW)
    await client.sign_in(await make.owner_of(await association_of(mission)))

    page = await client.get(f"{INBOX}?etat=toutes&mission={mission.public_id}")

    assert names(page) == ["Yves"]
    assert "1 personne sur liste d’attente" in page.text  # Anne, whatever her dates
    assert [name for name in ("Anne", "Basile", "Lou", "Zoé") if name in page.html] == []


@pytest.mark.parametrize("who", ["volunteer", "reader", "removed"])
async def test_nothing_for_who_answers_for_no_association(who: str, client: Client) -> None:
    mission = await make.mission()
    await somebody(mission, "Anne")
    account = await make.account()
    if who != "volunteer":
        member = await make.member(
            await association_of(mission), account, role=Role.READER if who == "reader" else Role.MANAGER
        )
        if who == "removed":
            await member.remove()
    await client.sign_in(account)

    page = await client.get(f"{INBOX}?etat=toutes")

    assert "Anne" not in page.html
    assert "Vous ne répondez pour aucune association" in page.text
    await client.get(f"{INBOX}?mission={mission.public_id}", 404)
    await client.get(f"{INBOX}?association={(await association_of(mission)).public_id}", 404)
    await client.get(f"/mes-missions/{mission.public_id}/candidatures", 404)


async def test_mails_lead_to_the_inbox_of_the_mission(client: Client) -> None:
    mission = await make.mission()
    await somebody(mission, "Anne", status=Status.ACCEPTED)
    await client.sign_in(await make.owner_of(await association_of(mission)))

    page = await client.follow(await client.get(f"/mes-missions/{mission.public_id}/candidatures", 303))

    assert names(page) == ["Anne"]
    assert mission.title in page.text


async def test_pages_follow_each_other_though_the_last_one_shown_is_answered(client: Client) -> None:
    mission = await make.mission(places=200)
    for minutes in range(60):
        await somebody(mission, f"P{minutes:02}", answer_by=make.after(minutes=60 + minutes))
    await somebody(mission, "Zoé", status=Status.ACCEPTED, created_at=make.after(minutes=1))
    await client.sign_in(await make.owner_of(await association_of(mission)))

    first = await client.get(f"{INBOX}?etat=toutes")
    await Application.update({Application.status: Status.ACCEPTED, Application.answer_by: None}).where(
        Application.status == Status.PENDING, Application.answer_by < make.after(minutes=110)
    )
    following = next(link for link in first.links if "apres=" in link and "cocher" not in link)
    second = await client.get(following)

    assert names(first) == [f"P{n:02}" for n in range(50)]
    assert names(second)[:10] == [f"P{n:02}" for n in range(50, 60)]
    assert "Zoé" in names(second)


async def test_messages_that_await_are_counted(client: Client) -> None:
    mission = await make.mission()
    application = await somebody(mission, "Anne")
    about: dict[str, Any] = {"application": application.id, "to_all": False, "sent_at": make.NOW}
    for side in (Side.VOLUNTEER, Side.VOLUNTEER, Side.ASSOCIATION):
        await Message.insert(Message(side=side, text="Bonjour", author=None, read_at=None, **about))
    await client.sign_in(await make.owner_of(await association_of(mission)))

    assert "2 messages non lus" in (await client.get(INBOX)).text


async def test_a_page_leads_to_the_next_to_answer_and_to_the_other_dates(client: Client) -> None:
    mission = await make.mission(places=9, starts_at=make.after(days=10))
    later = await make.slot(mission, places=9, starts_at=make.after(days=17))
    third = await make.slot(mission, places=9, starts_at=make.after(days=24))
    anne = await make.volunteer(first_name="Anne")
    one = await make.application((await slots_of(mission.id))[0], anne, answer_by=make.after(days=1))
    two = await make.application(later, anne, answer_by=make.after(days=2))
    hidden = await make.application(third, anne, status=Status.WAITING)
    other = await make.application(later, answer_by=make.after(days=3))
    await client.sign_in(await make.owner_of(await association_of(mission)))

    page = await client.get(f"{INBOX}/{two.public_id}")

    assert f"{INBOX}/{one.public_id}" in page.links  # before, and another date of hers
    assert f"{INBOX}/{other.public_id}" in page.links
    assert "Ses autres dates dans cette mission" in page.text
    assert hidden.public_id not in page.html
    answered = await client.follow(await client.submit(page, form="/oui"))
    assert f"{INBOX}/{one.public_id}" in answered.links


async def test_what_is_to_be_done_first_is_said(client: Client) -> None:
    mission = await make.mission(
        contact_level="individual", prerequisites=["shadowing", "first_aid"], undertaking="Je me tais."
    )
    application = await make.application(mission, prerequisites=["shadowing"], undertaking="")
    await client.sign_in(await make.owner_of(await association_of(mission)))

    text = (await client.get(f"{INBOX}/{application.public_id}")).text

    assert "À faire ensemble avant Première fois en observation Une formation ou une rencontre" in text
    assert "Il manque PSC1 Engagement de confidentialité" in text


async def test_everybody_has_an_answer(client: Client) -> None:
    association = await make.association()
    await client.sign_in(await make.owner_of(association))

    page = await client.get(INBOX)

    assert "Tout le monde a eu sa réponse" in page.text
    assert fields(page.form(INBOX))["etat"] == ["a-repondre"]


@pytest.mark.parametrize(
    ("until", "words"),
    [
        (datetime(2027, 3, 2, 9, 0, tzinfo=UTC), "le délai est passé"),
        (datetime(2027, 3, 2, 17, 30, tzinfo=UTC), "répondre aujourd’hui avant 18\u00a0h\u00a030"),
        (datetime(2027, 3, 2, 23, 30, tzinfo=UTC), "répondre avant demain, 0\u00a0h\u00a030"),
        (datetime(2027, 3, 4, 13, 0, tzinfo=UTC), "répondre avant jeudi, 14\u00a0h"),
        (datetime(2027, 3, 9, 13, 0, tzinfo=UTC), "répondre avant le 9 mars 2027"),
        (datetime(2027, 3, 2, 23, 0, tzinfo=UTC), "répondre aujourd’hui au plus tard"),
        (datetime(2027, 3, 3, 23, 0, tzinfo=UTC), "répondre demain au plus tard"),
        (datetime(2027, 3, 4, 23, 0, tzinfo=UTC), "répondre jeudi au plus tard"),
        (datetime(2027, 3, 10, 23, 0, tzinfo=UTC), "répondre le 10 mars 2027 au plus tard"),
        (None, ""),
    ],
)
def test_the_limit_in_words(until: datetime | None, words: str) -> None:
    with speaking("fr"):
        assert inbox_words.limit(until, make.NOW) == words


def test_a_place_is_written_and_read_again() -> None:
    place = Place(True, datetime(2027, 3, 4, 13, 0, 0, 123456, tzinfo=UTC), "23456789abcd")

    assert read_place(str(place)) == place
    assert read_place("r1-23456789abcd")
    for bad in ("", "r", "x1-23456789abcd", "r-1-23456789abcd", "r1-23", "r²-23456789abcd"):
        assert read_place(bad) is None


async def test_headings_are_about_the_list_under_them(client: Client) -> None:
    owner, first, second = await two_associations()
    await somebody(first, "Anne")
    await somebody(first, "Basile", status=Status.ACCEPTED)
    await somebody(second, "Chloé", status=Status.ACCEPTED)
    await client.sign_in(owner)

    async def headings(query: str) -> list[str]:
        page = await client.get(f"{INBOX}?{query}")
        return [" ".join("".join(h.itertext()).split()) for h in page.main.iter("h2")]

    assert await headings("etat=acceptees") == ["Acceptées"]
    assert await headings("etat=toutes") == ["1 réponse à donner"]
    other = f"mission={second.public_id}"
    assert await headings(other) == ["Aucune candidature ici"]
    assert await headings(f"{other}&etat=toutes") == ["Toutes"]
    await Application.update({Application.status: Status.ACCEPTED, Application.answer_by: None}).where(
        Application.status == Status.PENDING
    )
    assert await headings(other) == ["Tout le monde a eu sa réponse"]


async def test_what_a_filter_leaves_out_is_not_counted(client: Client) -> None:
    mission = await make.mission(places=9, tasks=["Trier", "Ranger"])
    await somebody(mission, "Anne", tasks=["Trier"], status_at=make.after(days=-4))
    await somebody(mission, "Basile", tasks=["Ranger"])
    await client.sign_in(await make.owner_of(await association_of(mission)))

    for query in ("depuis=3", f"mission={mission.public_id}&tache=Trier"):
        page = await client.get(f"{INBOX}?{query}")
        assert names(page) == ["Anne"]
        assert "1 réponse à donner" in page.text


async def test_only_a_near_limit_is_marked(client: Client) -> None:
    mission = await make.mission(places=9)
    far = await somebody(mission, "Anne", answer_by=make.after(days=6))
    near = await somebody(mission, "Basile", answer_by=make.after(days=1))
    await client.sign_in(await make.owner_of(await association_of(mission)))

    def marked(page: Page) -> list[str]:
        return ["".join(e.itertext()) for e in page.main.iter("span") if e.get("class") == "limit"]

    assert marked(await client.get(INBOX)) == ["répondre avant demain, 10\u00a0h"]
    page = await client.get(f"{INBOX}/{far.public_id}")
    assert "À répondre au plus tard le lundi 8 mars 2027 à 10 h" in page.text.replace("\u00a0", " ")
    assert marked(page) == []
    assert len(marked(await client.get(f"{INBOX}/{near.public_id}"))) == 1
