"""Reading who was accepted for a slot, and which slots await to be noted."""

from dataclasses import dataclass
from datetime import datetime

from marketplace import db
from marketplace.applications import policies, queries
from marketplace.applications.lifecycle import Status
from marketplace.applications.queries import Candidacy
from marketplace.applications.reminders import Mail
from marketplace.applications.tables import Application
from marketplace.errors import NotFound
from marketplace.lifecycle import in_sql
from marketplace.missions.lifecycle import OVER
from marketplace.missions.policies import slot_key
from marketplace.missions.queries import slots_of
from marketplace.missions.tables import Mission, Slot
from marketplace.web import pagination

PER_PAGE = 150  # a form holds 500 fields at most, and a slot 500 people


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody accepted for a slot, as the association may see them."""

    public_id: str
    first_name: str  # '' once the account is erased
    family_name: str  # '' where it may not be seen
    is_minor: bool
    coming_at: datetime | None
    attendance: str | None
    minutes: int | None


@dataclass(frozen=True, slots=True)
class UnnotedSlot:
    """A slot whose attendance the association is to be asked for, and the application that remembers it."""

    id: int
    mission: int
    application: str  # its public id


async def slot_named(mission: Mission, key: str) -> Slot:
    """The slot of this key (see missions.policies.slot_key); of two, the one that is not cancelled.

    Raises:
        NotFound: there is none.
    """
    named = [slot for slot in await slots_of(mission.id) if slot_key(slot) == key]
    standing = [slot for slot in named if slot.cancelled_at is None]
    if not named:
        raise NotFound
    return (standing or named)[0]


async def attendees(slot: Slot, after: str, now: datetime) -> pagination.Page[Attendee]:
    """A page of the people accepted for a slot, in the order they applied, after the one of this name."""
    rows = (
        await Application.objects()
        .where(
            (Application.slot == slot.id)
            & (Application.status == Status.ACCEPTED)
            & (Application.id > await _number_of(after))
        )
        .order_by(Application.id)
        .limit(PER_PAGE + 1)
    )
    people = [_attendee(found, now) for found in await queries.about_all(rows)]
    return pagination.cut(people, lambda one: one.public_id, PER_PAGE)


async def over_at(mission: Mission) -> datetime | None:
    """When the mission was finished or cancelled; None while it is neither."""
    if mission.status not in OVER:
        return None
    rows = await db.fetch(
        f"""SELECT at FROM journal WHERE subject = 'mission' AND row_id = {{}}
        AND target IN {in_sql(OVER)} ORDER BY at DESC LIMIT 1""",  # noqa: S608 - our own constants
        mission.id,
    )
    return rows[0]["at"] if rows else None


async def unnoted(ended_after: datetime, ended_until: datetime, only: int | None = None) -> list[UnnotedSlot]:
    """Slots that ended in this span, where somebody is not noted, and nobody was asked. `only`: no other."""
    rows = await db.fetch(
        """SELECT s.id, s.mission, min(a.public_id) AS application FROM slot s
        JOIN application a ON a.slot = s.id AND a.status = 'accepted' AND a.attendance IS NULL
        JOIN mission m ON m.id = s.mission JOIN association o ON o.id = m.association
        WHERE s.cancelled_at IS NULL AND s.ends_at > {} AND s.ends_at <= {} AND s.id = COALESCE({}, s.id)
        AND o.status = 'verified'
        AND NOT EXISTS (SELECT 1 FROM application b JOIN reminder r ON r.application = b.id
            WHERE b.slot = s.id AND r.kind = {})
        GROUP BY s.id, s.mission ORDER BY s.id""",
        ended_after,
        ended_until,
        only,
        Mail.ATTENDANCE.value,
    )
    return [UnnotedSlot(**row) for row in rows]


async def _number_of(public_id: str) -> int:
    row = await Application.objects().get(Application.public_id == public_id) if public_id else None
    return row.id if row else 0


def _attendee(found: Candidacy, now: datetime) -> Attendee:
    application, account = found.application, found.account
    shown = account is not None and policies.shows_identity(application, found.slot, found.mission, now)
    return Attendee(
        public_id=application.public_id,
        first_name=account.first_name if account else "",
        family_name=account.family_name if account and shown else "",
        is_minor=application.is_minor and application.came_of_age_at is None,
        coming_at=application.coming_at,
        attendance=application.attendance,
        minutes=application.minutes,
    )
