"""Asking for a consent and moving it. All are called inside a transaction, the mission being locked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from marketplace.consents import queries
from marketplace.consents.lifecycle import CLOSE, EXPIRE, GIVE, REFUSE, WITHDRAW, Status
from marketplace.consents.tables import Consent, ConsentLine, Guardian
from marketplace.lifecycle import By, Move, advance, note
from marketplace.missions.tables import Slot
from marketplace.web.ids import fingerprint, new_secret

TEXT_VERSION = "1"  # of the statement in templates/guardians/agreement.html
LINK_LIFE = timedelta(days=7)
ANSWER_BEFORE_START = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class GuardianAddress:
    """Whom the minor asks us to write to."""

    email: str
    relationship: str  # a key of vocabulary.relationships


@dataclass(frozen=True, slots=True)
class Answer:
    """What a guardian who agrees types and ticks."""

    name: str
    relationship: str
    phone: str


def answer_by(slots: Sequence[Slot], now: datetime) -> datetime:
    """Until when a guardian may answer: 7 days, and never past 24 h before the first start."""
    starts = [slot.starts_at - ANSWER_BEFORE_START for slot in slots if slot.starts_at]
    return min([now + LINK_LIFE, *starts])


async def ask(
    volunteer_id: int, mission_id: int, slots: Sequence[Slot], guardian: GuardianAddress, now: datetime
) -> tuple[Consent, str]:
    """A new request naming these slots, and the token of its link, stored nowhere."""
    consent = Consent(
        volunteer=volunteer_id,
        mission=mission_id,
        text_version=TEXT_VERSION,
        link_expires_at=answer_by(slots, now),
        created_at=now,
    )
    token = _new_token(consent)
    consent.link_hash = fingerprint(token)
    await consent.save()
    await note("consent", consent.id, "", Status.ASKED, By.VOLUNTEER, now)
    lines = [ConsentLine(consent=consent.id, volunteer=volunteer_id, slot=slot.id) for slot in slots]
    await ConsentLine.insert(*lines)
    await Guardian.insert(
        Guardian(consent=consent.id, email=guardian.email, relationship=guardian.relationship)
    )
    return consent, token


async def renew_link(consent: Consent) -> str:
    """A fresh link's token for a request still open; the former link is dead. Its time does not grow."""
    token = _new_token(consent)
    await Consent.update({Consent.link_hash: fingerprint(token)}).where(Consent.id == consent.id)
    return token


async def give(consent: Consent, answer: Answer, now: datetime) -> str:
    """Record the guardian's yes; the parent link's token, by which they follow and withdraw.

    Raises:
        OutOfDate: it was answered, or ended, meanwhile.
    """
    token = _new_token(consent)
    await advance(
        consent, GIVE, By.GUARDIAN, now, decided_at=now, link_hash=None, parent_link_hash=fingerprint(token)
    )
    await _move_lines(consent, GIVE, By.GUARDIAN, now)
    await Guardian.update(
        {Guardian.name: answer.name, Guardian.relationship: answer.relationship, Guardian.phone: answer.phone}
    ).where(Guardian.consent == consent.id)
    return token


async def refuse(consent: Consent, now: datetime) -> None:
    """Record the guardian's no. No reason is asked."""
    await advance(consent, REFUSE, By.GUARDIAN, now, decided_at=now, link_hash=None)
    await _move_lines(consent, REFUSE, By.GUARDIAN, now)


async def expire(consent: Consent, now: datetime) -> None:
    """The guardian did not answer in time."""
    await advance(consent, EXPIRE, By.TIME, now, link_hash=None)
    await _move_lines(consent, EXPIRE, By.TIME, now)


async def withdraw(consent: Consent, now: datetime) -> None:
    """The guardian takes a yes back: the minor's applications must have left `accepted` before."""
    await advance(consent, WITHDRAW, By.GUARDIAN, now, decided_at=now)
    await _move_lines(consent, WITHDRAW, By.GUARDIAN, now)


async def close(volunteer_id: int, slot_id: int, by: By, now: datetime) -> Consent | None:
    """The application it was for has ended: its request, if any, is no longer needed."""
    found = await queries.open_for(volunteer_id, slot_id)
    if found is None:
        return None
    consent = await queries.fresh(found.id)
    await advance(consent, CLOSE, by, now, link_hash=None)
    await _move_lines(consent, CLOSE, by, now)
    return consent


async def _move_lines(consent: Consent, step: Move, by: By, now: datetime) -> None:
    for line in await queries.lines_of(consent.id):
        if line.status in step.sources:
            await advance(line, step, by, now)


def _new_token(consent: Consent) -> str:
    # the public id goes with the secret, so that a dead link can still ask for a new one
    return f"{consent.public_id}.{new_secret()}"
