"""Reading who is behind the dates of a mission."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from marketplace import db
from marketplace.applications.reminders import Mail


@dataclass(frozen=True, slots=True)
class People:
    """How many people a slot concerns, each once."""

    accepted: int = 0
    asking: int = 0  # pending, awaiting a guardian, or offered a place
    waiting: int = 0  # on the list

    @property
    def all(self) -> int:
        """Everybody who would hear that it is cancelled."""
        return self.accepted + self.asking + self.waiting


async def people_by_slot(mission_id: int) -> Mapping[int, People]:
    """Who is behind each slot of a mission; a slot without anybody counts none."""
    rows = await db.fetch(
        """SELECT a.slot, a.status, count(*) AS people FROM application a JOIN slot s ON s.id = a.slot
        WHERE s.mission = {} AND a.status IN ('awaiting_consent', 'pending', 'accepted', 'waiting', 'offered')
        GROUP BY a.slot, a.status""",
        mission_id,
    )
    counts: dict[int, dict[str, int]] = defaultdict(lambda: dict.fromkeys(("accepted", "waiting", ""), 0))
    for row in rows:
        status = row["status"] if row["status"] in ("accepted", "waiting") else ""
        counts[row["slot"]][status] += row["people"]
    found = {slot: People(each["accepted"], each[""], each["waiting"]) for slot, each in counts.items()}
    return defaultdict(People, found)


async def accepted_by_slot(mission_id: int) -> Mapping[int, int]:
    """How many people are accepted for each slot of a mission; a slot without anybody is not there."""
    people = await people_by_slot(mission_id)
    return {slot: each.accepted for slot, each in people.items() if each.accepted}


async def unanswered(mission_id: int) -> int:
    """How many different people nobody accepted would hear that the mission is over."""
    rows = await db.fetch(
        """SELECT count(DISTINCT a.volunteer) AS people FROM application a JOIN slot s ON s.id = a.slot
        WHERE s.mission = {} AND a.status IN ('awaiting_consent', 'pending', 'waiting', 'offered')""",
        mission_id,
    )
    return int(rows[0]["people"])


async def to_ask(mission_id: int) -> int:
    """How many people of a mission without dates would be asked how it went."""
    rows = await db.fetch(
        """SELECT count(*) AS people FROM application a JOIN slot s ON s.id = a.slot
        JOIN volunteer v ON v.id = a.volunteer AND v.account IS NOT NULL
        WHERE s.mission = {} AND s.ends_at IS NULL AND a.status = 'accepted'
        AND (a.attendance IS NULL OR a.attendance = 'present')
        AND NOT EXISTS (SELECT 1 FROM reminder r WHERE r.application = a.id AND r.kind = {})""",
        mission_id,
        Mail.FEEDBACK.value,
    )
    return int(rows[0]["people"])


async def people_behind(slot_ids: Collection[int]) -> int:
    """How many different people would hear that these slots are cancelled."""
    if not slot_ids:
        return 0
    marks = ", ".join(["{}"] * len(slot_ids))
    rows = await db.fetch(
        f"""SELECT count(DISTINCT volunteer) AS people FROM application WHERE slot IN ({marks})
        AND status IN ('awaiting_consent', 'pending', 'accepted', 'waiting', 'offered')""",  # noqa: S608
        *slot_ids,
    )
    return int(rows[0]["people"])
