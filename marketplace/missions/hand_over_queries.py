"""Reading which member answers for a mission."""

from collections.abc import Sequence

from marketplace.associations import queries as associations
from marketplace.associations.member_queries import Member, member_of_account, members_of
from marketplace.missions.lifecycle import OVER
from marketplace.missions.tables import Mission


async def answered_by(association_id: int, account_id: int) -> Sequence[Mission]:
    """The missions this account answers for: named their referent, or their author when nobody is named.

    Finished and cancelled ones are left out: nothing is left to hand over.
    """
    is_referent = Mission.referent == account_id
    by_default = Mission.referent.is_null() & (Mission.author == account_id)
    return (
        await Mission.objects()
        .where(
            (Mission.association == association_id)
            & (is_referent | by_default)
            & Mission.status.not_in(sorted(OVER))
        )
        .order_by(Mission.id, ascending=False)
    )


async def referent_of(mission: Mission) -> Member | None:
    """Who answers for the mission, while an owner or a manager; None: the whole team does."""
    account_id = mission.referent or mission.author
    member = await member_of_account(mission.association, account_id) if account_id else None
    return member if member and member.membership.role in associations.MANAGERS else None


async def may_answer(association_id: int) -> list[Member]:
    """The owners and managers: who may be a referent."""
    return await members_of(association_id, associations.MANAGERS)
