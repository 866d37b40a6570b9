"""How the demonstration's missions are written, sent, decided upon, paused, finished and cancelled."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from marketplace.demo import content
from marketplace.demo.content import Words
from marketplace.demo.founding import commune, on_duty
from marketplace.demo.world import Step, World
from marketplace.errors import NotFound
from marketplace.missions import actions as missions
from marketplace.missions.lifecycle import Minors, PlaceKind, Timing
from marketplace.missions.series import Hours
from marketplace.missions.undertaking import DEFAULT_UNDERTAKING
from marketplace.moderation import actions as moderation
from marketplace.moderation.lifecycle import Act
from marketplace.publishing import actions as publishing
from marketplace.publishing import finish_actions
from marketplace.vocabulary.queries import commune_by_code

MODERATED = ("returned", "published", "paused", "finished", "cancelled")
AS_TOLD = (
    "title", "domain", "activities", "audiences", "tasks", "details",
    "skills_needed", "skills_wished", "training", "rhythm", "day_parts", "admission",
    "contact_level", "exposures", "two_adults", "prerequisites",
    "supervisor_name", "supervisor_role", "supervisor_phone",
    "wheelchair", "public_transport", "peers_welcome",
)  # fmt: skip


def steps(world: World) -> Iterator[Step]:
    """Each association's missions."""
    for file in content.associations():
        for told in file["missions"]:
            yield from _steps_of(world, file["association"], told)


def _steps_of(world: World, association: Words, told: Words) -> Iterator[Step]:
    day, state = -told["written"], told["state"]
    yield Step(world.at(day, 10), partial(_write, world, association, told))
    if state != "draft":
        yield Step(world.at(day, 11), partial(_submit, world, association, told))
    if state in MODERATED:
        act = Act.RETURN_MISSION if state == "returned" else Act.PUBLISH_MISSION
        yield Step(world.at(day + 1, 15), partial(_decide, world, told, act))
    if told.get("minors_open"):
        yield Step(world.at(day + 1, 16), partial(_decide, world, told, Act.OPEN_TO_MINORS))
    if state == "paused":
        yield Step(world.at(-6, 17), partial(_pause, world, association, told))
    if state == "finished":
        yield Step(world.at(-2, 17), partial(_finish, world, association, told))
    if state == "cancelled":
        yield Step(world.at(-12, 17), partial(_cancel, world, association, told))


async def _write(world: World, association: Words, told: Words, now: datetime) -> None:
    row = world.associations[association["name"]]
    mission = await missions.create(row, world.accounts[association["owner"]], now)
    columns = {**_words(told), **await _place(told)}
    world.missions[told["key"]] = await missions.write(
        mission, columns, now + timedelta(minutes=40), dates=_dates(world, told), places=told["places"]
    )


async def _submit(world: World, association: Words, told: Words, now: datetime) -> None:
    await publishing.submit(world.missions[told["key"]], world.accounts[association["owner"]], now)


async def _decide(world: World, told: Words, act: Act, now: datetime) -> None:
    mission = world.missions[told["key"]]
    reason, note = told.get("return_reason", ""), told.get("return_note", "")
    await moderation.decide_mission(on_duty(world, mission.id), mission, act, reason, note, now)


async def _pause(world: World, association: Words, told: Words, now: datetime) -> None:
    await publishing.pause(world.missions[told["key"]], world.accounts[association["owner"]], now)


async def _finish(world: World, association: Words, told: Words, now: datetime) -> None:
    mission, owner = world.missions[told["key"]], world.accounts[association["owner"]]
    await finish_actions.finish(mission, owner, now, told["finish_message"])


async def _cancel(world: World, association: Words, told: Words, now: datetime) -> None:
    mission, owner = world.missions[told["key"]], world.accounts[association["owner"]]
    await publishing.cancel(mission, owner, now, told["cancel_message"])


def _words(told: Words) -> Mapping[str, Any]:
    """The columns of the pages that are written word for word."""
    return {
        **{name: told[name] for name in AS_TOLD if name in told},
        "presentation": told["presentation"].strip(),
        "exposures": told.get("exposures", []),
        "undertaking": DEFAULT_UNDERTAKING if told.get("undertaking") else "",
        "minors": Minors.REQUESTED if told.get("minors") else Minors.CLOSED,
        "timing": Timing.DATED if "in_days" in told else Timing.ANYTIME,
    }


async def _place(told: Words) -> Mapping[str, Any]:
    """The columns of the page « Où »: nothing but the kind for work from home."""
    kind = told.get("place_kind", PlaceKind.ON_SITE)
    if kind == PlaceKind.REMOTE:
        return {"place_kind": kind}
    columns = await commune(told["commune"])
    found = await commune_by_code(columns["commune_code"])
    if found is None:
        raise NotFound
    return {
        **columns,
        "place_kind": kind,
        "address": told["address"],
        "latitude": found.latitude,
        "longitude": found.longitude,
    }


def _dates(world: World, told: Words) -> list[Hours]:
    """The dates, if it has some: the first, and the same hours so many days after it."""
    if "in_days" not in told:
        return [Hours()]
    days = world.days_to(told["weekday"], told["in_days"])
    return [_hours(world, days + later, told["hours"]) for later in (0, *told.get("again", ()))]


def _hours(world: World, days: int, hours: Sequence[str]) -> Hours:
    starts, ends = (world.at(days, *map(int, hour.split(":"))) for hour in hours)
    return Hours(starts, ends)
