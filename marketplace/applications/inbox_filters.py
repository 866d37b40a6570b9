"""What an inbox is narrowed to: read from its address, where another account's row is NotFound."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from starlette.datastructures import QueryParams

from marketplace.applications import inbox_queries
from marketplace.applications.inbox_policies import WAITING_SINCE, Group
from marketplace.applications.inbox_queries import Wanted
from marketplace.associations import queries as associations
from marketplace.associations.tables import Association
from marketplace.errors import NotFound
from marketplace.missions.drafts import member_mission
from marketplace.missions.policies import slot_key
from marketplace.missions.queries import slots_of
from marketplace.missions.tables import Mission, Slot
from marketplace.web.ids import may_be_public_id


@dataclass(frozen=True, slots=True)
class Filters:
    """What is chosen, and what there is to choose from."""

    account: int
    associations: Sequence[Association]  # those this account answers for
    association: Association | None
    missions: Sequence[Mission]
    mission: Mission | None
    slots: Sequence[Slot] = field(default_factory=tuple)  # of the mission
    date: str = ""  # the key of one of them
    task: str = ""
    days: int = 0  # waiting since
    group: Group = Group.TO_ANSWER

    @property
    def narrowed(self) -> bool:
        """Whether something is left out besides the group."""
        return bool(self.association or self.mission or self.days)

    @property
    def address(self) -> dict[str, str]:
        """The parameters that lead here again."""
        chosen = {
            "association": self.association.public_id if self.association else "",
            "mission": self.mission.public_id if self.mission else "",
            "date": self.date,
            "tache": self.task,
            "depuis": str(self.days or ""),
            "etat": "" if self.group is Group.TO_ANSWER else self.group.value,
        }
        return {name: value for name, value in chosen.items() if value}

    def wanted(self, now: datetime) -> Wanted:
        """The same for a query."""
        named = [slot.id for slot in self.slots if slot_key(slot) == self.date]
        return Wanted(
            account=self.account,
            association=self.association.id if self.association else None,
            mission=self.mission.id if self.mission else None,
            slots=named if self.date else None,
            entered_by=now - timedelta(days=self.days) if self.days else None,
            task=self.task,
            group=self.group,
        )


async def read_filters(account_id: int, typed: QueryParams) -> Filters:
    """What the address asks for. A date or a task of another mission than the one chosen is passed over.

    Raises:
        NotFound: it names an association or a mission that this account does not answer for.
    """
    roles = await associations.associations_of(account_id)
    mine = [row for row, role in roles if role in associations.MANAGERS]
    association = _one_of(mine, typed.get("association", ""))
    mission = await _mission(account_id, typed.get("mission", ""))
    if mission and association and mission.association != association.id:
        mission = None  # the association was changed, and the mission not yet
    group = _group(typed.get("etat", ""))
    slots = await slots_of(mission.id) if mission else []
    date, task = typed.get("date", ""), typed.get("tache", "")
    days = typed.get("depuis", "")
    return Filters(
        account=account_id,
        associations=mine,
        association=association,
        missions=await _choice([association] if association else mine, mission),
        mission=mission,
        slots=slots,
        date=date if date in {slot_key(slot) for slot in slots} else "",
        task=task if mission and task in mission.tasks else "",
        days=int(days) if days in map(str, WAITING_SINCE) and group.asks else 0,
        group=group,
    )


def _one_of(mine: Sequence[Association], public_id: str) -> Association | None:
    if not public_id:
        return None
    found = next((row for row in mine if row.public_id == public_id), None)
    if found is None:
        raise NotFound
    return found


async def _mission(account_id: int, public_id: str) -> Mission | None:
    if not public_id:
        return None
    if not may_be_public_id(public_id):
        raise NotFound
    return await member_mission(account_id, public_id)


async def _choice(among: Sequence[Association], chosen: Mission | None) -> list[Mission]:
    found = await inbox_queries.missions([row.id for row in among])
    missing = chosen is not None and chosen.id not in {row.id for row in found}
    return [chosen, *found] if chosen and missing else found


def _group(typed: str) -> Group:
    return next((group for group in Group if group.value == typed), Group.TO_ANSWER)
