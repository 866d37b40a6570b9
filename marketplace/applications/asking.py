"""What a mission asks of somebody who applies, and whether they may."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from marketplace.accounts.tables import Account
from marketplace.applications import facts
from marketplace.applications.errors import MissionClosed
from marketplace.applications.forms import ApplicationForm, Asked
from marketplace.applications.overlap_queries import Planned, own_overlaps
from marketplace.applications.policies import Person, why_not_join
from marketplace.errors import NotFound, Refusal
from marketplace.missions.lifecycle import Shown
from marketplace.missions.policies import is_applicable, is_full, slot_day, slot_key
from marketplace.missions.queries import MissionView, full_mission
from marketplace.missions.tables import Slot
from marketplace.volunteers.queries import volunteer_of
from marketplace.web.clock import paris_day
from marketplace.web.forms import Submission


@dataclass(frozen=True, slots=True)
class Asking:
    """Somebody who looks at a mission to apply, and what they are asked."""

    view: MissionView
    slots: Sequence[Slot]  # those one may have, or wait for
    account: Account | None
    people: Mapping[int, Person]  # the facts about them, by slot: an age counts on its day
    asked: Asked
    planned: Mapping[int, Sequence[Planned]]  # what each of these slots would overlap
    now: datetime
    refusal: Refusal | None = None  # why none of the slots can be had any more, of a form that is sent

    def refuse(self, form: ApplicationForm) -> None:
        """Raise the rule's no where there is one for all the slots chosen."""
        if self.refusal:
            raise self.refusal
        born_on, keys = self.asked.born_on or form.born_on, {*form.slots, *form.waits}
        mission, publisher = self.view.mission, self.view.association
        refusals = [
            why_not_join(replace(self.people[slot.id], born_on=born_on), mission, publisher, slot, self.now)
            for slot in self.slots
            if slot_key(slot) in keys
        ]
        if refusals and all(refusals) and refusals[0]:
            raise refusals[0]

    def place_errors(self, sent: Submission[ApplicationForm]) -> None:
        """No date chosen is said beside the lists one may join where there is no free date."""
        if len(self.slots) > 1 and all(is_full(slot) for slot in self.slots):
            sent.errors = [("waits" if name == "slots" else name, said) for name, said in sent.errors]


async def asking_of(
    mission: str, account: Account | None, at: datetime, *, may_be_refused: bool = False
) -> Asking:
    """What this mission asks of this person; `may_be_refused`: a no to all its slots is kept, to be said.

    Raises:
        NotFound: the mission is not public.
        Refusal: none of its slots can be had; the first one's reason.
    """
    view = await full_mission(mission, at)
    if view.shown == Shown.NOT_PUBLIC:
        raise NotFound
    applicable = [slot for slot in view.slots if is_applicable(slot, at)]
    people = await _people(account, applicable, at)
    refusals = [
        why_not_join(people[slot.id], view.mission, view.association, slot, at) for slot in applicable
    ]
    slots = [slot for slot, refusal in zip(applicable, refusals, strict=True) if refusal is None]
    refusal = None if slots else next((one for one in refusals if one), MissionClosed())
    if refusal and not (may_be_refused and applicable):
        raise refusal
    slots = slots or applicable
    asked = _asked(view, slots, account, people[slots[0].id], at)
    planned = await own_overlaps(account.id, slots, at) if account else {}
    return Asking(view, slots, account, people, asked, planned, at, refusal)


async def _people(account: Account | None, slots: Sequence[Slot], at: datetime) -> Mapping[int, Person]:
    if account is None:
        return {slot.id: Person() for slot in slots}
    return await facts.people(account, await volunteer_of(account.id), slots, at)


def _asked(
    view: MissionView, slots: Sequence[Slot], account: Account | None, person: Person, at: datetime
) -> Asked:
    return Asked(
        today=paris_day(at),
        days={slot_key(slot): slot_day(slot, at) for slot in slots},
        tasks=view.mission.tasks,
        prerequisites=view.mission.prerequisites,
        undertaking=bool(view.mission.undertaking),
        email=account.email if account else "",
        names=account is None or not account.first_name,
        age=account is None or (account.adult_attested_on is None and person.born_on is None),
        born_on=person.born_on,
    )
