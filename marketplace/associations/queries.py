"""Reading associations and who belongs to them."""

from collections.abc import Collection

from marketplace import db
from marketplace.associations.lifecycle import Role, Status
from marketplace.associations.tables import Association, Membership
from marketplace.errors import NotFound

MANAGERS = frozenset({Role.OWNER, Role.MANAGER})
EVERYONE = frozenset(Role)


async def member_association(
    account_id: int, public_id: str, roles: Collection[Role] = MANAGERS
) -> Association:
    """The association of this name in which the account has one of these roles.

    Raises:
        NotFound: there is none, or it is somebody else's.
    """
    row = await _named(public_id)
    if await role_in(account_id, row.id) not in roles:
        raise NotFound
    return row


async def public_association(public_id: str) -> Association:
    """The verified association of this name.

    Raises:
        NotFound: there is none, or it is not public.
    """
    row = await _named(public_id)
    if row.status != Status.VERIFIED:
        raise NotFound
    return row


async def associations_of(account_id: int) -> list[tuple[Association, Role]]:
    """The associations an account belongs to, by name, with its role in each."""
    memberships = await Membership.select(Membership.association, Membership.role).where(
        Membership.account == account_id
    )
    roles = {row["association"]: Role(row["role"]) for row in memberships}
    if not roles:
        return []
    rows = await Association.objects().where(Association.id.is_in(list(roles))).order_by(Association.id)
    return [(row, roles[row.id]) for row in sorted(rows, key=lambda row: row.name.casefold())]


async def managers_emails(association_id: int) -> list[tuple[str, str]]:
    """(e-mail, language) of the owners and managers: who hears about the association."""
    rows = await db.fetch(
        """SELECT a.email, a.language FROM membership m JOIN account a ON a.id = m.account
        WHERE m.association = {} AND m.role IN ('owner', 'manager') ORDER BY m.id""",
        association_id,
    )
    return [(row["email"], row["language"]) for row in rows]


async def role_in(account_id: int, association_id: int) -> Role | None:
    """What this account may do in an association; None when it is no member."""
    membership = await Membership.objects().get(
        (Membership.account == account_id) & (Membership.association == association_id)
    )
    return Role(membership.role) if membership else None


async def manages(account_id: int, association_id: int) -> bool:
    """Whether the account is an owner or a manager of the association."""
    return await role_in(account_id, association_id) in MANAGERS


async def is_minor(account_id: int) -> bool:
    """Whether a birth date is kept for this account: only minors have one."""
    rows = await db.fetch(
        "SELECT b.id FROM birth_date b JOIN volunteer v ON v.id = b.volunteer WHERE v.account = {}",
        account_id,
    )
    return bool(rows)


async def fresh(association_id: int) -> Association:
    """The association as it stands now. NotFound: it is gone."""
    row = await Association.objects().get(Association.id == association_id)
    if row is None:
        raise NotFound
    return row


async def _named(public_id: str) -> Association:
    row = await Association.objects().get(Association.public_id == public_id)
    if row is None:
        raise NotFound
    return row
