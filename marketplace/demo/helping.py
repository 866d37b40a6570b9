"""How the demonstration's volunteers apply, and what associations and a guardian answer."""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from marketplace.accounts.tables import Account
from marketplace.applications import actions as applications
from marketplace.applications import answers, queries
from marketplace.applications.actions import Choices
from marketplace.applications.answers import Ending
from marketplace.applications.queries import Candidacy
from marketplace.consents.actions import Answer, GuardianAddress
from marketplace.demo import content
from marketplace.demo.content import Words
from marketplace.demo.founding import account
from marketplace.demo.mailbox import mailed_token
from marketplace.demo.world import Step, World
from marketplace.guardians import actions as guardians
from marketplace.lifecycle import By
from marketplace.missions.policies import slot_key
from marketplace.missions.queries import slots_of
from marketplace.web.clock import paris_day

ADULT_AGE_TYPED = 34  # it is not kept: an adult attests, no more
MONTHS_SINCE_BIRTHDAY = 4

Act = Callable[[World, Words, datetime], Awaitable[None]]


def steps(world: World) -> Iterator[Step]:
    """Each application, and what followed."""
    for number, told in enumerate(content.people()["applications"]):
        day = -told["days_ago"]
        yield Step(world.at(day, 18, number), partial(_apply, world, told))
        for days_later, act in _followed(told.get("then", "")):
            yield Step(world.at(day + days_later, 12, number), partial(act, world, told))


def _followed(then: str) -> Sequence[tuple[int, Act]]:
    followed: Mapping[str, Sequence[tuple[int, Act]]] = {
        "": [],
        "accept": [(1, _accept)],
        "decline": [(2, _decline)],
        "withdraw": [(3, _withdraw)],
        "consent": [(1, _consent), (2, _accept)],
    }
    return followed[then]


async def _apply(world: World, told: Words, now: datetime) -> None:
    mission, person = world.missions[told["mission"]], await account(world, told["who"], now)
    minor = content.people()["minors"].get(told["who"])
    all_slots = await slots_of(mission.id)
    slots = [all_slots[number] for number in told.get("dates", [0])]
    choices = Choices(
        message=told.get("message", ""),
        tasks=mission.tasks[:2],
        undertaking=mission.undertaking,
        prerequisites=mission.prerequisites,
        guardian=GuardianAddress(minor["guardian"], minor["relationship"]) if minor else None,
        waits=[slot_key(slot) for slot in slots] if told.get("waits") else (),
    )
    born_on = _born(minor["age"] if minor else ADULT_AGE_TYPED, world)
    applied = await applications.apply(person, born_on, slots, choices, now)
    world.applications[told["who"], told["mission"]] = applied.applications[0]


async def _accept(world: World, told: Words, now: datetime) -> None:
    await answers.accept(await found(world, told), _answerer(world, told).id, now)


async def _decline(world: World, told: Words, now: datetime) -> None:
    ending = Ending(By.ASSOCIATION, told["reason"], told.get("answer", ""))
    await answers.decline(await found(world, told), ending, _answerer(world, told).id, now)


async def _withdraw(world: World, told: Words, now: datetime) -> None:
    await answers.withdraw(await found(world, told), Ending(By.VOLUNTEER, told["reason"]), now)


async def _consent(world: World, told: Words, now: datetime) -> None:
    """The guardian opens the mailed link and agrees."""
    minor = content.people()["minors"][told["who"]]
    answer = Answer(minor["guardian_name"], minor["relationship"], minor["guardian_phone"])
    token = await mailed_token(minor["guardian"], "consent_asked", "guardians.arrive", "token")
    await guardians.give(token, answer, None, now)


async def found(world: World, told: Words) -> Candidacy:
    """The first application of `who` to `mission`, as it is now."""
    return await queries.candidacy(world.applications[told["who"], told["mission"]].public_id)


def _answerer(world: World, told: Words) -> Account:
    """The mission's author."""
    author: Any = world.missions[told["mission"]].author
    return next(person for person in world.accounts.values() if person.id == author)


def _born(age: int, world: World) -> date:
    """A birth date of somebody who had this birthday some months ago."""
    today = paris_day(world.today)
    months = today.year * 12 + today.month - 1 - MONTHS_SINCE_BIRTHDAY
    return date(months // 12 - age, months % 12 + 1, 1)
