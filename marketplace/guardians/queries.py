"""Reading the applications that a guardian decides about."""

from datetime import UTC, datetime

from marketplace import db
from marketplace.applications import queries as application_queries
from marketplace.applications.lifecycle import LIVE, Status
from marketplace.applications.policies import is_current
from marketplace.applications.queries import Candidacy
from marketplace.applications.tables import Application
from marketplace.consents import queries as consent_queries
from marketplace.consents.lifecycle import OPEN
from marketplace.consents.tables import Consent
from marketplace.guardians.policies import awaits

AT_ONCE = 200
NOT_ASKED_YET = frozenset({Status.WAITING, Status.OFFERED})
FAR = datetime.max.replace(tzinfo=UTC)  # undated slots come last


async def unanswered(now: datetime) -> list[Application]:
    """Minors' applications whose guardian's time has passed; those of a suspended association wait."""
    rows = await db.fetch(
        """SELECT a.id FROM application a JOIN slot s ON s.id = a.slot
        JOIN mission m ON m.id = s.mission JOIN association o ON o.id = m.association
        WHERE a.status = 'awaiting_consent' AND a.answer_by <= {} AND o.status = 'verified'
        ORDER BY a.answer_by, a.id LIMIT {}""",
        now,
        AT_ONCE,
    )
    ids = [row["id"] for row in rows]
    return (
        await Application.objects().where(Application.id.is_in(ids)).order_by(Application.id) if ids else []
    )


async def applications_of(consent: Consent) -> list[Candidacy]:
    """The newest application of each slot a consent is about, whatever became of it, in order of dates."""
    slots = [line.slot for line in await consent_queries.lines_of(consent.id)]
    its = (
        (Application.volunteer == consent.volunteer)
        & Application.slot.is_in(slots)
        & (Application.created_at <= consent.created_at)  # a later one may be another guardian's to follow
    )
    newest = {row.slot: row for row in await Application.objects().where(its).order_by(Application.id)}
    found = await application_queries.about_all(list(newest.values()))
    return sorted(found, key=lambda one: (one.slot.starts_at or FAR, one.slot.id))


async def candidacies(consent: Consent, now: datetime) -> list[Candidacy]:
    """The applications a consent moves: of its open lines, those that await it, and current ones.

    Attended ones stay; a slot whose line is closed may be another request's by now.
    """
    slots = [line.slot for line in await consent_queries.lines_of(consent.id) if line.status in OPEN]
    if not slots:
        return []
    rows = await Application.objects().where(
        (Application.volunteer == consent.volunteer)
        & Application.slot.is_in(slots)
        & Application.status.is_in(list(LIVE))
    )
    found = await application_queries.about_all(rows)
    return [
        one
        for one in found
        if awaits(one.application) or is_current(one.application, one.slot, one.mission, now)
    ]


async def on_lists(consent: Consent) -> list[Candidacy]:
    """Where else the minor waits, or is offered a place, in this mission: a no is about the mission."""
    live = await application_queries.live_of_mission(consent.mission)
    rows = [row for row in live if row.volunteer == consent.volunteer and row.status in NOT_ASKED_YET]
    return await application_queries.about_all(rows)
