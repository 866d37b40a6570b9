"""E-mails to the owners and managers of an association. Subjects name neither it nor what was decided."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from marketplace.associations import words
from marketplace.associations.policies import is_insured
from marketplace.associations.queries import managers_emails
from marketplace.associations.tables import Association
from marketplace.mail.outbox import post
from marketplace.text import speaking
from marketplace.web import urls
from marketplace.web.clock import paris_day


async def association_submitted(association: Association, now: datetime) -> None:
    """The file is sent: what happens next."""
    await _post("association_submitted", association, now)


async def association_verified(association: Association, now: datetime) -> None:
    """The association is public and may publish."""
    await _post("association_verified", association, now)


async def association_returned(association: Association, now: datetime, reason: str, note: str) -> None:
    """Something has to change before the association is verified: the reason and the moderator's words."""
    await _post("association_returned", association, now, reason=reason, note=note)


async def association_suspended(association: Association, now: datetime, reason: str, note: str) -> None:
    """The association and its missions are not public for now: the reason and the moderator's words."""
    await _post("association_suspended", association, now, reason=reason, note=note)


async def association_lifted(association: Association, now: datetime) -> None:
    """The association and its missions are public again."""
    await _post("association_lifted", association, now)


async def insurance_ends(association: Association, now: datetime) -> None:
    """The insurance ends soon, or has ended: its missions close to minors until its date is changed."""
    at = {"association": association.public_id}
    await to_managers(
        "insurance_ends",
        association.id,
        now,
        ("associations.insurance", at),
        name=association.name,
        until=association.insured_until,
        insured=is_insured(association, paris_day(now)),
    )


async def to_managers(
    template: str, association_id: int, now: datetime, page: tuple[str, Mapping[str, str]], **values: Any
) -> None:
    """One of these, or another feature's, to every owner and manager, each in their language.

    `page` is what their `link` leads to: a route's name and its parameters.
    """
    for email, lang in await managers_emails(association_id):
        with speaking(lang):  # the page is in the reader's language too
            link = urls.absolute(page[0], **page[1])
        await post(template, to=email, lang=lang, now=now, link=link, **values)


async def _post(template: str, association: Association, now: datetime, **values: str) -> None:
    page = ("associations.show", {"association": association.public_id})
    named = {"name": association.name, "association": association, "words": words}
    await to_managers(template, association.id, now, page, **named, **values)
