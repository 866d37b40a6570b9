"""Who receives a message to everybody accepted in a mission, or on one of its dates: each person once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from marketplace import db
from marketplace.applications.queries import Candidacy, about_all
from marketplace.applications.tables import Application
from marketplace.messages.policies import closes_at, once_each
from marketplace.missions.policies import slot_key
from marketplace.missions.tables import Mission, Slot

TO_COME = "a-venir"


@dataclass(frozen=True, slots=True)
class Group:
    """People one message may go to, by the application in whose thread each receives it."""

    key: str
    slot: Slot | None  # None: every date to come
    applications: Sequence[int]
    minors: int  # among them


async def groups(mission: Mission, slots: Sequence[Slot], now: datetime) -> list[Group]:
    """Everybody of the dates to come where there are several, then each date, soonest first.

    A date is there while its threads are open and somebody is accepted; somebody with several dates to
    come receives one message, in the thread of the first.
    """
    accepted, minors = await _accepted(mission.id)

    def group(key: str, slot: Slot | None, rows: Iterable[tuple[int, int]]) -> Group:
        people = once_each(rows)
        return Group(key, slot, people, len(minors.intersection(people)))

    dates = [
        group(slot_key(slot), slot, accepted[slot.id])
        for slot in slots
        if slot.id in accepted and not _is_closed(slot, mission, now)
    ]
    coming = [one.slot for one in dates if one.slot and (one.slot.ends_at is None or one.slot.ends_at > now)]
    if len(coming) < 2:
        return dates
    return [group(TO_COME, None, (row for slot in coming for row in accepted[slot.id])), *dates]


async def candidacies(application_ids: Sequence[int]) -> list[Candidacy]:
    """These applications with whose they are, in their order."""
    rows = await Application.objects().where(Application.id.is_in(list(application_ids)))
    by_id = {row.id: row for row in rows}
    return await about_all([by_id[one] for one in application_ids])


async def last_to_all(mission_id: int, account_id: int) -> tuple[int, datetime] | None:
    """How many people received the last message this account wrote to everybody, and when."""
    rows = await db.fetch(
        """SELECT count(*) AS people, m.sent_at FROM message m JOIN application a ON a.id = m.application
        JOIN slot s ON s.id = a.slot WHERE s.mission = {} AND m.author = {} AND m.to_all
        GROUP BY m.sent_at ORDER BY m.sent_at DESC LIMIT 1""",
        mission_id,
        account_id,
    )
    return (int(rows[0]["people"]), rows[0]["sent_at"]) if rows else None


def _is_closed(slot: Slot, mission: Mission, now: datetime) -> bool:
    closes = closes_at(slot, mission)
    return closes is not None and closes <= now


async def _accepted(mission_id: int) -> tuple[dict[int, list[tuple[int, int]]], set[int]]:
    """(application, volunteer) by slot, of the people who still have an account; which are minors'."""
    rows = await db.fetch(
        """SELECT a.id, a.volunteer, a.slot, a.is_minor AND a.came_of_age_at IS NULL AS minor
        FROM application a JOIN slot s ON s.id = a.slot JOIN volunteer v ON v.id = a.volunteer
        WHERE s.mission = {} AND a.status = 'accepted' AND v.account IS NOT NULL ORDER BY a.id""",
        mission_id,
    )
    found: dict[int, list[tuple[int, int]]] = {}
    for row in rows:
        found.setdefault(row["slot"], []).append((row["id"], row["volunteer"]))
    return found, {row["id"] for row in rows if row["minor"]}
