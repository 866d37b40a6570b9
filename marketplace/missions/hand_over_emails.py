"""The e-mail to a member who takes over missions. Its subject names none."""

from collections.abc import Sequence
from datetime import datetime

from marketplace.associations.member_queries import Member
from marketplace.associations.tables import Association
from marketplace.mail.outbox import post
from marketplace.missions import words
from marketplace.missions.tables import Mission
from marketplace.text import _, speaking
from marketplace.web import urls


async def missions_handed_over(
    association: Association, to: Member, missions: Sequence[Mission], hand_over_note: str, now: datetime
) -> None:
    """They answer for these missions from now on; the note is what was written for them."""
    account = to.account
    with speaking(account.language):
        titles = [mission.title or _("Mission sans titre") for mission in missions]
        link = urls.absolute("missions.index", association=association.public_id)
    await post(
        "missions_handed_over",
        to=account.email,
        lang=account.language,
        now=now,
        link=link,
        association=association,
        words=words,
        titles=titles,
        hand_over_note=hand_over_note,
    )
