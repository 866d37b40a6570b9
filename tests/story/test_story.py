"""Three places, eight people, twenty days: the e-mails, in order, are those of docs/reference/emails.md."""

import re
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

from marketplace import check
from marketplace.applications.lifecycle import HOLDS_PLACE
from marketplace.jobs.clock import tick
from marketplace.jobs.tables import Job
from marketplace.lifecycle import Change
from marketplace.mail.tables import Email
from marketplace.schedule import SCHEDULE
from tests import make
from tests.client import Client, Clock
from tests.story import people as they
from tests.story.people import ADDRESSES, ASSOCIATION, Scene
from tools import diagrams

DOCS = Path(__file__).parent.parent.parent / "docs" / "reference" / "emails.md"
STEP, DAYS = timedelta(hours=6), 20
STARTS_IN_HOURS = 18 * 24 + 8
CLOCK, NOBODY = "the clock", "—"

Act = Callable[[Scene, str], Awaitable[None]]
Told = tuple[str, str, str, str]  # day, event, recipient, template

# On these days, after the clock has run: the event, the act, and who acts or whom the association answers.
STORY: list[tuple[float, str, Act, str]] = [
    (0, "Ana applies", they.applies, "Ana"),
    (0, "Bo applies", they.applies, "Bo"),
    (0, "Lou, sixteen, applies", they.applies_at_sixteen, "Lou"),
    (0.25, "the association proposes to meet Ana", they.meets, "Ana"),
    (0.25, "Chloé joins the waiting list", they.applies, "Chloé"),
    (0.5, "Dan joins the waiting list", they.applies, "Dan"),
    (1, "Lou’s parent agrees", they.agrees, "Lou’s parent"),
    (1.25, "Gaël, who has no account, joins the waiting list", they.applies_without_an_account, "Gaël"),
    (1.25, "Gaël opens the link in the mail", they.confirms, "Gaël"),
    (1.5, "the association accepts Lou", they.accepts, "Lou"),
    (1.75, "the association writes to Lou", they.writes, "Lou"),
    (2, "the association accepts Ana, and is silent from now on", they.accepts, "Ana"),
    (2, "Eve joins the waiting list", they.applies, "Eve"),
    (9.5, "Dan takes the place", they.takes_the_place, "Dan"),
    (10, "Ana withdraws, by the link in her mail", they.withdraws, "Ana"),
    (10.25, "Gaël leaves the place", they.leaves_the_place, "Gaël"),
    (10.5, "Eve takes the place", they.takes_the_place, "Eve"),
    (11, "Farid joins the waiting list", they.applies, "Farid"),
    (12, "Bo joins the waiting list", they.applies, "Bo"),
    (14, "Chloé joins the waiting list again", they.applies, "Chloé"),
    (15, "Ana joins the waiting list", they.applies, "Ana"),
    (16.75, "Farid takes the place", they.takes_the_place, "Farid"),
    (17, "Lou says « je viens »", they.says_coming, "Lou"),
    (17.75, "the association resumes the mission", they.resumes, ASSOCIATION),
    (17.75, "Bo takes the place", they.takes_the_place, "Bo"),
    (17.75, "the association accepts Bo", they.accepts, "Bo"),
    (17.75, "the association declines Farid", they.declines, "Farid"),
    (18, "Chloé takes the place", they.takes_the_place, "Chloé"),
    (18, "the association accepts Chloé", they.accepts, "Chloé"),
    (19.5, "the association notes who was there", they.notes_who_was_there, ASSOCIATION),
    (19.75, "the association thanks Lou", they.thanks, "Lou"),
]


async def test_everybody_receives_what_the_documentation_says(client: Client, clock: Clock) -> None:
    scene = await they.set_the_scene(client, STARTS_IN_HOURS)
    told: list[Told] = []
    for step in range(DAYS * 4 + 1):
        clock.instant, day = make.NOW + step * STEP, step / 4
        await tick(SCHEDULE, clock.instant)
        told += await _told(told, day, CLOCK)
        for at, event, act, name in STORY:
            if at == day:
                await act(scene, name)
                told += await _told(told, day, event) or [(f"{day:g}", event, NOBODY, NOBODY)]
        assert await check.broken(clock.instant) == {}

    assert told == documented(), "\n".join("| {} | {} | {} | {} |".format(*row) for row in told)
    assert await _came_in(scene) == ["Bo", "Chloé", "Lou"]
    assert await Job.count().where(Job.error != "") == 0
    assert await _undrawn_moves() == []


async def _told(before: list[Told], day: float, event: str) -> list[Told]:
    """The mails since."""
    known = sum(template != NOBODY for *_, template in before)
    mails = await Email.objects().order_by(Email.id).offset(known).limit(100)
    return [(f"{day:g}", event, ADDRESSES[mail.recipient], mail.template) for mail in mails]


def documented() -> list[Told]:
    """The rows of the story in the documentation."""
    _, _, story = DOCS.read_text(encoding="utf-8").partition("## A story")
    return re.findall(r"^\| ([\d.]+) \| (.+) \| (.+) \| `?(\w+|—)`? \|$", story, re.MULTILINE)


async def _came_in(scene: Scene) -> list[str]:
    """Who had a place at the end."""
    volunteers = set(ADDRESSES.values()) - {ASSOCIATION, they.PARENT}
    newest = {name: await scene.application(name) for name in volunteers}
    return sorted(name for name, row in newest.items() if row.status in HOLDS_PLACE)


async def _undrawn_moves() -> list[tuple[str, str, str]]:
    """Moves of the journal that docs/reference/states.md does not draw, or by others than it says."""
    drawn = {
        (title.lower(), source, step.move.target, by)
        for title, (module, first) in diagrams.LIFE_CYCLES.items()
        for step in diagrams.steps(module)
        for source in step.move.sources
        for by in step.by
    }
    births = {(t.lower(), "", status) for t, (_, first) in diagrams.LIFE_CYCLES.items() for status in first}
    rows = await Change.objects().where(Change.subject.is_in([t.lower() for t in diagrams.LIFE_CYCLES]))
    made = {(row.subject, row.source, row.target, row.by) for row in rows}
    return sorted(one for one in made if one not in drawn and one[:3] not in births)  # type: ignore[misc]
