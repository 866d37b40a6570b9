"""What only the gathering pages read: counts, and one's own applications in one query."""

from dataclasses import dataclass
from datetime import datetime

from marketplace import db
from marketplace.applications.lifecycle import LIVE
from marketplace.missions.policies import APPLY_BEFORE
from marketplace.web.ids import ALPHABET, PUBLIC_ID_LENGTH

COUNT_CAP = 1000  # past it, a list says « plus de 1 000 »
MOST_APPLICATIONS = 100  # shown in one's space, newest first


@dataclass(frozen=True, slots=True)
class OwnApplication:
    """One of one's applications, with what it is about."""

    public_id: str
    status: str
    status_at: datetime
    mission_id: str  # public
    title: str
    association_name: str
    starts_at: datetime | None
    ends_at: datetime | None

    @property
    def is_live(self) -> bool:
        """Whether it still holds or awaits a place."""
        return self.status in LIVE


async def own_applications(account_id: int) -> list[OwnApplication]:
    """An account's applications, newest first."""
    rows = await db.fetch(
        """SELECT p.public_id, p.status, p.status_at, m.public_id AS mission_id, m.title,
            a.name AS association_name, s.starts_at, s.ends_at
        FROM volunteer v JOIN application p ON p.volunteer = v.id JOIN slot s ON s.id = p.slot
        JOIN mission m ON m.id = s.mission JOIN association a ON a.id = m.association
        WHERE v.account = {} ORDER BY p.created_at DESC, p.id DESC LIMIT {}""",
        account_id,
        MOST_APPLICATIONS,
    )
    return [OwnApplication(**row) for row in rows]


async def live_application(account_id: int, mission_id: int) -> str:
    """The public id of this account's live application for a mission, or ''."""
    live = ", ".join(f"'{status}'" for status in sorted(LIVE))
    rows = await db.fetch(
        f"""SELECT p.public_id FROM volunteer v JOIN application p ON p.volunteer = v.id
        JOIN slot s ON s.id = p.slot
        WHERE v.account = {{}} AND s.mission = {{}} AND p.status IN ({live}) ORDER BY p.id LIMIT 1""",  # noqa: S608 - our own constants
        account_id,
        mission_id,
    )
    return str(rows[0]["public_id"]) if rows else ""


async def to_answer(account_id: int) -> dict[int, int]:
    """Applications that await an answer, by association this account answers for."""
    rows = await db.fetch(
        """SELECT m.association, count(*) AS pending FROM membership b
        JOIN mission m ON m.association = b.association JOIN slot s ON s.mission = m.id
        JOIN application p ON p.slot = s.id AND p.status = 'pending'
        WHERE b.account = {} AND b.role IN ('owner', 'manager') GROUP BY m.association""",
        account_id,
    )
    return {row["association"]: row["pending"] for row in rows}


async def count_open(now: datetime) -> int:
    """How many missions one may apply to now; COUNT_CAP + 1 stands for more."""
    rows = await db.fetch(
        """SELECT count(*) AS open FROM (
            SELECT 1 FROM mission m JOIN association a ON a.id = m.association AND a.status = 'verified'
            WHERE m.status = 'published' AND EXISTS (SELECT 1 FROM slot s WHERE s.mission = m.id
                AND s.cancelled_at IS NULL AND s.places_taken < s.places
                AND (s.starts_at IS NULL OR s.starts_at > {}))
            LIMIT {}) AS found""",
        now + APPLY_BEFORE,
        COUNT_CAP + 1,
    )
    return int(rows[0]["open"])


async def known_cursor(public_id: str) -> str:
    """The cursor if it names a mission that was published, else '': a stale link shows the first page."""
    if not may_be_public_id(public_id):
        return ""
    rows = await db.fetch(
        "SELECT public_id FROM mission WHERE public_id = {} AND published_at IS NOT NULL", public_id
    )
    return public_id if rows else ""


def may_be_public_id(text: str) -> bool:
    """Whether it has the shape of a public id: PostgreSQL would break on a zero byte, say."""
    return len(text) == PUBLIC_ID_LENGTH and set(text) <= set(ALPHABET)
