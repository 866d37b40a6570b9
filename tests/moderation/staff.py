"""A moderator as the command makes one, and the way through their door."""

from marketplace.moderation import staff, totp
from marketplace.moderation.staff import Enrolment
from marketplace.moderation.staff_cookie import COOKIE, PATH
from marketplace.moderation.tables import Moderator, ModeratorSession
from tests import make
from tests.client import Client, Clock, Page

NAME, EMAIL, PASSWORD = "claude", "claude@example.org", "un long mot de passe"
DOOR = "/admin/connexion"


async def enrolled(username: str = NAME, email: str = EMAIL) -> Enrolment:
    """A staff account, made at make.NOW."""
    return await staff.create_moderator(username, email, PASSWORD, make.NOW)


async def knock(client: Client, *, status: int | None = None, **typed: str) -> Page:
    """Fill in the door's form."""
    return await client.submit(await client.get(DOOR), typed, status=status or 303)


async def enter(client: Client, clock: Clock, who: Enrolment | None = None) -> Enrolment:
    """Sign in with everything right."""
    who = who or await enrolled()
    code = totp.code_at(who.secret, clock.instant)
    await knock(client, username=who.username, password=PASSWORD, code=code)
    return who


async def be(client: Client, moderator: Moderator | None = None) -> Moderator:
    """Hold a session of a moderator without passing the door."""
    moderator = moderator or await make.moderator()
    token = await ModeratorSession.open_for(moderator.id, make.NOW)
    client.http.cookies.set(COOKIE, token, domain=client.http.base_url.host, path=PATH)
    return moderator
