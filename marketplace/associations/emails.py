"""E-mails to the owners and managers of an association. Subjects name neither it nor what was decided."""

from datetime import datetime

from marketplace.associations.tables import Association
from marketplace.mail.outbox import post
from marketplace.web import urls


async def association_submitted(association: Association, to: str, lang: str, now: datetime) -> None:
    """The file is sent: what happens next."""
    await post(
        "association_submitted", to=to, lang=lang, now=now, name=association.name, link=_link(association)
    )


async def association_verified(association: Association, to: str, lang: str, now: datetime) -> None:
    """The association is public and may publish."""
    await post(
        "association_verified", to=to, lang=lang, now=now, name=association.name, link=_link(association)
    )


async def association_returned(
    association: Association, to: str, lang: str, now: datetime, reason: str, note: str
) -> None:
    """Something has to change before the association is verified: the reason and the moderator's words."""
    await post(
        "association_returned",
        to=to,
        lang=lang,
        now=now,
        name=association.name,
        link=_link(association),
        reason=reason,
        note=note,
    )


async def association_suspended(
    association: Association, to: str, lang: str, now: datetime, reason: str, note: str
) -> None:
    """The association and its missions are not public for now: the reason and the moderator's words."""
    await post(
        "association_suspended",
        to=to,
        lang=lang,
        now=now,
        name=association.name,
        link=_link(association),
        reason=reason,
        note=note,
    )


async def association_lifted(association: Association, to: str, lang: str, now: datetime) -> None:
    """The association and its missions are public again."""
    await post(
        "association_lifted", to=to, lang=lang, now=now, name=association.name, link=_link(association)
    )


def _link(association: Association) -> str:
    return urls.absolute("associations.show", association=association.public_id)
