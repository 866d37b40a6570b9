"""For each job of the schedule, a database in which it has something to do, and the instant it is due."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from marketplace import db
from marketplace.applications.lifecycle import Status
from marketplace.applications.tables import Silence
from marketplace.discovery import actions as discovery
from marketplace.lifecycle import By, note
from marketplace.missions.tables import Mission
from marketplace.web.clock import paris_day
from tests import make
from tests.clock import housekeeping
from tests.make import NOW, after

World = Callable[[], Awaitable[datetime]]
OPEN_TO_MINORS: dict[str, Any] = {"minors": "open", "contact_level": "none", "exposures": []}


async def volunteers_wait(mission: Mission, *emails: str) -> None:
    for email in emails:
        await make.application(mission, await make.volunteer(email=email), status=Status.WAITING)


async def unconfirmed() -> datetime:
    for number in range(2):
        mission = await make.mission(places=1)
        await make.application(mission, status=Status.UNCONFIRMED)
        await volunteers_wait(mission, f"first{number}@example.org", f"second{number}@example.org")
    return after(minutes=30)


async def unanswered() -> datetime:
    """Two nobody answered, an offer nobody took, a list whose slot is about to begin; others wait."""
    mission = await make.mission(places=3)
    for email in ("a@example.org", "b@example.org"):
        await make.application(mission, await make.volunteer(email=email))
    asleep = await make.volunteer(email="asleep@example.org")
    await make.application(mission, asleep, status=Status.OFFERED, status_at=after(days=5))
    await volunteers_wait(mission, "c@example.org", "d@example.org")
    begins = await make.mission(places=1, starts_at=after(days=7, hours=1))
    await make.application(begins, status=Status.ACCEPTED)
    await volunteers_wait(begins, "e@example.org")
    return after(days=7)


async def pending() -> datetime:
    """One since three days, one since six; a meeting is planned with another."""
    mission = await make.mission(places=5)
    await make.application(mission, await make.volunteer(first_name="Ana"), status_at=after(days=3))
    await make.application(mission, await make.volunteer(first_name="Bo"))
    met = await make.volunteer(first_name="Cy")
    meets: dict[str, Any] = {"meeting_on": paris_day(after(days=8)), "answer_by": after(days=10)}
    await make.application(mission, met, status_at=NOW, **meets)
    return after(days=6)


async def free_places() -> datetime:
    mission = await make.mission(places=1)
    await make.application(mission, status=Status.ACCEPTED)
    await volunteers_wait(mission, "a@example.org", "b@example.org", "c@example.org")
    await db.fetch("UPDATE slot SET places = 3 WHERE mission = {} RETURNING id", mission.id)  # by no action
    return NOW


async def silent_guardian() -> datetime:
    mission = await make.mission(places=1, **OPEN_TO_MINORS)
    slot = await make.only_slot(mission)
    minor = await make.volunteer(age=16, email="minor@example.org")
    await make.consent(minor, slot, status="asked")
    await make.application(slot, minor, status=Status.AWAITING_CONSENT)
    await volunteers_wait(mission, "next@example.org")
    return after(days=7)


async def suspended() -> datetime:
    association = await make.association(status="suspended")
    await note("association", association.id, "verified", "suspended", By.MODERATOR, NOW)
    mission = await make.mission(association=association, starts_at=after(days=2))
    await make.application(mission, await make.volunteer(email="a@example.org"), status=Status.ACCEPTED)
    return after(days=2) - timedelta(hours=2)


async def silent_association() -> datetime:
    association = await make.association()
    for days in (1, 2, 3):
        await Silence(association=association.id, on_day=paris_day(NOW - timedelta(days=days))).save()
    for _ in range(2):
        await make.mission(association=association)
    return NOW


async def insured() -> datetime:
    """One to warn for the first time, one for the second."""
    await make.association(insured_until=paris_day(after(days=30)))
    await make.association(insured_until=paris_day(after(days=7)), insurance_warned_at=after(days=-23))
    return NOW


async def old_missions() -> datetime:
    """One to ask about, one to pause."""
    await make.mission(published_at=after(days=-91), stands_at=after(days=-91))
    old: dict[str, Any] = {"published_at": after(days=-200), "stands_at": after(days=-200)}
    await make.mission(stands_asked_at=after(days=-14), **old)
    return NOW


async def accepted(starts_at: datetime) -> None:
    """Two adults, and a minor whose parent agreed."""
    mission = await make.mission(places=3, starts_at=starts_at, **OPEN_TO_MINORS)
    people = [await make.volunteer(email=f"{name}@example.org") for name in ("a", "b")]
    people.append(await make.volunteer(age=16, email="minor@example.org"))
    for person in people:
        await make.application(mission, person, status=Status.ACCEPTED)


async def in_two_days() -> datetime:
    await accepted(after(days=5))
    return after(days=3)


async def tomorrow() -> datetime:
    await accepted(after(days=5))
    return after(days=4)


async def yesterday() -> datetime:
    await accepted(after(days=5))
    return after(days=6, hours=2)


async def saved_search() -> datetime:
    await make.saved_search(account=await make.account(email="a@example.org"))
    await make.saved_search(email="b@example.org", frequency="weekly", next_due_at=after(days=1))
    await make.mission(published_at=after(hours=2))
    await discovery.sweep(after(hours=2))
    return after(days=1)


WORLDS: dict[str, World] = {
    "deliver e-mails": housekeeping.mails,
    "index what changed": housekeeping.changed_missions,
    "drop unconfirmed applications": unconfirmed,
    "end late applications": unanswered,
    "remind associations": pending,
    "offer free places": free_places,
    "forget silences": housekeeping.silences,
    "end unanswered consent requests": silent_guardian,
    "cancel dates of suspended associations": suspended,
    "pause silent associations": silent_association,
    "warn that insurances end": insured,
    "ask whether missions stand": old_missions,
    "ask who comes": in_two_days,
    "remind of tomorrow": tomorrow,
    "ask for attendance": yesterday,
    "ask how it went": yesterday,
    "forget favourites of missions over": housekeeping.favourites,
    "mail saved searches": saved_search,
    "forget unconfirmed saved searches": housekeeping.unconfirmed_search,
    "count open missions": housekeeping.open_missions,
    "compute statistics": housekeeping.answered,
    "forget old invitations": housekeeping.invitations,
    "forget old e-mails": housekeeping.old_mails,
    "forget old sessions": housekeeping.sessions,
    "forget old staff sessions": housekeeping.staff_sessions,
    "forget old attempts": housekeeping.attempts,
    "forget sent forms": housekeeping.sent_forms,
}
