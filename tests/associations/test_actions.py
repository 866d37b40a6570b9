"""Every move of an association, who hears of it, and what the journal keeps."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from marketplace import db
from marketplace.accounts.tables import Account
from marketplace.associations import actions, queries
from marketplace.associations.errors import AdultsOnly, Incomplete, NotEditable
from marketplace.associations.lifecycle import Role, Status
from marketplace.associations.tables import Association, Membership
from marketplace.errors import NotFound, Refusal
from marketplace.lifecycle import By, Change, OutOfDate
from marketplace.mail.tables import Email
from tests import make
from tests.client import emails_to, last_email

IDENTITY = {
    "name": "Le Fournil partagé",
    "legal_kind": "association",
    "rna": "W351234567",
    "purpose": "Faire du pain ensemble, et le donner.",
}
MODERATOR = 7
WORDS = ("Contenu insuffisant", "Dites depuis quand.")

pytestmark = pytest.mark.usefixtures("database", "site")  # e-mails name pages


async def decided(move: Callable[..., Awaitable[None]], row: Association, *words: str) -> None:
    async with db.transaction():
        await move(row, MODERATOR, make.NOW, *words)


async def stored(row: Association) -> Association:
    return await queries.fresh(row.id)


async def last_change() -> dict[str, Any]:
    rows = await Change.select().order_by(Change.id, ascending=False).limit(1)
    return {key: rows[0][key] for key in ("subject", "source", "target", "by", "actor")}


async def test_creating_makes_a_draft_its_owner_and_the_word_of_an_adult() -> None:
    account = await make.account(adult_attested_on=None)

    row = await actions.create(account, IDENTITY, make.NOW)

    assert (await stored(row)).status == Status.DRAFT
    assert await queries.associations_of(account.id) == [(row, Role.OWNER)]
    held = await Account.objects().get(Account.id == account.id)
    assert held is not None
    assert held.adult_attested_on == make.NOW.date()
    assert await last_change() == {
        "subject": "association",
        "source": "",
        "target": "draft",
        "by": By.ASSOCIATION,
        "actor": account.id,
    }


async def test_a_minor_creates_nothing_and_does_not_become_an_adult_by_saying_so() -> None:
    minor = await make.account_of(await make.volunteer(age=17))

    with pytest.raises(AdultsOnly):
        await actions.create(minor, IDENTITY, make.NOW)

    assert await Association.count() == await Membership.count() == 0
    held = await Account.objects().get(Account.id == minor.id)
    assert held is not None
    assert held.adult_attested_on is None


async def test_one_account_may_belong_to_several() -> None:
    account = await make.account()
    names = ["Zèbres", "abeilles", "Moineaux"]
    for name in names:
        await actions.create(account, IDENTITY | {"name": name}, make.NOW)

    mine = await queries.associations_of(account.id)

    assert [row.name for row, _role in mine] == ["abeilles", "Moineaux", "Zèbres"]


@pytest.mark.parametrize("column", ["status", "verified_at", "charter_version", "public_id", "id", "nothing"])
async def test_saving_writes_no_column_of_its_own(column: str) -> None:
    row = await make.association(status=Status.DRAFT)
    before = await stored(row)

    with pytest.raises(NotEditable):
        await actions.save(row, {"name": "Autre", column: "verified"}, make.NOW)
    with pytest.raises(NotEditable):
        await actions.create(await make.account(), {column: "verified"}, make.NOW)

    assert (await stored(row)).to_dict() == before.to_dict()
    assert await Association.count() == 1


async def test_saving_a_row_that_moved_meanwhile_is_refused() -> None:
    row = await make.association(status=Status.DRAFT)
    await actions.submit(await stored(row), await make.owner_of(row), make.NOW)

    with pytest.raises(OutOfDate):
        await actions.save(row, {"name": "Autre"}, make.NOW)
    with pytest.raises(OutOfDate):
        await actions.accept_charter(row, await make.owner_of(row), make.NOW)

    assert (await stored(row)).name == row.name != "Autre"


async def test_an_insurance_that_is_over_is_refused_whoever_saves() -> None:
    row = await make.association()
    past = make.NOW.date().replace(year=2026)

    with pytest.raises(Refusal, match="terminée"):
        await actions.save(row, {"insured_until": past}, make.NOW)

    assert (await stored(row)).insured_until != past


async def test_the_charter_keeps_its_version_its_date_and_who() -> None:
    row = await make.association(status=Status.DRAFT, charter_version="", charter_accepted_at=None)
    other = await make.account()

    await actions.accept_charter(row, other, make.NOW)

    kept = await stored(row)
    assert (kept.charter_version, kept.charter_accepted_at, kept.charter_accepted_by) == (
        "1",
        make.NOW,
        other.id,
    )
    for status in (Status.SUBMITTED, Status.VERIFIED):
        with pytest.raises(NotEditable):
            await actions.accept_charter(await make.association(status=status), other, make.NOW)


@pytest.mark.parametrize("status", [Status.DRAFT, Status.RETURNED])
async def test_submitting_sends_a_receipt_to_owners_and_managers_only(status: Status) -> None:
    row = await make.association(status=status)
    owner, manager, reader = await make.owner_of(row), await make.account(), await make.account()
    await make.member(row, manager)
    await make.member(row, reader, role=Role.READER)

    await actions.submit(row, manager, make.NOW)

    kept = await stored(row)
    assert (kept.status, kept.submitted_at) == (Status.SUBMITTED, make.NOW) == (row.status, row.submitted_at)
    assert {e.recipient for e in await Email.objects()} == {owner.email, manager.email}
    assert "3 jours ouvrés" in (await last_email(owner.email)).text
    assert (await last_change())["actor"] == manager.id


async def test_an_incomplete_file_is_not_sent() -> None:
    row = await make.association(status=Status.DRAFT, charter_version="")

    with pytest.raises(Incomplete, match="charte"):
        await actions.submit(row, await make.owner_of(row), make.NOW)

    assert (await stored(row)).status == Status.DRAFT
    assert await Email.count() == 0


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.DRAFT, Status.RETURNED}))
async def test_only_a_file_being_written_is_sent(status: Status) -> None:
    row = await make.association(status=status)

    with pytest.raises(OutOfDate):
        await actions.submit(row, await make.owner_of(row), make.NOW)

    assert (await stored(row)).status == status


MOVES = [
    (actions.verify, Status.SUBMITTED, Status.VERIFIED, ()),
    (actions.send_back, Status.SUBMITTED, Status.RETURNED, WORDS),
    (actions.suspend, Status.VERIFIED, Status.SUSPENDED, WORDS),
    (actions.lift, Status.SUSPENDED, Status.VERIFIED, ()),
]


@pytest.mark.parametrize(("move", "source", "target", "words"), MOVES)
async def test_a_moderator_moves_it_and_its_managers_hear(
    move: Callable[..., Awaitable[None]], source: Status, target: Status, words: tuple[str, ...]
) -> None:
    row = await make.association(status=source, name="Les Semeurs")
    owner = await make.owner_of(row)

    await decided(move, row, *words)

    kept = await stored(row)
    assert kept.status == row.status == target
    assert (await last_change())["by"] == By.MODERATOR
    assert (await last_change())["actor"] == MODERATOR
    (email,) = await emails_to(owner.email)
    assert all(word in email.text and word in email.html for word in ("Les Semeurs", *words))
    assert f"/mes-associations/{row.public_id}" in email.text
    assert not any(word in email.subject for word in ("Semeurs", "suspen", "vérifi", "refus"))
    if move is actions.verify:
        assert kept.verified_at == make.NOW


@pytest.mark.parametrize(("move", "source", "target", "words"), MOVES)
async def test_a_moderator_makes_no_other_move(
    move: Callable[..., Awaitable[None]], source: Status, target: Status, words: tuple[str, ...]
) -> None:
    for status in set(Status) - {source}:
        row = await make.association(status=status)
        with pytest.raises(OutOfDate):
            await decided(move, row, *words)
        assert (await stored(row)).status == status
    assert await Email.count() == 0


async def test_each_manager_is_written_to_in_their_language() -> None:
    row = await make.association(owner=await make.account(language="en"))

    assert [lang for _email, lang in await queries.managers_emails(row.id)] == ["en"]


async def test_only_members_with_the_role_find_it() -> None:
    row = await make.association()
    owner, reader, stranger = await make.owner_of(row), await make.account(), await make.account()
    await make.member(row, reader, role=Role.READER)

    assert (await queries.member_association(owner.id, row.public_id)).id == row.id
    assert (await queries.member_association(reader.id, row.public_id, queries.EVERYONE)).id == row.id
    for account, name in (
        (reader, row.public_id),
        (stranger, row.public_id),
        (owner, "222222222222"),
        (owner, "%"),
    ):
        with pytest.raises(NotFound):
            await queries.member_association(account.id, name)
    assert await queries.role_in(reader.id, row.id) == Role.READER
    assert await queries.role_in(stranger.id, row.id) is None


@pytest.mark.parametrize("status", list(Status))
async def test_only_a_verified_association_is_public(status: Status) -> None:
    row = await make.association(status=status)

    if status == Status.VERIFIED:
        assert (await queries.public_association(row.public_id)).id == row.id
    else:
        with pytest.raises(NotFound):
            await queries.public_association(row.public_id)
