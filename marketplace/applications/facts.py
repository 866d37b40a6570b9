"""What the rules look at in somebody who applies."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from marketplace import db
from marketplace.accounts.tables import Account
from marketplace.applications.lifecycle import HOLDS_PLACE, LIVE, Status
from marketplace.applications.policies import Person
from marketplace.applications.tables import Application
from marketplace.consents import queries as consents
from marketplace.lifecycle import in_sql
from marketplace.missions.lifecycle import OVER
from marketplace.missions.policies import is_full
from marketplace.missions.tables import Slot
from marketplace.volunteers import queries as volunteers
from marketplace.volunteers.tables import Volunteer


async def people(
    account: Account, volunteer: Volunteer | None, slots: Sequence[Slot], now: datetime
) -> Mapping[int, Person]:
    """Somebody as each of these slots of one mission sees them, by the slot's id.

    `volunteer` is the one the account is, if it is one.
    """
    if not slots:
        return {}
    volunteer_id, mission_id = volunteer.id if volunteer else 0, slots[0].mission
    live = await _live_slots(volunteer_id, slots)
    refused = await consents.refused_lines(volunteer_id, [slot.id for slot in slots])
    anywhere = Person(
        born_on=await volunteers.birth_date(volunteer_id),
        is_member=await _is_member(account.id, mission_id),
        places_held=await _places_held(volunteer_id, now),
        consents_asked=await consents.asked_count(volunteer_id),
        declined_at=await _last_declined(volunteer_id, mission_id),
        guardian_refused_at=await consents.last_refusal(volunteer_id, mission_id),
    )
    return {
        slot.id: replace(
            anywhere,
            has_live=_stands(live.get(slot.id), slot),
            guardian_refused_at=_later(anywhere.guardian_refused_at, refused.get(slot.id)),
        )
        for slot in slots
    }


async def person(account: Account, volunteer: Volunteer | None, slot: Slot, now: datetime) -> Person:
    """The same for one slot."""
    return (await people(account, volunteer, [slot], now))[slot.id]


def _stands(status: str | None, slot: Slot) -> bool:
    """Whether a live application stops another: not one that waits beside a free place, which follows."""
    return status is not None and (status != Status.WAITING or is_full(slot))


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return max(filter(None, (one, other)), default=None)


async def _live_slots(volunteer_id: int, slots: Sequence[Slot]) -> dict[int, str]:
    rows = await Application.select(Application.slot, Application.status).where(
        (Application.volunteer == volunteer_id)
        & Application.slot.is_in([slot.id for slot in slots])
        & Application.status.is_in(list(LIVE))
    )
    return {row["slot"]: row["status"] for row in rows}


async def _is_member(account_id: int, mission_id: int) -> bool:
    rows = await db.fetch(
        """SELECT 1 AS one FROM mission m JOIN membership b ON b.association = m.association
        WHERE m.id = {} AND b.account = {}""",
        mission_id,
        account_id,
    )
    return bool(rows)


async def _places_held(volunteer_id: int, now: datetime) -> int:
    rows = await db.fetch(
        f"""SELECT count(*) AS held FROM application a
        JOIN slot s ON s.id = a.slot JOIN mission m ON m.id = s.mission
        WHERE a.volunteer = {{}} AND a.status IN {in_sql(HOLDS_PLACE)}
        AND (s.ends_at IS NULL OR s.ends_at > {{}}) AND m.status NOT IN {in_sql(OVER)}""",  # noqa: S608 - our own constants
        volunteer_id,
        now,
    )
    return int(rows[0]["held"])


async def _last_declined(volunteer_id: int, mission_id: int) -> datetime | None:
    rows = await db.fetch(
        """SELECT a.status_at FROM application a JOIN slot s ON s.id = a.slot
        WHERE a.volunteer = {} AND s.mission = {} AND a.status = 'declined'
        ORDER BY a.status_at DESC LIMIT 1""",
        volunteer_id,
        mission_id,
    )
    return rows[0]["status_at"] if rows else None
