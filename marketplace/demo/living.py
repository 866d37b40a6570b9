"""What the demonstration's people do besides applying: write, meet, note hours, invite, keep, save."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial

from marketplace.accounts.queries import Viewer
from marketplace.accounts.tables import Account
from marketplace.applications import answers, attendance_actions, joining_actions
from marketplace.applications.attendance_actions import Noted
from marketplace.applications.lifecycle import Attendance
from marketplace.associations import invitation_actions
from marketplace.associations.lifecycle import Role
from marketplace.demo import content
from marketplace.demo.content import Words
from marketplace.demo.founding import account
from marketplace.demo.helping import found
from marketplace.demo.mailbox import mailed_token
from marketplace.demo.world import Step, World
from marketplace.discovery import saved_actions
from marketplace.discovery.saved_actions import Wanted
from marketplace.front import favourites_actions
from marketplace.messages import actions as messages
from marketplace.messages.tables import Side
from marketplace.missions.queries import slots_of
from marketplace.web.clock import paris_day

Act = Callable[[World, Words, datetime], Awaitable[None]]


def steps(world: World) -> Iterator[Step]:
    """Each of them, on its day."""
    acts: Mapping[str, Act] = {
        "messages": _write,
        "meetings": _meet,
        "attendance": _note,
        "invitations": _invite,
        "favourites": _keep,
        "searches": _save,
    }
    for kind, act in acts.items():
        for told in content.people()[kind]:
            yield Step(world.at(-told["days_ago"], 19), partial(act, world, told))


async def _write(world: World, told: Words, now: datetime) -> None:
    by = await account(world, told["by"], now)
    author = Viewer(by.id, 0, by.first_name, by.family_name, by.email, by.language, is_adult=True)
    side = Side.VOLUNTEER if told["by"] == told["who"] else Side.ASSOCIATION
    candidacy = await found(world, told)
    await messages.mark_read(candidacy.application.id, side, now)
    await messages.write(candidacy, side, messages.Words(author, told["text"]), now)


async def _meet(world: World, told: Words, now: datetime) -> None:
    day = paris_day(world.today) + timedelta(days=told["in_days"])
    await answers.meet(await found(world, told), day, now, told["note"])


async def _note(world: World, told: Words, now: datetime) -> None:
    """Who was there on the mission's first date, for how many minutes, and who could not come."""
    noted = {who: Noted(Attendance.PRESENT, minutes) for who, minutes in told["present"].items()}
    noted |= {who: Noted(Attendance.EXCUSED, None) for who in told["excused"]}
    people = {world.applications[who, told["mission"]].public_id: one for who, one in noted.items()}
    slot = (await slots_of(world.missions[told["mission"]].id))[0]
    await attendance_actions.note_attendance(slot, people, now)


async def _invite(world: World, told: Words, now: datetime) -> None:
    association, email = world.associations[told["association"]], told["email"]
    await invitation_actions.invite(association, _owner(world, told), email, Role(told["role"]), now)
    if told.get("joins"):
        await _named(world, email, now)
        secret = await mailed_token(email, "member_invited", "applications.arrive_to_join", "secret")
        await joining_actions.join(secret, "", now)


async def _keep(world: World, told: Words, now: datetime) -> None:
    person = await account(world, told["who"], now)
    for key in told["missions"]:
        await favourites_actions.keep(person.id, world.missions[key], now)


async def _save(world: World, told: Words, now: datetime) -> None:
    wanted = Wanted(told["query"], told["frequency"], "fr")
    await saved_actions.save(await account(world, told["who"], now), wanted, now)


async def _named(world: World, email: str, now: datetime) -> Account:
    """The account of a member's address."""
    members = content.people()["members"]
    return await account(world, next(who for who, told in members.items() if told[2] == email), now)


def _owner(world: World, told: Words) -> Account:
    files = (file["association"] for file in content.associations())
    return world.accounts[next(file["owner"] for file in files if file["name"] == told["association"])]
