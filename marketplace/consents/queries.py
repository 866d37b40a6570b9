"""Reading consents."""

from collections.abc import Collection, Sequence
from datetime import datetime

from marketplace import db
from marketplace.consents.lifecycle import Status
from marketplace.consents.tables import Consent, ConsentLine, Guardian
from marketplace.errors import NotFound
from marketplace.missions.tables import Slot
from marketplace.web.ids import fingerprint, may_be_public_id


async def by_link(token: str, now: datetime) -> Consent | None:
    """The consent a guardian's link opens; None when the link is used, replaced, expired or unknown."""
    consent = await Consent.objects().get(Consent.link_hash == fingerprint(token))
    if consent is None or consent.status != Status.ASKED or consent.link_expires_at <= now:
        return None
    return consent


async def by_parent_link(token: str) -> Consent | None:
    """The consent a parent link follows, whatever became of it."""
    return await Consent.objects().get(Consent.parent_link_hash == fingerprint(token))


async def named_by(token: str) -> Consent | None:
    """The consent that a link, dead or alive, was about: only to write to the address on file."""
    public_id = token.partition(".")[0]
    if not may_be_public_id(public_id):
        return None
    return await Consent.objects().get(Consent.public_id == public_id)


async def fresh(consent_id: int) -> Consent:
    """The consent as it is now, its row ours until we commit. Called inside a transaction."""
    await db.lock_row(Consent, consent_id)
    consent = await Consent.objects().get(Consent.id == consent_id)
    if consent is None:
        raise NotFound
    return consent


async def lines_of(consent_id: int) -> list[ConsentLine]:
    """The slots a consent names."""
    return await ConsentLine.objects().where(ConsentLine.consent == consent_id).order_by(ConsentLine.id)


async def slots_of(consent_id: int, status: Status) -> list[Slot]:
    """The slots of its lines that stand there, in the order of their dates."""
    ids = [line.slot for line in await lines_of(consent_id) if line.status == status]
    return await Slot.objects().where(Slot.id.is_in(ids)).order_by(Slot.starts_at, Slot.id) if ids else []


async def guardian_of(consent_id: int) -> Guardian:
    """Who was asked."""
    guardian = await Guardian.objects().get(Guardian.consent == consent_id)
    if guardian is None:
        raise NotFound
    return guardian


async def open_for(volunteer_id: int, slot_id: int) -> Consent | None:
    """The consent asked or given for a minor's slot."""
    rows = await db.fetch(
        """SELECT consent FROM consent_line WHERE volunteer = {} AND slot = {}
        AND status IN ('asked', 'given') ORDER BY id DESC LIMIT 1""",
        volunteer_id,
        slot_id,
    )
    return await Consent.objects().get(Consent.id == rows[0]["consent"]) if rows else None


async def asked_count(volunteer_id: int) -> int:
    """How many requests of a minor's await an answer."""
    asked = (Consent.volunteer == volunteer_id) & (Consent.status == Status.ASKED)
    return int(await Consent.count().where(asked))


async def refusals(volunteer_id: int, missions: Collection[int]) -> dict[int, datetime]:
    """When a guardian last refused each of these missions for this minor, or took their yes back."""
    rows = (
        await Consent.objects()
        .where(
            (Consent.volunteer == volunteer_id)
            & Consent.mission.is_in(list(missions))
            & Consent.status.is_in([Status.REFUSED, Status.WITHDRAWN])
        )
        .order_by(Consent.decided_at)
    )
    return {row.mission: row.decided_at for row in rows}


async def refused_lines(volunteer_id: int, slots: Sequence[int]) -> dict[int, datetime]:
    """When a guardian last unticked or refused each of these slots."""
    if not slots:
        return {}
    marks = ", ".join(["{}"] * len(slots))
    rows = await db.fetch(
        f"""SELECT l.slot, c.decided_at FROM consent_line l JOIN consent c ON c.id = l.consent
        WHERE l.volunteer = {{}} AND l.status = 'refused' AND l.slot IN ({marks})
            AND c.decided_at IS NOT NULL ORDER BY c.decided_at""",  # noqa: S608 - only braces
        volunteer_id,
        *slots,
    )
    return {row["slot"]: row["decided_at"] for row in rows}
