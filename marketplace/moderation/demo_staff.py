"""The moderators of the demonstration: their passwords and second factors are known to everyone.

Nothing makes them but the demonstration (`settings.demo`), which a real installation never runs.
"""

from datetime import datetime
from typing import NamedTuple

from marketplace.errors import NotFound
from marketplace.moderation import staff, totp
from marketplace.moderation.tables import Moderator


class DemoModerator(NamedTuple):
    """What they type to sign in; the code comes from the secret and the time."""

    username: str
    email: str
    password: str
    secret: str


DEMO_MODERATORS = (
    DemoModerator("alma", "alma.demo@example.org", "quatre-chaises-vertes", "KRUGS4ZANFZSAYJAMRSW23ZB"),
    DemoModerator("basile", "basile.demo@example.org", "trois-lampes-bleues", "ORUGC5BANFZSAYJAMRSW23ZB"),
)


async def create(told: DemoModerator, now: datetime) -> Moderator:
    """The staff account, with the second factor everyone knows."""
    await staff.create_moderator(told.username, told.email, told.password, now)
    # sealed with this installation's key, as every second factor
    await Moderator.update({Moderator.totp_secret: totp.seal(told.secret)}).where(
        Moderator.username == told.username
    )
    row = await Moderator.objects().get(Moderator.username == told.username)
    if row is None:
        raise NotFound
    return row


def code(told: DemoModerator, now: datetime) -> str:
    """The six digits their authenticator shows at this instant."""
    return totp.code_at(told.secret, now)
