"""What one's space reads of one's applications: those that stand, those that just ended, then all of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from marketplace import db
from marketplace.applications import queries as applications
from marketplace.applications.feedback_tables import Side
from marketplace.applications.lifecycle import Status
from marketplace.applications.policies import is_current
from marketplace.applications.queries import CURRENT, OF_VOLUNTEER, Candidacy
from marketplace.applications.tables import Application
from marketplace.front.space_next import ASKED_FOR
from marketplace.web import pagination

MOST_CURRENT, MOST_RECENT, MOST_NAMED = 60, 20, 5
NEWS_FOR = timedelta(days=14)  # an application that ended stays on the page this long
_OWN = f"SELECT a.id {OF_VOLUNTEER}"


@dataclass(frozen=True, slots=True)
class Own:
    """One's applications: those that stand, soonest first, and those that just ended, newest first."""

    current: Sequence[Candidacy]
    recent: Sequence[Candidacy]
    more: bool  # some that stand are left out
    ever: bool  # there is one, even if none is left here


async def own(volunteer_id: int, now: datetime) -> Own:
    """The ones a volunteer has something to do with now, or just had."""
    standing = await db.fetch(
        f"""{_OWN} AND {CURRENT} ORDER BY CASE WHEN s.starts_at IS NULL THEN 1 ELSE 0 END, s.starts_at, a.id
        LIMIT {MOST_CURRENT + 1}""",
        volunteer_id,
        now,
    )
    ended = await db.fetch(
        f"""{_OWN} AND NOT ({CURRENT}) AND (a.status_at > {{}} OR (a.status = {{}}
            AND COALESCE(s.ends_at, m.updated_at) > {{}}))
        ORDER BY a.id DESC LIMIT {MOST_RECENT}""",
        volunteer_id,
        now,
        now - NEWS_FOR,
        Status.ACCEPTED.value,
        now - ASKED_FOR,
    )
    found = await _candidacies([row["id"] for row in [*standing[:MOST_CURRENT], *ended]])
    return Own(
        [one for one in found if is_current(one.application, one.slot, one.mission, now)],
        [one for one in found if not is_current(one.application, one.slot, one.mission, now)],
        more=len(standing) > MOST_CURRENT,
        ever=bool(found) or bool(await Application.exists().where(Application.volunteer == volunteer_id)),
    )


async def page_of_all(volunteer_id: int, after: str) -> pagination.Page[Candidacy]:
    """A page of all of them, the last one made first, after the one of this name."""
    rows = await db.fetch(
        f"""SELECT p.id FROM application p WHERE p.volunteer = {{}} AND ({{}} = '' OR p.id < COALESCE(
            (SELECT q.id FROM application q WHERE q.public_id = {{}} AND q.volunteer = {{}}), p.id + 1))
        ORDER BY p.id DESC LIMIT {pagination.PAGE_SIZE + 1}""",  # noqa: S608 - our own constants
        volunteer_id,
        after,
        after,
        volunteer_id,
    )
    found = await _candidacies([row["id"] for row in rows])
    return pagination.cut(found, lambda one: one.application.public_id)


async def named(volunteer_id: int, public_ids: Collection[str]) -> list[Candidacy]:
    """A volunteer's applications of these public ids, the newest first, some at most."""
    wanted = (Application.volunteer == volunteer_id) & Application.public_id.is_in(list(public_ids))
    found = Application.objects().where(wanted).order_by(Application.id, ascending=False)
    return await applications.about_all(await found.limit(MOST_NAMED))


async def told(application_ids: Collection[int]) -> set[int]:
    """Those of these applications whose volunteer said how it went."""
    if not application_ids:
        return set()
    places = ", ".join(["{}"] * len(application_ids))
    rows = await db.fetch(
        f"SELECT application FROM feedback WHERE side = {{}} AND application IN ({places})",  # noqa: S608 - only places for values
        Side.VOLUNTEER.value,
        *application_ids,
    )
    return {row["application"] for row in rows}


async def _candidacies(ids: Sequence[int]) -> list[Candidacy]:
    """Applications of these ids with what they are about, in this order."""
    if not ids:
        return []
    by_id = {row.id: row for row in await Application.objects().where(Application.id.is_in(list(ids)))}
    return await applications.about_all([by_id[id_] for id_ in ids])
