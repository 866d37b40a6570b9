"""Who writes to whom in the tests of messages, as browsers do."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from marketplace.accounts.tables import Account
from marketplace.applications.lifecycle import Status
from marketplace.applications.tables import Application
from marketplace.associations.tables import Association
from marketplace.messages.tables import Message, Side
from marketplace.missions.tables import Mission
from tests import make
from tests.client import Client, Page

OWNER, VOLUNTEER, PARENT = "owner@example.org", "alix@example.org", "parent@example.org"


@dataclass
class Talk:
    """An application, both of whose sides are known."""

    association: Association
    mission: Mission
    application: Application
    owner: Account
    volunteer: Account

    @property
    def own_path(self) -> str:
        return f"/mes-candidatures/{self.application.public_id}/messages"

    @property
    def received_path(self) -> str:
        return f"/candidatures/{self.application.public_id}/messages"


async def talk(
    *,
    status: str = Status.ACCEPTED,
    age: int | None = None,
    starts_at: datetime | None = None,
    mission: dict[str, Any] | None = None,
    **application: Any,
) -> Talk:
    """Somebody applied to an association."""
    owner = await make.account(email=OWNER, first_name="CHRIS", family_name="Nowak")
    association = await make.association(owner=owner)
    made = await make.mission(association=association, starts_at=starts_at, **(mission or {}))
    volunteer = await make.volunteer(age=age, email=VOLUNTEER, first_name="Alix", family_name="Renard")
    row = await make.application(made, volunteer, status=status, **application)
    return Talk(association, made, row, owner, await make.account_of(volunteer))


async def write(client: Client, path: str, text: str, status: int = 303) -> Page:
    """Open the thread, write, and follow to where it leads."""
    answer = await client.submit(await client.get(path), {"text": text}, status=status)
    return await client.follow(answer) if status == 303 else answer


async def say(
    about: Talk, side: Side, text: str = "Bonjour", *, to_all: bool = False, author: int | None = None
) -> Message:
    """A message written at NOW, past the actions; `author`: another account's id."""
    writer = about.owner if side == Side.ASSOCIATION else about.volunteer
    row = Message(
        application=about.application.id,
        side=side,
        author=author or writer.id,
        text=text,
        to_all=to_all,
        sent_at=make.NOW,
    )
    await row.save()
    return row
