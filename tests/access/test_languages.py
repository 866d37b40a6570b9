"""Pages in English: what associations and volunteers wrote says that it is French, and the rest is English.

WCAG 3.1.2: a screen reader changes its voice there. Each text of the world is written anew with a mark in it,
then every page is opened by whoever may see it.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from piccolo.table import Table

from marketplace import settings
from marketplace.accounts.tables import Account
from marketplace.applications.feedback_tables import Feedback
from marketplace.applications.tables import Application
from marketplace.associations.tables import Association
from marketplace.messages.tables import Message
from marketplace.missions.steps import STEPS
from marketplace.missions.tables import Mission
from marketplace.vocabulary.departments import DEPARTMENTS
from marketplace.volunteers.tables import Volunteer
from marketplace.web.pages import TEMPLATES_FOLDER
from tests import gate, make, plausible
from tests.access.matrix import MATRIX
from tests.access.test_routes import BY_NAME, call
from tests.client import Client, last_email
from tests.databases import bring_back, keep
from tests.people import MEMBER, PEOPLE, World

WRITTEN: dict[type[Table], tuple[str, ...]] = {
    Association: ("purpose",),
    Mission: (
        *("title", "presentation", "details", "training", "undertaking", "supervisor_role"),
        *("hand_over_note", "tasks"),
    ),
    Application: ("message", "reason_message", "tasks"),
}
# what stays as it is in every language: names, and words English borrows
NAMES = (
    *DEPARTMENTS.values(),
    *("4 rue des Tilleuls", "Mutuelle des Rives", "Saint-Étienne", "Le Compte bénévole"),
    *("Défenseur des droits", "Libre réponse", "Attestation d’honorabilité"),
    *("département", "départements", "préfecture"),
)
LONGEST_FIRST = "|".join(map(re.escape, sorted(NAMES, key=len, reverse=True)))
KEPT = re.compile(rf"\b(?:{LONGEST_FIRST})\b", re.IGNORECASE)
FRENCH = re.compile(r"[à-öø-ÿœ]|\b(?:vous|votre|vos|pour|avec|dans|une|les|des|sur|qui|pas)\b", re.IGNORECASE)
OF_STAFF = {name for name in MATRIX if name.startswith("moderation.")}  # in French alone: see their layout
OTHER_STATES = [
    *(("missions.write", "step", step) for step in STEPS),
    *(("front.mission", "mission", f"{state} mission") for state in ("full", "dated", "paused")),
    *(("publishing.show", "mission", f"{state} mission") for state in ("draft", "submitted", "paused")),
    *(("applications.show", "application", f"{state} application") for state in ("offered", "waiting")),
    ("applications.answer", "application", "accepted application"),
    ("messages.received", "application", "accepted application"),
    ("applications.withdrawal", "application", "waiting application"),
    ("applications.feedback", "application", "told application"),
    ("applications.thanks", "application", "told application"),
]


@pytest.fixture(scope="session")
async def kept_written(kept_world: World) -> World:
    await bring_back("world")
    told = await _say_more(kept_world)
    for table, columns in WRITTEN.items():
        await table.update({name: _french(table, name) for name in columns}, force=True)
    await keep("written")
    return replace(kept_world, ids=kept_world.ids | {"told application": told.public_id})


@pytest.fixture
async def written(client: Client, kept_written: World) -> World:
    await bring_back("written")
    return kept_written


async def _say_more(made: World) -> Application:
    """Words of either side in each thread, and about a participation of the volunteer's, the one returned."""
    for application in await Application.objects():
        for side in ("volunteer", "association"):
            about: dict[str, Any] = {"application": application.id, "side": side}
            await Message(**about, text=_french(Message, "text"), sent_at=make.NOW).save()
    volunteer = await Volunteer.objects().get(Volunteer.account == made.volunteer.id)
    assert volunteer is not None
    told = await Application.objects().get(
        (Application.volunteer == volunteer.id) & (Application.attendance == "present")
    )
    assert told is not None
    said: dict[str, Any] = {
        "application": told.id,
        "words": _french(Feedback, "words"),
        "created_at": make.NOW,
    }
    await Feedback(**said, side="association").save()
    await Feedback(**said, side="volunteer", as_described="yes", welcomed="yes").save()
    return told


def _french(table: type[Table], name: str) -> Any:
    """Which text it is, and that it is French."""
    text = f"{table._meta.tablename} {name} pour l’équipe"
    return [text] if name == "tasks" else text


@pytest.mark.parametrize(
    ("name", "part", "row"), [*((name, "", "") for name in BY_NAME if name not in OF_STAFF), *OTHER_STATES]
)
async def test_an_english_page_marks_what_is_french(
    client: Client, written: World, name: str, part: str, row: str
) -> None:
    ids = {step: step for step in STEPS} | written.ids
    named = {**MATRIX[name].ids, part: row}
    path = re.sub(r"{(\w+)}", lambda part: ids[named.get(part[1], part[1])], BY_NAME[name].url.path)
    wrong = {}

    for person in (person for person in PEOPLE if MATRIX[name].expected[person] != 404):
        page = await call(await written.browser(client, person), BY_NAME[name], f"/en{path}")
        if page.tree is not None:
            wrong[person] = left(page.tree)

    assert {person: texts for person, texts in wrong.items() if texts} == {}


async def test_an_english_email_marks_what_is_french(client: Client, made: World) -> None:
    await Account.update({Account.language: "en"}).where(Account.id == made.volunteer.id)
    browser = await made.browser(client, MEMBER)
    page = await browser.get(f"/candidatures/{made.ids['application']}")

    await browser.submit(page, form="oui")

    mail = await last_email(made.volunteer.email)
    tree, _ = gate.parse(mail.html)
    marked = [gate.text_of(element) for element in tree.iter("span") if element.get("lang") == "fr"]
    assert plausible.MISSION["title"] in marked
    assert plausible.MISSION["title"] not in " ".join(_english(tree, "en"))
    assert "lang=" not in mail.subject + mail.text


def test_every_email_marks_what_somebody_wrote() -> None:
    """In HTML only: a mark in plain text would be read as text."""
    folder = TEMPLATES_FOLDER / "email"
    bare = re.compile(
        r"\b(?:title|note)=[\w.]+(?=[,)])|{{ (?:[\w.]+\.)?(?:title|note|details|line|reason_message) }}"
    )

    for part in folder.rglob("*.html"):
        assert bare.findall(part.read_text(encoding="utf-8")) == [], part.parent.name
    for part in folder.rglob("*.txt"):
        assert "| french" not in part.read_text(encoding="utf-8"), part.parent.name


def left(tree: Element) -> list[str]:
    """The French that would be read as English, and marks that a title shows as text."""
    title = gate.text_of(next(tree.iter("title")))
    ours = settings.current().site_name
    texts = (KEPT.sub("", text).replace(ours, "") for text in _english(tree, "en"))
    return [text for text in texts if FRENCH.search(text)] + ([title] if "<span" in title else [])


def _english(element: Element, lang: str) -> Iterator[str]:
    """What a screen reader would say in English of an element: not what is typed in fields, nor the title."""
    lang = element.get("lang") or lang
    if lang == "en" and element.tag not in ("title", "textarea", "script"):
        texts = (element.text, element.get("aria-label"), element.get("alt"))
        yield from filter(None, texts)
        for child in element:
            yield from _english(child, lang)
            yield from filter(None, [child.tail])


def test_french_words_outside_a_mark_are_seen() -> None:
    page = "<title>a</title><p>Hello <span lang='fr'>votre mission</span>, {}</p>"

    assert left(gate.parse(page.format("pour vous"))[0]) == [", pour vous"]
    assert left(gate.parse(page.format("in the Finistère"))[0]) == []
    assert left(gate.parse("<title>&lt;span lang=fr>a</title>")[0]) != []
