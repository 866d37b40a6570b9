"""Reading what the associations of an account received: by keyset, driven by their own slots."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from marketplace import db
from marketplace.applications import queries
from marketplace.applications.inbox_policies import Group, Place
from marketplace.applications.lifecycle import Status
from marketplace.applications.queries import SHOWN, Candidacy
from marketplace.applications.tables import Application
from marketplace.discovery.sql import Sql, rows
from marketplace.lifecycle import in_sql
from marketplace.missions.tables import Mission

PER_PAGE = 50  # as many as may be answered at once
MOST_COUNTED = 1000
MOST_MISSIONS = 100  # to choose from
MOST_OTHER_DATES = 30
_SEEN = Group.ALL.asks | Group.ALL.answered

# The slots this account answers for. MATERIALIZED: no engine may start from the applications of everybody.
_MINE = """WITH mine AS MATERIALIZED (SELECT s.id FROM membership b
    JOIN mission m ON m.association = b.association JOIN slot s ON s.mission = m.id
    WHERE b.account = {{}} AND b.role IN ('owner', 'manager'){narrowed})"""
_ALL = 1_000_000_000  # a limit, so that what is around is not done before
# COALESCE also keeps an index on the bare column from being followed: it holds everybody's.
_LIMIT = "COALESCE(a.answer_by, a.status_at)"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose inbox, and what it is narrowed to."""

    account: int
    association: int | None = None
    mission: int | None = None
    slots: Collection[int] | None = None
    entered_by: datetime | None = None  # waiting since then, or before
    task: str = ""
    group: Group = Group.TO_ANSWER


async def received_page(wanted: Wanted, after: Place | None, at_most: int = PER_PAGE) -> list[Candidacy]:
    """Those after this place, one more than a page: soonest limit first, then the answered, newest first."""
    found: list[dict[str, Any]] = []
    missing = at_most + 1
    if wanted.group.asks and (after is None or after.awaits):
        found += await _awaiting(wanted, after, missing)
    if wanted.group.answered and len(found) < missing and wanted.entered_by is None:
        found += await _answered(wanted, after if after and not after.awaits else None, missing - len(found))
    return await _in_order([row["id"] for row in found])


async def pending(wanted: Wanted) -> int:
    """How many applications await an answer, whatever the group, up to MOST_COUNTED."""
    return await _count(wanted, Status.PENDING, "a.id")


async def waiting_people(wanted: Wanted) -> int:
    """How many people are on a waiting list, each once, up to MOST_COUNTED."""
    return await _count(wanted, Status.WAITING, "DISTINCT a.volunteer")


async def _count(wanted: Wanted, status: str, each: str) -> int:
    sql = _mine(wanted) + Sql(
        f""" SELECT count(*) AS found FROM (SELECT {each} FROM mine JOIN application a ON a.slot = mine.id
        AND a.status = {{}}""",  # noqa: S608 - our own words
        (status,),
    )
    sql += _only(wanted) + Sql(" LIMIT {}) AS counted", (MOST_COUNTED,))
    return int((await rows(sql))[0]["found"])


async def unread(applications: Collection[int]) -> dict[int, int]:
    """How many messages of the volunteer await the association, by application."""
    if not applications:
        return {}
    found = await db.fetch(
        f"""SELECT application, count(*) AS unread FROM message WHERE side = 'volunteer' AND read_at IS NULL
        AND application IN ({_marks(applications)}) GROUP BY application""",  # noqa: S608 - only placeholders
        *applications,
    )
    return {row["application"]: int(row["unread"]) for row in found}


async def missions(associations: Collection[int]) -> list[Mission]:
    """The newest missions of these associations that were ever published: what one may choose from."""
    if not associations:
        return []
    theirs = Mission.association.is_in(list(associations)) & Mission.published_at.is_not_null()
    newest = Mission.objects().where(theirs).order_by(Mission.id, ascending=False)
    return list(await newest.limit(MOST_MISSIONS))


async def neighbours(account_id: int, place: Place) -> tuple[str, str]:
    """The public ids of the applications to answer before and after this one, '' where there is none.

    Past one that is answered already comes the first of all.
    """
    wanted = Wanted(account_id)
    if not place.awaits:
        before, after = [], await _awaiting(wanted, None, 1)
    else:
        before = await _awaiting(wanted, place, 1, backwards=True)
        after = await _awaiting(wanted, place, 1)
    return before[0]["public_id"] if before else "", after[0]["public_id"] if after else ""


async def other_dates(found: Candidacy) -> list[Candidacy]:
    """What the same person applied for in this mission besides, that the association may see, by date."""
    if found.application.volunteer is None:
        return []
    others = await db.fetch(
        f"""SELECT a.id FROM application a JOIN slot s ON s.id = a.slot
        WHERE a.volunteer = {{}} AND s.mission = {{}} AND a.id <> {{}} AND a.status IN {in_sql(_SEEN)}
        AND {SHOWN} ORDER BY s.starts_at, a.id LIMIT {MOST_OTHER_DATES}""",  # noqa: S608 - our own constants
        found.application.volunteer,
        found.mission.id,
        found.application.id,
    )
    return await _in_order([row["id"] for row in others])


async def named(account_id: int, public_ids: Collection[str]) -> list[Candidacy]:
    """Those of these applications that this account answers for and may see, in the order they are named."""
    if not public_ids:
        return []
    found = await db.fetch(
        f"""SELECT a.id, a.public_id FROM application a JOIN slot s ON s.id = a.slot
        JOIN mission m ON m.id = s.mission JOIN membership b ON b.association = m.association
        WHERE b.account = {{}} AND b.role IN ('owner', 'manager') AND a.public_id IN ({_marks(public_ids)})
        AND a.status IN {in_sql(_SEEN)} AND {SHOWN}""",  # noqa: S608 - our own constants
        account_id,
        *public_ids,
    )
    ids = {row["public_id"]: row["id"] for row in found}
    return await _in_order([ids[one] for one in public_ids if one in ids])


async def _awaiting(
    wanted: Wanted, after: Place | None, at_most: int, backwards: bool = False
) -> list[dict[str, Any]]:
    sql = _mine(wanted) + Sql(
        f""" SELECT a.id, a.public_id FROM mine JOIN application a ON a.slot = mine.id
        AND a.status IN {in_sql(Group.TO_ANSWER.asks)}"""  # noqa: S608 - our own constants
    )
    sql += _only(wanted)
    if after is not None:
        sql += Sql(f" AND ({_LIMIT}, a.public_id) {'<' if backwards else '>'} ({{}}, {{}})", after.key)
    order = "DESC" if backwards else "ASC"
    return await rows(sql + Sql(f" ORDER BY {_LIMIT} {order}, a.public_id {order} LIMIT {{}}", (at_most,)))


async def _answered(wanted: Wanted, after: Place | None, at_most: int) -> list[dict[str, Any]]:
    """Sorted first, then looked up in the journal until a page is full: not all of them."""
    sql = _mine(wanted) + Sql(
        f""" SELECT a.id FROM (SELECT a.id, a.status, a.created_at, a.public_id FROM mine
        JOIN application a ON a.slot = mine.id
        AND a.status IN {in_sql(wanted.group.answered)}"""  # noqa: S608 - our own constants
    )
    sql += _only(wanted)
    if after is not None:
        sql += Sql(" AND (a.created_at, a.public_id) < ({}, {})", after.key)
    newest = "ORDER BY a.created_at DESC, a.public_id DESC"
    all_sorted = Sql(f" {newest} LIMIT {_ALL}) AS a WHERE {SHOWN} {newest}")
    return await rows(sql + all_sorted + Sql(" LIMIT {}", (at_most,)))


def _mine(wanted: Wanted) -> Sql:
    narrowed = Sql("", (wanted.account,))
    if wanted.association is not None:
        narrowed += Sql(" AND b.association = {}", (wanted.association,))
    if wanted.mission is not None:
        narrowed += Sql(" AND m.id = {}", (wanted.mission,))
    if wanted.slots is not None:
        narrowed += Sql(f" AND s.id IN ({_marks(wanted.slots) or 'NULL'})", tuple(wanted.slots))
    return Sql(_MINE.format(narrowed=narrowed.text), narrowed.args)


def _only(wanted: Wanted) -> Sql:
    since = Sql(" AND a.status_at <= {}", (wanted.entered_by,)) if wanted.entered_by else Sql("")
    if not wanted.task:
        return since
    with_it = "EXISTS (SELECT 1 FROM json_each(a.tasks) AS task WHERE task.value = {})"
    return since + Sql(f" AND {'{} = ANY(a.tasks)' if db.is_postgres() else with_it}", (wanted.task,))


def _marks(values: Collection[Any]) -> str:
    return ", ".join("{}" for _ in values)


async def _in_order(ids: Sequence[int]) -> list[Candidacy]:
    if not ids:
        return []
    by_id = {row.id: row for row in await Application.objects().where(Application.id.is_in(list(ids)))}
    return await queries.about_all([by_id[one] for one in ids if one in by_id])
