"""Writing an association's file, sending it, and what a moderator decides about it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from marketplace import db
from marketplace.accounts.actions import attest_adult
from marketplace.accounts.tables import Account
from marketplace.associations import emails, queries
from marketplace.associations.errors import AdultsOnly, Incomplete, NotEditable
from marketplace.associations.lifecycle import EDITABLE, LIFT, RETURN, SUBMIT, SUSPEND, VERIFY, Role, Status
from marketplace.associations.policies import (
    CHARTER_VERSION,
    insurance_problem,
    open_columns,
    why_not_submit,
)
from marketplace.associations.tables import Association, Membership
from marketplace.errors import Refusal
from marketplace.lifecycle import By, OutOfDate, advance, note
from marketplace.text import _
from marketplace.web.clock import paris_day


async def create(account: Account, values: Mapping[str, Any], now: datetime) -> Association:
    """A draft with these columns, owned by the account, whose holder has just said they are an adult.

    Raises:
        AdultsOnly: the account is a minor's.
    """
    association = Association(status=Status.DRAFT, created_at=now)
    _check(association, values, now)
    for name, value in values.items():
        setattr(association, name, value)
    async with db.transaction():
        await db.lock_row(Account, account.id)  # as applying does: a birth date given meanwhile is seen
        if await queries.is_minor(account.id):
            raise AdultsOnly
        await attest_adult(account, now)
        await association.save()
        await Membership.insert(
            Membership(account=account.id, association=association.id, role=Role.OWNER, created_at=now)
        )
        await note("association", association.id, "", Status.DRAFT, By.ASSOCIATION, now, account.id)
    return association


async def save(association: Association, values: Mapping[str, Any], now: datetime) -> None:
    """Write some columns of the file; the row given is brought up to date.

    Raises:
        NotEditable: one of them may not change in the association's state.
        OutOfDate: the state has changed since the row was read.
    """
    _check(association, values, now)
    await _write(association, values)


async def accept_charter(association: Association, account: Account, now: datetime) -> None:
    """Note who accepted the present charter, and when.

    Raises:
        NotEditable: the file is no longer being written.
        OutOfDate: the state has changed since the row was read.
    """
    if association.status not in EDITABLE:
        raise NotEditable(association.public_id)
    await _write(
        association,
        {
            "charter_version": CHARTER_VERSION,
            "charter_accepted_at": now,
            "charter_accepted_by": account.id,
        },
    )


async def submit(association: Association, account: Account, now: datetime) -> None:
    """Send the file to the moderators, and a receipt to the managers.

    Raises:
        Incomplete: something is missing.
        OutOfDate: it is not being written any more.
    """
    async with db.transaction():
        await db.lock_row(Association, association.id)
        row = await queries.fresh(association.id)
        if missing := why_not_submit(row, paris_day(now)):
            raise Incomplete(row.public_id, [message for step, message in missing])
        await advance(row, SUBMIT, By.ASSOCIATION, now, account.id, submitted_at=now)
        await emails.association_submitted(row, now)
    association.status, association.submitted_at = row.status, row.submitted_at


async def verify(association: Association, actor: int, now: datetime) -> None:
    """A moderator lets the association publish.

    Called inside a transaction. OutOfDate: it moved meanwhile.
    """
    await advance(association, VERIFY, By.MODERATOR, now, actor, verified_at=now)
    await emails.association_verified(association, now)


async def send_back(
    association: Association, actor: int, now: datetime, reason_label: str, note: str
) -> None:
    """A moderator asks for a change: `reason_label` is a French label of MODERATION_REASONS.

    Called inside a transaction. OutOfDate: it moved meanwhile.
    """
    await advance(association, RETURN, By.MODERATOR, now, actor)
    await emails.association_returned(association, now, reason_label, note)


async def suspend(association: Association, actor: int, now: datetime, reason_label: str, note: str) -> None:
    """A moderator hides the association and its missions; no mission is written. Arguments as `send_back`.

    Called inside a transaction. OutOfDate: it moved meanwhile.
    """
    await advance(association, SUSPEND, By.MODERATOR, now, actor)
    await emails.association_suspended(association, now, reason_label, note)


async def lift(association: Association, actor: int, now: datetime) -> None:
    """A moderator ends the suspension. Called inside a transaction. OutOfDate: it moved meanwhile."""
    await advance(association, LIFT, By.MODERATOR, now, actor)
    await emails.association_lifted(association, now)


def _check(association: Association, values: Mapping[str, Any], now: datetime) -> None:
    if set(values) - open_columns(association.status):
        raise NotEditable(association.public_id)
    until = values.get("insured_until")
    if until and (problem := insurance_problem(until, paris_day(now))):
        raise Refusal(_(problem))


async def _write(association: Association, values: Mapping[str, Any]) -> None:
    columns: dict[Any, Any] = {Association._meta.get_column_by_name(k): v for k, v in values.items()}
    written = (
        await Association.update(columns)
        .where((Association.id == association.id) & (Association.status == str(association.status)))
        .returning(Association.id)
    )
    if not written:
        raise OutOfDate
    for name, value in values.items():
        setattr(association, name, value)
