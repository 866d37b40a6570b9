"""Reading the queue, a file, and what was decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from marketplace import db
from marketplace.associations.tables import Association
from marketplace.errors import NotFound
from marketplace.missions.queries import MissionView, full_mission
from marketplace.moderation.lifecycle import ABOUT_ASSOCIATIONS, Act, Pile
from marketplace.web.ids import may_be_public_id

COUNT_CAP = 1000  # above, « plus de 1 000 »

_WAITING: dict[Pile, str] = {
    Pile.ASSOCIATIONS: "FROM association WHERE status = 'submitted'",
    Pile.MISSIONS: """FROM mission m JOIN association a ON a.id = m.association
        WHERE m.status = 'submitted' AND a.status = 'verified'""",
    Pile.MINORS: """FROM mission m JOIN association a ON a.id = m.association
        WHERE m.minors = 'requested' AND m.status IN ('published', 'paused') AND a.status = 'verified'""",
    # one row per association: its first such mission, and when it was paused
    Pile.SILENT: """FROM mission m JOIN association a ON a.id = m.association
        JOIN journal j ON j.id = (SELECT max(p.id) FROM journal p
            WHERE p.subject = 'mission' AND p.row_id = m.id AND p.target = 'paused')
        WHERE m.paused_because = 'silent' AND a.status = 'verified' AND NOT EXISTS (SELECT 1 FROM mission o
            WHERE o.association = m.association AND o.paused_because = 'silent' AND o.id < m.id)
        AND NOT EXISTS (SELECT 1 FROM decision d
            WHERE d.association = a.id AND d.act = 'note_silence' AND d.created_at >= j.at)""",
}
_COLUMNS: dict[Pile, str] = {
    Pile.ASSOCIATIONS: "public_id, name AS title, name AS by_name, department, submitted_at AS since",
    Pile.MISSIONS: "m.public_id, m.title, a.name AS by_name, m.department, m.submitted_at AS since",
    Pile.MINORS: "m.public_id, m.title, a.name AS by_name, m.department, m.published_at AS since",
    Pile.SILENT: "a.public_id, a.name AS title, a.name AS by_name, a.department, j.at AS since",
}
_SINCE: dict[Pile, str] = {
    Pile.ASSOCIATIONS: "submitted_at, id",
    Pile.MISSIONS: "m.submitted_at, m.id",
    Pile.MINORS: "m.published_at, m.id",
    Pile.SILENT: "j.at, j.id",
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file of the queue."""

    pile: Pile
    public_id: str
    title: str
    association_name: str
    department: str
    since: datetime

    @property
    def is_association(self) -> bool:
        """Whether the file is an association's, else a mission's."""
        return self.pile in ABOUT_ASSOCIATIONS


@dataclass(frozen=True, slots=True)
class PastDecision:
    """A decision as it is told; `note` is '' once erased. `moderator` is for moderators only."""

    public_id: str
    act: Act
    reason: str  # a key of vocabulary.reasons.MODERATION_REASONS, or ''
    note: str
    moderator: str
    created_at: datetime


async def waiting(piles: Sequence[Pile], limit: int = 30) -> list[Waiting]:
    """The oldest files of these piles."""
    found = [item for pile in piles for item in await _pile(pile, limit)]
    return sorted(found, key=lambda item: item.since)[:limit]


async def count(pile: Pile) -> int:
    """How many files wait; COUNT_CAP + 1 when there are more than COUNT_CAP."""
    rows = await db.fetch(
        f"SELECT COUNT(*) AS n FROM (SELECT 1 {_WAITING[pile]} LIMIT {COUNT_CAP + 1}) AS capped"  # noqa: S608
    )
    return int(rows[0]["n"])


async def is_silent(association_id: int) -> bool:
    """Whether an association is in the pile of the silent ones."""
    rows = await db.fetch(
        f"SELECT 1 AS one {_WAITING[Pile.SILENT]} AND a.id = {{}}",
        association_id,
    )
    return bool(rows)


async def association_file(public_id: str) -> Association:
    """An association that was sent to moderators at least once.

    Raises:
        NotFound: a draft is its authors' own.
    """
    association = await Association.objects().get(Association.public_id == public_id)
    if association is None or association.submitted_at is None:
        raise NotFound
    return association


async def mission_file(public_id: str, now: datetime) -> MissionView:
    """A mission that was sent to moderators at least once.

    Raises:
        NotFound: a draft is its authors' own.
    """
    view = await full_mission(public_id, now)
    if view.mission.submitted_at is None:
        raise NotFound
    return view


async def namesakes(association: Association) -> list[str]:
    """Other associations, not closed, that give the same number."""
    rows = await db.fetch(
        """SELECT name FROM association WHERE id <> {} AND status NOT IN ('draft', 'closed')
        AND ((rna <> '' AND rna = {}) OR (siret <> '' AND siret = {})) ORDER BY id LIMIT 10""",
        association.id, association.rna, association.siret,
    )  # fmt: skip
    return [row["name"] for row in rows]


async def belongs(email: str, association_id: int) -> bool:
    """Whether the public account of this address is a member."""
    rows = await db.fetch(
        """SELECT 1 AS one FROM membership m JOIN account a ON a.id = m.account
        WHERE a.email = {} AND m.association = {}""",
        email, association_id,
    )  # fmt: skip
    return bool(rows)


async def decisions(
    *, association_id: int | None = None, mission_id: int | None = None, limit: int = 20
) -> list[PastDecision]:
    """What was decided about an association or about a mission, newest first."""
    column, key = ("association", association_id) if mission_id is None else ("mission", mission_id)
    return await _decisions(f"d.{column} = {{}}", key, limit)


async def decision(public_id: str, moderator_id: int) -> PastDecision | None:
    """A moderator's own decision, named in a query string: None for any other text."""
    if not may_be_public_id(public_id):
        return None
    own = f"d.moderator = {moderator_id:d} AND d.public_id = {{}}"
    return next(iter(await _decisions(own, public_id, 1)), None)


async def _decisions(condition: str, key: object, limit: int) -> list[PastDecision]:
    rows = await db.fetch(
        f"""SELECT d.public_id, d.act, d.reason, n.note, m.username, d.created_at FROM decision d
        JOIN moderator m ON m.id = d.moderator LEFT JOIN decision_note n ON n.decision = d.id
        WHERE {condition} ORDER BY d.id DESC LIMIT {{}}""",  # noqa: S608
        key,
        limit,
    )
    return [_past(row) for row in rows]


def _past(row: Mapping[str, Any]) -> PastDecision:
    return PastDecision(
        public_id=row["public_id"],
        act=Act(row["act"]),
        reason=row["reason"],
        note=row["note"] or "",
        moderator=row["username"],
        created_at=row["created_at"],
    )


async def _pile(pile: Pile, limit: int) -> list[Waiting]:
    rows = await db.fetch(
        f"SELECT {_COLUMNS[pile]} {_WAITING[pile]} ORDER BY {_SINCE[pile]} LIMIT {{}}",
        limit,
    )
    return [
        Waiting(pile, row["public_id"], row["title"], row["by_name"], row["department"], row["since"])
        for row in rows
    ]
