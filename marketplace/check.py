"""Proves the invariants on any database, by recounting: it repairs nothing."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from marketplace import db
from marketplace.applications import checks as applications
from marketplace.discovery import checks as discovery
from marketplace.web.clock import now

# Said again on purpose: a proof does not believe the code it is about.
HOLDS_PLACE = "('unconfirmed', 'awaiting_consent', 'pending', 'accepted', 'offered')"
LIVE = "('unconfirmed', 'awaiting_consent', 'pending', 'accepted', 'offered', 'waiting')"


@dataclass(frozen=True, slots=True)
class Invariant:
    """What must be true, and the query or function that finds the rows where it is not (ids, at most 20)."""

    says: str
    counter_examples: str | Callable[[datetime], Awaitable[list[int]]]


INVARIANTS = [
    Invariant(
        "places taken are between 0 and the slot's places",
        "SELECT id FROM slot WHERE places_taken < 0 OR places_taken > places",
    ),
    Invariant(
        "places taken are those of the applications that hold one",
        f"""SELECT s.id FROM slot s WHERE s.places_taken <> (SELECT count(*) FROM application a
            WHERE a.slot = s.id AND a.status IN {HOLDS_PLACE})""",
    ),
    Invariant(
        "no accepted minor lacks a given consent for the slot",
        """SELECT a.id FROM application a WHERE a.status = 'accepted' AND a.is_minor
            AND a.came_of_age_at IS NULL AND NOT EXISTS (SELECT 1 FROM consent_line l
                WHERE l.slot = a.slot AND l.volunteer = a.volunteer AND l.status = 'given')""",
    ),
    Invariant(
        "one live application per volunteer and slot",
        f"""SELECT min(id) AS id FROM application WHERE status IN {LIVE} AND volunteer IS NOT NULL
            GROUP BY slot, volunteer HAVING count(*) > 1""",
    ),
    Invariant(
        "only an unconfirmed application is nobody's, and somebody may confirm it",
        """SELECT a.id FROM application a LEFT JOIN applicant p ON p.id = a.applicant
            WHERE (a.status = 'unconfirmed') <> (a.volunteer IS NULL)
            OR (a.status = 'unconfirmed') <> (p.id IS NOT NULL)""",
    ),
    Invariant(
        "a consent's lines are its own minor's",
        """SELECT l.id FROM consent_line l JOIN consent c ON c.id = l.consent
            WHERE l.volunteer <> c.volunteer""",
    ),
    Invariant(
        "an application that awaits a guardian has a request that is open",
        """SELECT a.id FROM application a WHERE a.status = 'awaiting_consent' AND NOT EXISTS (
            SELECT 1 FROM consent_line l WHERE l.slot = a.slot AND l.volunteer = a.volunteer
            AND l.status = 'asked')""",
    ),
    Invariant(
        "a mission shown to the public has a slot",
        """SELECT id FROM mission m WHERE status IN ('published', 'paused')
            AND NOT EXISTS (SELECT 1 FROM slot s WHERE s.mission = m.id)""",
    ),
    Invariant(
        "a mission has dates, or one slot without any",
        """SELECT s.mission AS id FROM slot s WHERE s.starts_at IS NULL AND EXISTS (
            SELECT 1 FROM slot o WHERE o.mission = s.mission AND o.id <> s.id)""",
    ),
    Invariant(
        "nobody is left in a cancelled slot",
        f"""SELECT a.id FROM application a JOIN slot s ON s.id = a.slot
            WHERE s.cancelled_at IS NOT NULL AND a.status IN {LIVE}""",
    ),
    Invariant(
        "a mission open to minors has no exposure that forbids it",
        "SELECT id FROM mission WHERE minors = 'open' AND contact_level NOT IN ('none', 'group')",
    ),
    Invariant(
        "an association that is not closed has an owner",
        """SELECT id FROM association a WHERE status <> 'closed' AND NOT EXISTS (
            SELECT 1 FROM membership m WHERE m.association = a.id AND m.role = 'owner')""",
    ),
    Invariant(
        "a birth date is kept of no adult who attested it",
        """SELECT b.id FROM birth_date b JOIN volunteer v ON v.id = b.volunteer
            JOIN account a ON a.id = v.account WHERE a.adult_attested_on IS NOT NULL""",
    ),
    Invariant(
        "a mission that was published is in the search index",
        """SELECT m.id FROM mission m WHERE m.published_at IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM mission_search r WHERE r.mission = m.id)""",
    ),
    Invariant(
        "the search index knows the places and dates of its missions", lambda _: discovery.wrong_counts()
    ),
    Invariant("the search index holds its missions' texts", lambda _: discovery.wrong_texts()),
    Invariant("nobody who may come waits beside a place that could be offered", applications.passed_over),
    Invariant(
        "a place is offered once to an application",
        """SELECT min(id) AS id FROM journal WHERE subject = 'application' AND target = 'offered'
            GROUP BY row_id HAVING count(*) > 1""",
    ),
    Invariant(
        "what awaits an answer knows until when",
        """SELECT id FROM application WHERE answer_by IS NULL
            AND status IN ('unconfirmed', 'awaiting_consent', 'pending', 'offered')""",
    ),
    Invariant(
        "no minor reaches the association without a given consent for the slot",
        """SELECT a.id FROM application a WHERE a.status = 'pending' AND a.is_minor
            AND a.came_of_age_at IS NULL AND NOT EXISTS (SELECT 1 FROM consent_line l
                WHERE l.slot = a.slot AND l.volunteer = a.volunteer AND l.status = 'given')""",
    ),
    Invariant(
        "an open line is of a live application",
        f"""SELECT l.id FROM consent_line l WHERE l.status IN ('asked', 'given') AND NOT EXISTS (
            SELECT 1 FROM application a WHERE a.slot = l.slot AND a.volunteer = l.volunteer
            AND a.status IN {LIVE})""",
    ),
    Invariant(
        "a consent that is open has a line that is",
        """SELECT c.id FROM consent c WHERE c.status IN ('asked', 'given') AND NOT EXISTS (
            SELECT 1 FROM consent_line l WHERE l.consent = c.id AND l.status = c.status)""",
    ),
]


async def broken(at: datetime | None = None) -> dict[str, list[int]]:
    """The invariants that do not hold at an instant (None: now), with some of the rows that show it."""
    found = {}
    for invariant in INVARIANTS:
        if ids := await _ids(invariant.counter_examples, at or now()):
            found[invariant.says] = ids
    return found


async def _ids(counter_examples: str | Callable[[datetime], Awaitable[list[int]]], at: datetime) -> list[int]:
    if not isinstance(counter_examples, str):
        return await counter_examples(at)
    return [row["id"] for row in await db.fetch(f"{counter_examples} LIMIT 20")]


async def report() -> int:
    """Print a line per invariant; how many are broken."""
    found = await broken()
    for invariant in INVARIANTS:
        ids = found.get(invariant.says)
        print(f"BROKEN  {invariant.says}: rows {ids}" if ids else f"ok      {invariant.says}")
    return len(found)
