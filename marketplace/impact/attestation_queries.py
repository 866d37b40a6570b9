"""Reading hours given, and attestations."""

from marketplace import db
from marketplace.errors import NotFound
from marketplace.impact.attestation_policies import Given
from marketplace.impact.attestation_tables import Attestation
from marketplace.web.clock import paris_day

MOST = 5_000  # times, or attestations, of one person


async def given(account_id: int) -> list[Given]:
    """The times this account was noted present, with minutes, latest first."""
    rows = await db.fetch(
        f"""SELECT p.public_id, p.minutes, p.noted_at, s.starts_at, m.title, a.id AS association,
            a.public_id AS association_id, a.name
        FROM volunteer v JOIN application p ON p.volunteer = v.id JOIN slot s ON s.id = p.slot
        JOIN mission m ON m.id = s.mission JOIN association a ON a.id = m.association
        WHERE v.account = {{}} AND p.attendance = 'present' AND p.minutes > 0
        ORDER BY COALESCE(s.starts_at, p.noted_at) DESC, p.id DESC LIMIT {MOST}""",  # noqa: S608 - our own constant
        account_id,
    )
    return [
        Given(
            application=row["public_id"],
            title=row["title"],
            association=row["association"],
            association_id=row["association_id"],
            association_name=row["name"],
            on=paris_day(row["starts_at"] or row["noted_at"]),
            is_dated=row["starts_at"] is not None,
            minutes=row["minutes"],
        )
        for row in rows
    ]


async def attestations_of(account_id: int) -> list[Attestation]:
    """Those of this account, latest first."""
    own = Attestation.objects().where(Attestation.account == account_id)
    return await own.order_by(Attestation.id, ascending=False).limit(MOST)


async def own_attestation(account_id: int, code: str) -> Attestation:
    """One's own attestation; somebody else's is NotFound."""
    row = await attestation_by_code(code)
    if row is None or row.account != account_id:
        raise NotFound
    return row


async def attestation_by_code(code: str) -> Attestation | None:
    """The attestation of this code, whosever it is: a page shows what the document shows, and less."""
    return await Attestation.objects().get(Attestation.code == code) if code else None


async def minutes_today(attestation: Attestation) -> int:
    """What the same hours are counted as today."""
    rows = await given(attestation.account)
    own = [
        one.minutes
        for one in rows
        if one.association == attestation.association and one.year == attestation.year
    ]
    return sum(own)


async def same_as(attestation: Attestation) -> Attestation | None:
    """The newest one about these hours, if it says the same of the same person."""
    newest = await _newest(attestation)
    said = ("association_name", "first_name", "family_name", "minutes", "participations")
    alike = newest and all(getattr(newest, name) == getattr(attestation, name) for name in said)
    return newest if alike else None


async def is_replaced(attestation: Attestation) -> bool:
    """Whether a newer one was made for the same account, association and year: the same hours serve once."""
    newest = await _newest(attestation)
    return newest is not None and newest.id != attestation.id


async def _newest(attestation: Attestation) -> Attestation | None:
    return (
        await Attestation.objects()
        .where(
            (Attestation.account == attestation.account)
            & (Attestation.association == attestation.association)
            & (Attestation.year == attestation.year)
        )
        .order_by(Attestation.id, ascending=False)
        .first()
    )
