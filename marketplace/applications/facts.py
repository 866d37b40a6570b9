"""What the rules look at in somebody who applies."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from marketplace import db
from marketplace.accounts.tables import Account
from marketplace.applications.lifecycle import HOLDS_PLACE, LIVE, Status
from marketplace.applications.policies import Person
from marketplace.applications.queries import CURRENT, OF_VOLUNTEER
from marketplace.applications.tables import Application
from marketplace.consents import queries as consents
from marketplace.lifecycle import in_sql
from marketplace.missions.policies import is_full
from marketplace.missions.tables import Slot
from marketplace.volunteers import queries as volunteers
from marketplace.volunteers.tables import Volunteer


async def people(
    account: Account, volunteer: Volunteer | None, slots: Sequence[Slot], now: datetime
) -> Mapping[int, Person]:
    """Somebody as each of these slots sees them, by the slot's id: as many queries for many slots as for one.

    `volunteer` is the one the account is, if it is one.
    """
    if not slots:
        return {}
    volunteer_id, missions = volunteer.id if volunteer else 0, {slot.mission for slot in slots}
    anywhere = Person(
        born_on=await volunteers.birth_date(volunteer_id),
        places_held=await _places_held(volunteer_id, now),
        consents_asked=await consents.asked_count(volunteer_id),
    )
    own, declined = await _own_missions(account.id, missions), await _declined(volunteer_id, missions)
    live, refused = await _live_slots(volunteer_id, slots), await consents.refusals(volunteer_id, missions)
    unticked = await consents.refused_lines(volunteer_id, [slot.id for slot in slots])
    return {
        slot.id: replace(
            anywhere,
            is_member=slot.mission in own,
            has_live=_stands(live.get(slot.id), slot),
            declined_at=declined.get(slot.mission),
            guardian_refused_at=_later(refused.get(slot.mission), unticked.get(slot.id)),
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


async def _own_missions(account_id: int, missions: Collection[int]) -> set[int]:
    """Those of an association this account belongs to."""
    rows = await db.fetch(
        f"""SELECT m.id FROM mission m JOIN membership b ON b.association = m.association
        WHERE b.account = {{}} AND m.id IN ({_marks(missions)})""",  # noqa: S608 - only braces
        account_id,
        *missions,
    )
    return {row["id"] for row in rows}


async def _declined(volunteer_id: int, missions: Collection[int]) -> dict[int, datetime]:
    """When each of these missions last said no."""
    rows = await db.fetch(
        f"""SELECT s.mission, a.status_at FROM application a JOIN slot s ON s.id = a.slot
        WHERE a.volunteer = {{}} AND a.status = 'declined' AND s.mission IN ({_marks(missions)})
        ORDER BY a.status_at""",  # noqa: S608 - only braces
        volunteer_id,
        *missions,
    )
    return {row["mission"]: row["status_at"] for row in rows}


def _marks(values: Collection[int]) -> str:
    return ", ".join(["{}"] * len(values))


async def _places_held(volunteer_id: int, now: datetime) -> int:
    rows = await db.fetch(
        f"SELECT count(*) AS held {OF_VOLUNTEER} AND a.status IN {in_sql(HOLDS_PLACE)} AND {CURRENT}",
        volunteer_id,
        now,
    )
    return int(rows[0]["held"])
