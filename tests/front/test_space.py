"""« Mon espace »: what is next and by when, one's applications by mission, and all of them page by page."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from piccolo.querystring import QueryString

from marketplace import db
from marketplace.applications.feedback_tables import Feedback
from marketplace.applications.tables import Application
from marketplace.associations.tables import Association
from marketplace.front import space_words
from marketplace.messages.tables import Message
from marketplace.missions.tables import Mission
from marketplace.volunteers.actions import state_preferences
from marketplace.volunteers.tables import Volunteer
from marketplace.web.clock import paris_instant
from tests import gate, make
from tests.client import Client, Page
from tests.front.searching import indexed, missions_on
from tests.front.test_missions_for_me import NOTHING

SPACE, ALL = "/mon-espace", "/mon-espace/candidatures"
MOST_STATEMENTS, MOST_STATEMENTS_WITH_MISSIONS, MOST_BYTES = 20, 40, 60_000


async def space_of(client: Client, volunteer: Volunteer, path: str = SPACE) -> Page:
    return await (await client.another().sign_in(await make.account_of(volunteer))).get(path)


def lines(page: Page) -> list[tuple[str, str, str]]:
    """(what is said, its action, where it leads) of each line of what is next."""
    return list(_lines(page))


def _lines(page: Page) -> Iterator[tuple[str, str, str]]:
    for item in page.main.iter("li"):
        said = [e for e in item.iter("p") if e.get("class") == "said"]
        if said:
            (link,) = item.iter("a")
            text = gate.text_of(said[0]).replace("\u00a0", " ")
            yield text, (link.text or "").strip(), link.get("href", "")


def said(page: Page) -> list[str]:
    return [line[0] for line in lines(page)]


def words_of(page: Page) -> str:
    return page.text.replace("\u00a0", " ")


async def ended(volunteer: Volunteer, hours: int = 26, **values: Any) -> Application:
    """Accepted for a slot of two hours that began this many hours ago."""
    mission = await make.mission(starts_at=make.after(hours=-hours))
    return await make.application(mission, volunteer, status="accepted", **values)


async def dated(volunteer: Volunteer, starts_at: datetime, **values: Any) -> Application:
    status = values.pop("status", "accepted")
    before = {"accepted_at": make.after(days=-9)} if status == "accepted" else {}
    return await make.application(
        await make.mission(starts_at=starts_at, **values), volunteer, status=status, **before
    )


async def write(application: Application, side: str = "association", **values: Any) -> None:
    about: dict[str, Any] = {"application": application.id, "side": side, "text": "Bonjour"}
    await Message(**about | {"sent_at": make.NOW} | values).save()


async def tell(application: Application) -> None:
    about: dict[str, Any] = {"application": application.id, "side": "volunteer", "words": ""}
    about |= {"created_at": make.NOW}
    await Feedback(**about, as_described="yes", welcomed="yes").save()


async def test_what_is_next_is_told_soonest_first_with_one_action_each(client: Client) -> None:
    volunteer = await make.volunteer()
    over = await ended(volunteer, attendance="present", minutes=150)
    pending = await make.application(await make.mission(), volunteer)
    later = await dated(volunteer, make.after(days=20), address="3 quai Bleu")
    offer = await make.application(
        await make.mission(), volunteer, status="offered", status_at=make.after(hours=-40)
    )
    asked = await dated(volunteer, make.after(hours=30), address="1 rue Verte")
    await write(pending)

    page = await space_of(client, volunteer)

    assert [(what, action) for what, action, _ in lines(page)] == [
        ("Une place vous est proposée. Répondez avant aujourd’hui à 18 h.", "Répondre"),
        ("Demain, mercredi 3 mars 2027 de 16 h à 18 h. Dites si vous venez.", "Je viens, ou pas"),
        ("1 message non lu.", "Lire"),
        ("L’association vous répond au plus tard le 9 mars 2027 à 10 h.", "Voir"),
        ("Temps noté : 2 h 30. Comment ça s’est passé ?", "Raconter"),
    ]
    assert lines(page)[0][2] == f"/mes-candidatures/{offer.public_id}/place"
    assert "1 rue Verte" in page.text
    assert "3 quai Bleu" not in page.text  # neither the next date nor this week's
    assert f"/mes-candidatures/{later.public_id}" in page.links
    assert f"/mes-candidatures/{over.public_id}/retour" in page.links
    assert f"/mes-candidatures/{pending.public_id}/messages" in page.links
    assert asked.coming_at is None


async def test_je_viens_is_answered_from_there(client: Client) -> None:
    volunteer = await make.volunteer()
    asked = await dated(volunteer, make.after(hours=30))
    browser = await client.another().sign_in(await make.account_of(volunteer))

    href = lines(await browser.get(SPACE))[0][2]
    form = await browser.follow(await browser.get(href, status=303))
    await browser.submit(form, form="/oui")
    page = await browser.get(SPACE)

    assert said(page) == ["Demain, mercredi 3 mars 2027 de 16 h à 18 h"]
    assert lines(page)[0][1:] == ("Adresse et contact", f"/mes-candidatures/{asked.public_id}")


async def test_who_was_accepted_at_the_last_moment_is_not_asked_to_say_it_again(client: Client) -> None:
    volunteer = await make.volunteer()
    await make.application(await make.mission(starts_at=make.after(hours=30)), volunteer, status="accepted")

    page = await space_of(client, volunteer)

    assert said(page) == ["Demain, mercredi 3 mars 2027 de 16 h à 18 h"]


async def test_the_dates_of_the_week_are_told_and_later_ones_only_when_nothing_comes_before(
    client: Client,
) -> None:
    volunteer = await make.volunteer()
    for days in (3, 6, 8):
        await dated(volunteer, make.after(days=days))
    lonely = await make.volunteer()
    await dated(lonely, make.after(days=40))

    assert [text[:20] for text in said(await space_of(client, volunteer))] == [
        "Vendredi 5 mars 2027",
        "Lundi 8 mars 2027 de",
    ]
    assert said(await space_of(client, lonely)) == ["Dimanche 11 avril 2027 de 11 h à 13 h"]


async def test_a_minor_is_told_by_when_the_guardian_answers_as_a_friend(client: Client) -> None:
    volunteer = await make.volunteer(age=16)
    await make.application(await make.mission(minors="open"), volunteer, status="awaiting_consent")

    page = await space_of(client, volunteer)

    assert said(page) == ["Ton parent ou représentant légal doit répondre avant le 9 mars 2027 à 10 h."]
    assert "Ce qui t’attend" in page.text
    assert "vous" not in words_of(page).replace("Quand vous voulez", "").casefold().split()
    assert "Mes recherches enregistrées" not in page.text


async def test_a_meeting_is_recalled_with_the_answer_that_follows_it(client: Client) -> None:
    volunteer = await make.volunteer()
    await make.application(
        await make.mission(), volunteer, meeting_on=make.after(days=3).date(), answer_by=make.after(days=4)
    )

    assert said(await space_of(client, volunteer)) == [
        "Rencontre le vendredi 5 mars 2027. L’association vous répond au plus tard samedi à 10 h."
    ]


async def test_a_limit_at_midnight_is_said_as_the_day_that_ends(client: Client) -> None:
    volunteer = await make.volunteer()
    midnight = paris_instant(make.after(days=5).date(), 0, 0)
    await make.application(
        await make.mission(), volunteer, meeting_on=make.after(days=3).date(), answer_by=midnight
    )

    assert said(await space_of(client, volunteer)) == [
        "Rencontre le vendredi 5 mars 2027. L’association vous répond au plus tard samedi."
    ]


async def test_each_meeting_has_its_line_and_a_past_one_is_not_recalled(client: Client) -> None:
    volunteer, mission = await make.volunteer(), await make.mission(starts_at=make.after(days=20))
    for days, slot in ((4, await make.only_slot(mission)), (2, await make.slot(mission)), (-1, None)):
        slot = slot or await make.slot(mission, starts_at=make.after(days=30))
        await make.application(slot, volunteer, meeting_on=make.after(days=days).date())

    page = await space_of(client, volunteer)

    answer = "L’association vous répond au plus tard le 9 mars 2027 à 10 h."
    assert said(page) == [
        f"Rencontre le jeudi 4 mars 2027. {answer}",
        f"Rencontre le samedi 6 mars 2027. {answer}",
        answer,
    ]


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (-12, "le 1er mars 2027 à 22 h"),
        (0, "aujourd’hui à 10 h"),
        (13, "aujourd’hui à 23 h"),
        (14, "demain à 0 h"),
        (38, "jeudi à 0 h"),
        (24 * 6 + 13, "lundi à 23 h"),
        (24 * 6 + 14, "le 9 mars 2027 à 0 h"),
    ],
)
def test_a_limit_is_told_by_the_name_of_its_day_within_the_week(hours: int, words: str) -> None:
    assert space_words.until(make.after(hours=hours), make.NOW).replace("\u00a0", " ") == words


async def weekly(volunteer: Volunteer, weeks: int, **values: Any) -> Mission:
    """A mission with one application for each of these weeks, all pending."""
    mission = await make.mission(starts_at=make.after(days=10), **values)
    await make.application(mission, volunteer)
    for week in range(1, weeks):
        slot = await make.slot(mission, starts_at=make.after(days=10 + 7 * week))
        await make.application(slot, volunteer)
    return mission


async def test_the_dates_of_a_mission_stand_together_in_order_and_await_one_answer(client: Client) -> None:
    volunteer = await make.volunteer()
    await weekly(volunteer, 6, title="Trier des livres")
    await make.application(await make.mission(title="Repeindre la salle"), volunteer)

    page = await space_of(client, volunteer)

    titles = [gate.text_of(e) for e in page.main.iter("h3")]
    assert titles == ["Trier des livres", "Repeindre la salle"]
    assert "Et 2 autres dates" in page.text
    assert len(said(page)) == 2
    assert "6 dates" in page.text
    assert "<title>Mon espace (7 candidatures en cours)" in page.html
    assert page.text.index("12 mars 2027") < page.text.index("16 avril 2027")


async def test_a_row_says_by_when_the_answer_comes_or_the_rank_on_the_list(client: Client) -> None:
    volunteer = await make.volunteer()
    full = await make.mission(starts_at=make.after(days=20), places=1)
    await make.application(full)
    for who in [None] * 5 + [volunteer]:
        await make.application(full, who, status="waiting")
    await make.application(await make.mission(starts_at=make.after(days=10)), volunteer)

    for path in (SPACE, ALL):
        text = words_of(await space_of(client, volunteer, path))

        assert "Sur la liste d’attente parmi les 10 premiers" in text
        assert "En attente de la réponse de l’association réponse avant le mardi 9 mars 2027 à" in text


async def test_dates_at_the_same_hours_are_marked_and_those_that_touch_are_not(client: Client) -> None:
    volunteer, hour = await make.volunteer(), timedelta(hours=1)
    start = make.after(days=10)
    await dated(volunteer, start, title="La bibliothèque")
    await dated(volunteer, start + hour, title="Le potager", status="pending")
    await dated(volunteer, start + 3 * hour, title="Le guichet", status="pending")
    await dated(volunteer, start + hour, title="La liste", status="waiting")

    text = words_of(await space_of(client, volunteer))

    assert text.count("Se chevauche avec « Le potager »") == 1
    assert text.count("Se chevauche avec « La bibliothèque »") == 1
    assert text.count("Se chevauche") == 2
    assert "aux mêmes heures que « Le potager »" in text


async def test_while_its_association_is_suspended_nothing_runs_out(client: Client) -> None:
    volunteer = await make.volunteer()
    association = await make.association(status="suspended")
    offered = await make.application(await make.mission(association=association), volunteer, status="offered")
    await dated(volunteer, make.after(hours=30), association=association)

    page = await space_of(client, volunteer)

    assert lines(page) == []
    assert "Rien à faire pour le moment." in page.text
    assert "Demain" not in page.text
    assert f"/mes-candidatures/{offered.public_id}" in page.links


async def test_who_told_how_it_went_reads_the_hours_and_who_was_away_is_not_asked(client: Client) -> None:
    volunteer = await make.volunteer()
    await tell(await ended(volunteer, attendance="present", minutes=90))
    await tell(await ended(volunteer, hours=30))
    await ended(volunteer, hours=40, attendance="absent")
    await ended(volunteer, hours=24 * 40)  # too long ago

    assert lines(await space_of(client, volunteer)) == [
        ("Temps noté : 1 h 30.", "Voir mes heures", "/mon-espace/heures")
    ]


async def test_what_ended_leaves_after_two_weeks_but_for_an_unread_message(client: Client) -> None:
    volunteer = await make.volunteer()
    old = await make.application(
        await make.mission(title="Un ancien potager"),
        volunteer,
        status="declined",
        status_at=make.after(days=-15),
    )

    before = await space_of(client, volunteer)
    await write(old)
    after = await space_of(client, volunteer)

    assert "Un ancien potager" not in before.text
    assert "Rien à faire pour le moment." in before.text
    assert said(after) == ["1 message non lu."]
    assert "Un ancien potager" in (await space_of(client, volunteer, ALL)).text


async def test_all_of_ones_applications_are_read_page_by_page_each_once(client: Client) -> None:
    volunteer = await make.volunteer()
    made = [
        (await make.application(await make.mission(), volunteer, status="declined")).public_id
        for _ in range(45)
    ]
    stranger = await make.application()
    browser = await client.another().sign_in(await make.account_of(volunteer))
    read, path, pages = [], ALL, 0

    while path:
        page = await browser.get(path)
        read += [href.rsplit("/", 1)[1] for href in page.links if href.startswith("/mes-candidatures/")]
        path = next((href for href in page.links if "apres=" in href), "")
        pages += 1

    assert read == made[::-1]
    assert pages == 3
    first = (await browser.get(ALL)).links
    for nonsense in (stranger.public_id, "zzzzzzzzzzzz", "%00", "x" * 500):
        assert (await browser.get(f"{ALL}?apres={nonsense}")).links[1:21] == first[1:21]


async def test_who_has_applications_reads_them_and_a_link_in_place_of_cards(client: Client) -> None:
    volunteer = await make.volunteer()
    await indexed(await make.mission())

    before = await space_of(client, volunteer)
    await make.application(await make.mission(), volunteer)
    after = await space_of(client, volunteer)

    assert [len(missions_on(page)) for page in (before, after)] == [1, 0]
    assert "/mon-espace/missions-pour-vous" in after.links


async def test_nobody_elses_application_is_there(client: Client) -> None:
    somebody = await make.application(await make.mission(title="Chez un autre"))
    await write(somebody)
    volunteer = await make.volunteer()

    for path in (SPACE, ALL):
        assert somebody.public_id not in (await space_of(client, volunteer, path)).html


async def test_each_of_ones_pages_is_a_link_away(client: Client) -> None:
    account = await make.account()
    await state_preferences(account, NOTHING | {"skills": ["office", "music"]}, make.NOW)

    page = await (await client.another().sign_in(account)).get(SPACE)

    assert {
        "/mon-espace/calendrier",
        "/mon-espace/heures",
        "/mon-espace/profil",
        "/mon-espace/favoris",
        "/mes-alertes",
        "/mon-compte",
    } <= set(page.links)
    assert "Musique" in page.text


async def test_a_member_who_never_applied_reads_of_the_associations_alone(client: Client) -> None:
    association = await make.association()
    received = await make.application(await make.mission(association=association))
    await write(received, side="volunteer")
    owner = await make.owner_of(association)

    page = await (await client.another().sign_in(owner)).get(SPACE)

    assert "Ce qui vous attend" not in page.text
    assert "1 réponse à donner" in page.text
    assert {"/candidatures", f"/candidatures/{received.public_id}/messages"} <= set(page.links)


async def test_a_long_list_of_missions_to_answer_leads_to_the_inbox(client: Client) -> None:
    association = await make.association()
    for number in range(8):
        await make.application(await make.mission(association=association, title=f"Mission {number}"))

    page = await (await client.another().sign_in(await make.owner_of(association))).get(SPACE)

    assert page.text.count("1 réponse à donner") == 5
    assert "Et pour 3 autres missions" in page.text


async def busy(volunteer: Volunteer, association: Association) -> None:
    """More than anybody has."""
    await weekly(volunteer, 40, association=association, title="Une mission au titre assez long " * 3)
    for number in range(9):
        await write(await dated(volunteer, make.after(days=1, hours=3 * number), association=association))
        await make.application(await make.mission(association=association), volunteer, status="offered")
        await ended(volunteer, hours=30 + number, attendance="present", minutes=60)
    for _ in range(12):
        await make.application(await make.mission(association=association), volunteer, status="declined")


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is sent to the database from now on."""
    sent: list[str] = []
    run = type(db.engine()).run_querystring

    async def counted(self: Any, querystring: QueryString, *args: Any, **values: Any) -> Any:
        sent.append(str(querystring))
        return await run(self, querystring, *args, **values)

    monkeypatch.setattr(type(db.engine()), "run_querystring", counted)
    return sent


async def test_the_busiest_page_stays_light_in_bytes_and_in_statements(
    client: Client, statements: list[str]
) -> None:
    volunteer = await make.volunteer()
    await busy(volunteer, await make.association())
    browser = await client.another().sign_in(await make.account_of(volunteer))
    statements.clear()

    page = await browser.get(SPACE)

    assert len(lines(page)) == 12
    assert 0 < len(statements) <= MOST_STATEMENTS
    assert len(page.response.content) < MOST_BYTES


async def test_what_the_missions_for_somebody_cost_does_not_grow_with_them(
    client: Client, statements: list[str]
) -> None:
    volunteer = await make.volunteer()
    browser = await client.another().sign_in(await make.account_of(volunteer))
    counts = []

    for more in (1, 5):
        await indexed(*[await make.mission() for _ in range(more)])
        statements.clear()
        await browser.get(SPACE)
        counts.append(len(statements))

    assert counts[0] == counts[1] <= MOST_STATEMENTS_WITH_MISSIONS
