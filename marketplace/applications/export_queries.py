"""Reading everybody accepted in a mission, in batches."""

from collections.abc import AsyncIterator, Collection

from marketplace import db
from marketplace.applications.queries import Candidacy, about_all
from marketplace.applications.tables import Application

BATCH = 500


async def accepted(slot_ids: Collection[int]) -> AsyncIterator[list[Candidacy]]:
    """The people accepted for these slots, in the order they applied; somebody erased is not there."""
    after = 0
    marks = ", ".join("{}" for _ in slot_ids) or "NULL"
    while True:
        rows = await db.fetch(
            f"""SELECT a.id FROM application a WHERE a.slot IN ({marks}) AND a.status = 'accepted'
            AND a.id > {{}} ORDER BY a.id LIMIT {BATCH}""",  # noqa: S608 - only placeholders
            *slot_ids,
            after,
        )
        ids = [row["id"] for row in rows]
        if not ids:
            return
        found = await Application.objects().where(Application.id.is_in(ids)).order_by(Application.id)
        yield [one for one in await about_all(found) if one.account is not None]
        after = ids[-1]
