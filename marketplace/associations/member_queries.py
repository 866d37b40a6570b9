"""Reading who belongs to an association."""

from collections.abc import Collection
from dataclasses import dataclass

from marketplace import db
from marketplace.accounts.policies import shown_name
from marketplace.accounts.tables import Account
from marketplace.associations import queries
from marketplace.associations.lifecycle import Role
from marketplace.associations.tables import Association, Membership
from marketplace.errors import NotFound

ORDER = [str(role) for role in Role]  # on the page
OWNERS = frozenset({Role.OWNER})


@dataclass(frozen=True, slots=True)
class Member:
    """A membership with whose it is."""

    membership: Membership
    account: Account

    @property
    def name(self) -> str:
        """A first name and an initial, all that any page shows; '' of somebody who gave none yet."""
        return shown_name(self.account.first_name, self.account.family_name)


async def members_of(association_id: int, roles: Collection[Role] = queries.EVERYONE) -> list[Member]:
    """The members with one of these roles: owners first, then by name."""
    rows = await Membership.objects().where(
        (Membership.association == association_id) & Membership.role.is_in(sorted(roles))
    )
    if not rows:
        return []
    accounts = {a.id: a for a in await Account.objects().where(Account.id.is_in([r.account for r in rows]))}
    found = [Member(row, accounts[row.account]) for row in rows]
    return sorted(found, key=lambda m: (ORDER.index(m.membership.role), m.name.casefold(), m.membership.id))


async def member_named(association_id: int, public_id: str) -> Member:
    """The member of this association that this public id names. NotFound: there is none."""
    for member in await members_of(association_id):
        if member.membership.public_id == public_id:
            return member
    raise NotFound


async def member_of_account(association_id: int, account_id: int) -> Member | None:
    """The membership of this account, if it is a member."""
    membership = await Membership.objects().get(
        (Membership.account == account_id) & (Membership.association == association_id)
    )
    account = await Account.objects().get(Account.id == account_id) if membership else None
    return Member(membership, account) if membership and account else None


async def others_of(account_id: int, association: Association) -> list[Association]:
    """The other associations this account belongs to, by name: where it may switch to."""
    mine = await queries.associations_of(account_id)
    return [row for row, _role in mine if row.id != association.id]


async def locked(association_id: int, account_id: int, roles: Collection[Role]) -> Association:
    """The association, whose members nobody else changes until our transaction ends.

    Raises:
        NotFound: the account no longer has one of these roles in it.
    """
    await db.lock_row(Association, association_id)
    if await queries.role_in(account_id, association_id) not in roles:
        raise NotFound
    return await queries.fresh(association_id)
