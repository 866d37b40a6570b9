"""Reading messages: a thread, what a guardian may read, and what is unread."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from marketplace import db
from marketplace.accounts.policies import shown_name
from marketplace.applications import queries as applications
from marketplace.applications.policies import is_minor
from marketplace.applications.queries import Candidacy
from marketplace.applications.tables import Application
from marketplace.consents import queries as consents
from marketplace.consents.tables import Consent, Guardian
from marketplace.errors import Refusal
from marketplace.messages import policies
from marketplace.messages.errors import NotShownYet, OnHold, PersonLeft
from marketplace.messages.tables import Side

MOST_SHOWN = 200  # of a thread, the newest
# A member who has left, or whose account is erased, is "the team".
_SAID = """SELECT m.side, m.text, m.to_all, m.sent_at, m.read_at, w.first_name, w.family_name,
    b.id AS membership FROM message m JOIN application a ON a.id = m.application
    JOIN slot s ON s.id = a.slot JOIN mission o ON o.id = s.mission
    LEFT JOIN account w ON w.id = m.author
    LEFT JOIN membership b ON b.account = m.author AND b.association = o.association"""


@dataclass(frozen=True, slots=True)
class Said:
    """One message as both sides read it. `by`: a first name, « CHRIS N. », or '' once they have left."""

    side: str
    by: str
    text: str
    to_all: bool
    sent_at: datetime
    is_read: bool  # by the other side


@dataclass(frozen=True, slots=True)
class Unread:
    """How many messages await an account, by the public id of their application."""

    own: dict[str, int]  # written to the volunteer it is
    received: dict[str, int]  # written to the associations it answers for

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.own.values()) + sum(self.received.values())


async def thread(application_id: int) -> list[Said]:
    """The messages of an application, newest first. Only for who may read it."""
    return await _said("WHERE m.application = {}", application_id)


async def guarded_thread(consent: Consent) -> list[Said]:
    """What the association and the minor write to each other about what this consent covers, newest first.

    Of each slot, the application that was there when the guardian was asked: not a former one, nor a later
    one, which may be another guardian's to follow. Nothing once the minor is of age.
    """
    return await _said(
        """WHERE a.is_minor AND a.came_of_age_at IS NULL AND a.id IN (SELECT max(c.id)
            FROM application c JOIN consent_line l ON l.slot = c.slot AND l.volunteer = c.volunteer
            WHERE l.consent = {} AND c.created_at <= {} GROUP BY c.slot)""",
        consent.id,
        consent.created_at,
    )


async def unread_for_account(account_id: int) -> Unread:
    """What awaits this account, as a volunteer and as somebody who answers for associations."""
    own = await db.fetch(
        """SELECT a.public_id, count(*) AS unread FROM volunteer v JOIN application a ON a.volunteer = v.id
        JOIN message m ON m.application = a.id AND m.side = 'association' AND m.read_at IS NULL
        WHERE v.account = {} GROUP BY a.public_id""",
        account_id,
    )
    received = await db.fetch(
        """SELECT a.public_id, count(*) AS unread FROM membership b
        JOIN mission o ON o.association = b.association JOIN slot s ON s.mission = o.id
        JOIN application a ON a.slot = s.id
        JOIN message m ON m.application = a.id AND m.side = 'volunteer' AND m.read_at IS NULL
        WHERE b.account = {} AND b.role IN ('owner', 'manager') GROUP BY a.public_id""",
        account_id,
    )
    return Unread(_counts(own), _counts(received))


async def guardian_to_tell(application: Application) -> Guardian | None:
    """The guardian of a minor's application, while their consent for its slot stands."""
    rows = await db.fetch(
        """SELECT consent FROM consent_line WHERE volunteer = {} AND slot = {} AND status = 'given'
        ORDER BY id DESC LIMIT 1""",
        application.volunteer,
        application.slot,
    )
    return await consents.guardian_of(rows[0]["consent"]) if rows else None


async def why_closed(found: Candidacy, now: datetime) -> Refusal | None:
    """What stops writing in this thread now, or None: it is open."""
    if found.account is None:
        return PersonLeft()
    if not await applications.was_shown(found.application):
        return NotShownYet()
    refusal = policies.why_not_write(found.application, found.slot, found.mission, found.association, now)
    # nothing goes to a minor that no guardian gets a copy of
    unguarded = is_minor(found.application) and await guardian_to_tell(found.application) is None
    return refusal or (OnHold() if unguarded else None)


async def _said(where: str, *values: Any) -> list[Said]:
    rows = await db.fetch(f"{_SAID} {where} ORDER BY m.id DESC LIMIT {MOST_SHOWN}", *values)
    return [
        Said(row["side"], _by(row), row["text"], bool(row["to_all"]), row["sent_at"], bool(row["read_at"]))
        for row in rows
    ]


def _by(row: dict[str, Any]) -> str:
    if row["side"] == Side.VOLUNTEER:
        return str(row["first_name"] or "")
    return shown_name(row["first_name"], row["family_name"]) if row["membership"] else ""


def _counts(rows: Sequence[dict[str, Any]]) -> dict[str, int]:
    return {row["public_id"]: int(row["unread"]) for row in rows}
