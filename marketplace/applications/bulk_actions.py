"""Answering several applications, each in its own transaction: one that fails leaves the others answered."""

import logging
from collections.abc import Sequence
from datetime import datetime

from marketplace.applications import answers, queries
from marketplace.applications.answers import Ending
from marketplace.applications.bulk_policies import why_not_accept_too, why_not_decline
from marketplace.applications.queries import Candidacy
from marketplace.errors import NotFound, Refusal

logger = logging.getLogger(__name__)


async def answer_several(
    account_id: int, public_ids: Sequence[str], ending: Ending | None, now: datetime
) -> dict[str, bool]:
    """Accept them, or end them so: for each, whether it was done. Somebody else's is passed over."""
    return {one: await _answered(account_id, one, ending, now) for one in public_ids}


def why_not_answer(found: Candidacy, accepts: bool, now: datetime) -> Refusal | None:
    """What keeps this one out of the answer, as things stand now."""
    application, slot, mission = found.application, found.slot, found.mission
    if accepts:
        return why_not_accept_too(application, slot, mission, found.association, now)
    return why_not_decline(application, slot, mission, now)


async def _answered(account_id: int, public_id: str, ending: Ending | None, now: datetime) -> bool:
    try:
        await _answer(account_id, public_id, ending, now)
    except (Refusal, NotFound):
        return False
    except Exception:
        logger.exception("Answering application %s with others", public_id)
        return False
    return True


async def _answer(account_id: int, public_id: str, ending: Ending | None, now: datetime) -> None:
    found = await queries.received_candidacy(account_id, public_id)
    if refusal := why_not_answer(found, ending is None, now):
        raise refusal
    if ending is None:
        await answers.accept(found, account_id, now)
    else:
        await answers.decline(found, ending, account_id, now, only_pending=True)
