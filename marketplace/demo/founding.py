"""How the demonstration's accounts, moderators and associations come to be."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from marketplace import db
from marketplace.accounts import actions as accounts
from marketplace.accounts.tables import Account
from marketplace.associations import actions as associations
from marketplace.demo import contacts, content
from marketplace.demo.content import Words
from marketplace.demo.world import Step, World
from marketplace.moderation import actions as moderation
from marketplace.moderation import demo_staff
from marketplace.moderation.lifecycle import Act
from marketplace.moderation.tables import Moderator
from marketplace.vocabulary.queries import find_communes
from marketplace.web.clock import paris_day

FIRST_PAGE = ("name", "legal_kind", "rna", "purpose")
OTHER_PAGES = (
    "address", "website", "contact_email", "contact_phone", "insurer",
    "safeguarding_name", "safeguarding_contact",
)  # fmt: skip


def steps(world: World) -> Iterator[Step]:
    """Moderators first, then each association."""
    yield Step(world.at(-60, 9), partial(_hire, world))
    yield Step(world.at(-60, 10), contacts.write)
    for file in content.associations():
        told = file["association"]
        yield Step(world.at(-told["written"], 9), partial(_found, world, told))
        if told["state"] == "verified":
            yield Step(world.at(1 - told["written"], 14), partial(_verify, world, told))


async def account(world: World, who: str, now: datetime) -> Account:
    """Somebody's account, made the first time as when an address is confirmed."""
    if who not in world.accounts:
        people = content.people()
        first, family, email = (people["members"] | people["volunteers"])[who]
        async with db.transaction():
            world.accounts[who] = await accounts.find_or_make(email, first, family, "fr", now)
    return world.accounts[who]


def on_duty(world: World, number: int) -> Moderator:
    """The two moderators take turns."""
    return world.moderators[number % len(world.moderators)]


async def commune(typed: str) -> Mapping[str, Any]:
    """The columns of the commune meant by a postcode and a name."""
    found = (await find_communes(typed))[0]
    return {
        "commune_code": found.code,
        "commune_name": found.name,
        "postcode": typed.split()[0],
        "department": found.department,
    }


async def _hire(world: World, now: datetime) -> None:
    for told in demo_staff.DEMO_MODERATORS:
        world.moderators.append(await demo_staff.create(told, now))


async def _found(world: World, told: Words, now: datetime) -> None:
    owner = await account(world, told["owner"], now)
    insured_until = paris_day(world.today) + timedelta(days=told["insured_for_days"])
    first = {name: told[name] for name in FIRST_PAGE if name in told} | {"legal_kind": "association"}
    others = {name: told[name] for name in OTHER_PAGES if name in told}
    row = await associations.create(owner, first, now)
    pages = {**others, **await commune(told["commune"]), "insured_until": insured_until}
    await associations.save(row, pages, now + timedelta(minutes=20))
    await associations.accept_charter(row, owner, now + timedelta(minutes=25))
    await associations.submit(row, owner, now + timedelta(minutes=30))
    world.associations[told["name"]] = row


async def _verify(world: World, told: Words, now: datetime) -> None:
    row = world.associations[told["name"]]
    await moderation.decide_association(on_duty(world, row.id), row, Act.VERIFY_ASSOCIATION, "", "", now)
