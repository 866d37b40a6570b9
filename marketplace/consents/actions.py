"""Asking for a consent and moving it. All are called inside a transaction, the mission being locked."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from marketplace.consents import queries
from marketplace.consents.lifecycle import CLOSE, EXPIRE, GIVE, OPEN, REFUSE, WITHDRAW, Status
from marketplace.consents.policies import answer_by
from marketplace.consents.tables import Consent, ConsentLine, Guardian
from marketplace.lifecycle import By, Move, advance, note
from marketplace.missions.tables import Slot
from marketplace.web.ids import fingerprint, new_secret

TEXT_VERSION = "1"  # of the statement in templates/guardians/agreement.html


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


async def give(consent: Consent, answer: Answer, slots: Collection[int], now: datetime) -> str:
    """Record the guardian's yes for these slots; the lines of the others are refused.

    The parent link's token, by which they follow and withdraw.

    Raises:
        OutOfDate: it was answered, or ended, meanwhile.
    """
    token = _new_token(consent)
    await advance(
        consent, GIVE, By.GUARDIAN, now, decided_at=now, link_hash=None, parent_link_hash=fingerprint(token)
    )
    for line in await queries.lines_of(consent.id):
        if line.status in GIVE.sources:
            await advance(line, GIVE if line.slot in slots else REFUSE, By.GUARDIAN, now)
    await Guardian.update(
        {Guardian.name: answer.name, Guardian.relationship: answer.relationship, Guardian.phone: answer.phone}
    ).where(Guardian.consent == consent.id)
    return token


async def refuse(consent: Consent, now: datetime) -> None:
    """Record the guardian's no. No reason is asked."""
    await advance(consent, REFUSE, By.GUARDIAN, now, decided_at=now, link_hash=None)
    await _move_lines(consent, REFUSE, By.GUARDIAN, now)


async def expire(consent: Consent, slot_id: int, now: datetime) -> bool:
    """The guardian did not answer in time for this slot; whether nothing of the request is left."""
    return await _end_line(consent, slot_id, EXPIRE, By.TIME, now)


async def withdraw(consent: Consent, slots: Collection[int], now: datetime) -> None:
    """The guardian takes a yes back for these slots: the applications must have left `accepted` before.

    The lines of slots that are over stay as they are.
    """
    await advance(consent, WITHDRAW, By.GUARDIAN, now, decided_at=now)
    for line in await queries.lines_of(consent.id):
        if line.slot in slots and line.status in WITHDRAW.sources:
            await advance(line, WITHDRAW, By.GUARDIAN, now)


async def close(volunteer_id: int, slot_id: int, by: By, now: datetime) -> Consent | None:
    """The application it was for has ended: its line, if any, is no longer needed. The consent it is of."""
    found = await queries.open_for(volunteer_id, slot_id)
    if found is None:
        return None
    consent = await queries.fresh(found.id)
    await _end_line(consent, slot_id, CLOSE, by, now)
    return consent


async def _end_line(consent: Consent, slot_id: int, step: Move, by: By, now: datetime) -> bool:
    """Move one line; the last one that stood takes the consent with it."""
    lines = await queries.lines_of(consent.id)
    for line in lines:
        if line.slot == slot_id and line.status in step.sources:
            await advance(line, step, by, now)
    if any(line.status in OPEN for line in lines) or consent.status not in step.sources:
        return False
    await advance(consent, step, by, now, link_hash=None)
    return True


async def _move_lines(consent: Consent, step: Move, by: By, now: datetime) -> None:
    for line in await queries.lines_of(consent.id):
        if line.status in step.sources:
            await advance(line, step, by, now)


def _new_token(consent: Consent) -> str:
    # the public id goes with the secret, so that a dead link can still ask for a new one
    return f"{consent.public_id}.{new_secret()}"
