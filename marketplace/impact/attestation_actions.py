"""Making an attestation: its figures are frozen."""

from datetime import datetime

from marketplace import db
from marketplace.accounts.tables import Account
from marketplace.errors import NotFound
from marketplace.impact import attestation_queries as queries
from marketplace.impact.attestation_errors import NoName
from marketplace.impact.attestation_policies import ForOne, for_one
from marketplace.impact.attestation_tables import Attestation


async def attest(account: Account, association_id: str, year: int, now: datetime) -> Attestation:
    """An attestation of the hours given to this association in this year.

    One that says the same serves again.

    Raises:
        NotFound: no hour was given.
        NoName: the account has no name.
    """
    async with db.transaction():
        hours = for_one(await queries.given(account.id), year, association_id)
        if hours is None:
            raise NotFound
        if not (account.first_name and account.family_name):
            raise NoName
        row = _written(account, hours, now)
        if (same := await queries.same_as(row)) is not None:
            return same
        await row.save()
        return row


def _written(account: Account, hours: ForOne, now: datetime) -> Attestation:
    return Attestation(
        account=account.id,
        association=hours.association,
        association_name=hours.name,
        first_name=account.first_name,
        family_name=account.family_name,
        year=hours.times[0].year,
        minutes=hours.minutes,
        participations=len(hours.times),
        made_at=now,
    )
