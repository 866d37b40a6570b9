"""There is always an owner: kept by the database, whoever writes, and when two owners leave at once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from marketplace import check, db
from marketplace.accounts.tables import Account
from marketplace.associations import member_actions, member_queries, queries
from marketplace.associations.lifecycle import Role, Status
from marketplace.associations.member_errors import LastOwner
from marketplace.associations.tables import Association, Membership
from marketplace.errors import NotFound
from marketplace.missions import hand_over_actions
from tests import make
from tests.walls import as_outsider, must_refuse

LAST = "association = {association} AND role = 'owner'"
EITHER = (
    f"DELETE FROM membership WHERE {LAST}",
    "DELETE FROM membership",
    f"UPDATE membership SET role = 'reader' WHERE {LAST}",
    "UPDATE membership SET role = 'manager'",
    "INSERT INTO membership (public_id, account, association, role, created_at) "
    "SELECT 'zzzzzzzzzzzz', account, association, 'reader', created_at FROM membership WHERE id = {owner} "
    "ON CONFLICT (account, association) DO UPDATE SET role = 'reader'",
    "UPDATE membership SET association = {other} WHERE id = {owner}",
)
SQLITE = (
    f"UPDATE OR IGNORE membership SET role = 'reader' WHERE {LAST}",
    f"UPDATE OR REPLACE membership SET role = 'reader' WHERE {LAST}",
    "INSERT OR REPLACE INTO membership (public_id, account, association, role, created_at) "
    "SELECT 'zzzzzzzzzzzz', account, association, 'reader', created_at FROM membership WHERE id = {owner}",
    "REPLACE INTO membership (public_id, account, association, role, created_at) "
    "SELECT public_id, {stranger}, {other}, 'reader', created_at FROM membership WHERE id = {owner}",
    "REPLACE INTO membership (id, public_id, account, association, role, created_at) "
    "SELECT id, public_id, account, association, 'reader', created_at FROM membership WHERE id = {owner}",
)
POSTGRES = (
    "TRUNCATE membership",
    "WITH gone AS (DELETE FROM membership WHERE id = {owner} RETURNING id) SELECT * FROM gone",
)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "attempt" in metafunc.fixturenames:
        sqlite = metafunc.config.getoption("engine") == "sqlite"
        metafunc.parametrize("attempt", EITHER + (SQLITE if sqlite else POSTGRES))


async def two_owners() -> tuple[Association, list[Account], list[Membership]]:
    first, second = await make.account(), await make.account()
    association = await make.association(owner=first)
    await make.member(association, second, role=Role.OWNER)
    rows = await Membership.objects().where(Membership.association == association.id).order_by(Membership.id)
    return association, [first, second], list(rows)


async def owners(association: Association) -> int:
    return len(await member_queries.members_of(association.id, member_queries.OWNERS))


async def test_no_sql_takes_the_last_owner_away(attempt: str, database: None, database_url: str) -> None:
    association = await make.association()
    await make.member(association, await make.account(), role=Role.READER)
    (owner,) = await member_queries.members_of(association.id, member_queries.OWNERS)
    other = await make.association()
    names = {
        "association": association.id,
        "owner": owner.membership.id,
        "other": other.id,
        "stranger": (await make.account()).id,
    }
    before = await db.fetch("SELECT * FROM membership ORDER BY id")

    await must_refuse(database_url, attempt.format(**names))

    assert await db.fetch("SELECT * FROM membership ORDER BY id") == before


async def test_two_owners_in_one_statement_do_not_both_go(database: None, database_url: str) -> None:
    association, _, _ = await two_owners()

    for sql in ("DELETE FROM membership", "UPDATE membership SET role = 'reader'"):
        await must_refuse(database_url, sql, wall="membership_keeps_owner")

    assert await owners(association) == 2


async def test_one_of_two_owners_may_go_and_all_of_a_closed_association(
    database: None, database_url: str
) -> None:
    association, _, (first, _) = await two_owners()
    closed = await make.association(status=Status.CLOSED)

    await as_outsider(database_url, f"DELETE FROM membership WHERE id = {first.id}")
    await as_outsider(database_url, f"DELETE FROM membership WHERE association = {closed.id}")

    assert await owners(association) == 1
    assert await owners(closed) == 0


@pytest.mark.usefixtures("database", "site")
async def test_of_two_owners_who_leave_at_once_one_stays() -> None:
    association, accounts, rows = await two_owners()

    answers = await both_leave(association, accounts, rows)

    assert sorted(answers) == ["left", "stayed"]
    assert await owners(association) == 1
    assert await check.broken() == {}


@pytest.mark.usefixtures("database", "site")
async def test_of_two_owners_who_remove_each_other_one_stays() -> None:
    association, accounts, rows = await two_owners()

    answers = await both_leave(association, accounts, list(reversed(rows)))

    assert sorted(answers) == ["gone meanwhile", "left"]
    assert await owners(association) == 1


@pytest.mark.usefixtures("database", "site")
async def test_without_the_lock_the_database_still_keeps_one(monkeypatch: pytest.MonkeyPatch) -> None:
    association, accounts, rows = await two_owners()
    monkeypatch.setattr(member_queries, "locked", _unlocked)
    monkeypatch.setattr(member_actions, "_check_owner_stays", _unchecked)

    answers = await both_leave(association, accounts, rows)

    assert sorted(answers) == ["left", "stayed"]
    assert await owners(association) == 1


@pytest.mark.usefixtures("database", "site")
async def test_without_lock_and_wall_both_would_be_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: what the tests above would miss if they could not see it."""
    association, accounts, rows = await two_owners()
    monkeypatch.setattr(member_queries, "locked", _unlocked)
    monkeypatch.setattr(member_actions, "_check_owner_stays", _unchecked)

    async with wall_down():
        answers = await both_leave(association, accounts, rows)

        assert answers == ["left", "left"]
        assert "an association that is not closed has an owner" in await check.broken()


async def both_leave(association: Association, accounts: list[Account], rows: list[Membership]) -> list[str]:
    """Each in a transaction of its own, at the same time; `rows[n]` is whom `accounts[n]` takes away."""

    async def leave(account: Account, row: Membership) -> str:
        try:
            await hand_over_actions.depart(association, account, row.public_id, {}, "", make.NOW)
        except LastOwner:
            return "stayed"
        except NotFound:
            return "gone meanwhile"
        return "left"

    return list(await asyncio.gather(*(leave(*pair) for pair in zip(accounts, rows, strict=True))))


async def _unlocked(association_id: int, account_id: int, roles: object) -> Association:
    return await queries.fresh(association_id)


async def _unchecked(association: Association, leaving: object) -> None:
    return None


@asynccontextmanager
async def wall_down() -> AsyncIterator[None]:
    if not db.is_postgres():
        await db.engine().run_ddl("DROP TRIGGER membership_keeps_owner")
        yield  # the next test has a fresh file
        return
    await db.engine().run_ddl("ALTER TABLE membership DISABLE TRIGGER membership_keeps_owner")
    try:
        yield
    finally:
        await db.engine().run_ddl("ALTER TABLE membership ENABLE TRIGGER membership_keeps_owner")
