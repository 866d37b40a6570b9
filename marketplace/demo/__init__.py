"""The demonstration: an empty database filled by the same actions as the site, in our own words.

Reading order: content/*.toml, content, world, founding, writing, helping,
living, help.
"""

from datetime import datetime

from marketplace.accounts.tables import Account
from marketplace.demo import founding, help, helping, living, writing
from marketplace.demo.world import World, play
from marketplace.discovery import actions as discovery
from marketplace.routes import ROUTES
from marketplace.web import routing
from marketplace.web.clock import now


async def prepare() -> None:
    """Fill an empty database with weeks of life, then say who can sign in; one in use is left as it is."""
    instant = now()
    if not await Account.exists():
        await fill(instant)
    print(help.text(instant))


async def fill(instant: datetime) -> World:
    """Everything that happened before this instant, in the order it happened."""
    routing.register(ROUTES)  # e-mails hold addresses of pages
    world = World(instant)
    lived = (founding, writing, helping, living)
    await play([step for part in lived for step in part.steps(world)], instant)
    await discovery.sweep(instant)
    return world
