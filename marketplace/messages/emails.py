"""E-mails that carry messages. Nobody's address is in them: answers are written on the site."""

from datetime import datetime
from typing import Any

from marketplace.accounts.queries import account
from marketplace.applications.policies import is_minor
from marketplace.applications.queries import Candidacy
from marketplace.associations.emails import to_managers
from marketplace.associations.queries import manages
from marketplace.mail.outbox import post
from marketplace.messages import queries
from marketplace.missions import words
from marketplace.text import speaking
from marketplace.web import urls

WRITES = "messages.received"


async def message_to_volunteer(found: Candidacy, by: str, text: str, to_all: bool, now: datetime) -> None:
    """To the volunteer: what the association writes, and where to answer. `by`: « CHRIS N. »."""
    if found.account is None:
        return
    with speaking(found.account.language):
        link = urls.absolute("messages.own", application=found.application.public_id)
    await post(
        "message_to_volunteer",
        to=found.account.email,
        lang=found.account.language,
        now=now,
        **_about(found, text),
        by=by,
        to_all=to_all,
        tu=is_minor(found.application),
        link=link,
    )


async def message_to_association(found: Candidacy, text: str, now: datetime) -> None:
    """To the mission's referent, else to every owner and manager: what the volunteer writes."""
    name, page = "message_to_association", {"application": found.application.public_id}
    referent = await account(found.mission.referent) if found.mission.referent else None
    if referent is None or not await manages(referent.id, found.association.id):
        await to_managers(name, found.association.id, now, (WRITES, page), **_about(found, text))
        return
    with speaking(referent.language):
        link = urls.absolute(WRITES, **page)
    await post(name, to=referent.email, lang=referent.language, now=now, link=link, **_about(found, text))


async def message_to_guardian(found: Candidacy, by: str, text: str, now: datetime) -> None:
    """To the guardian whose consent stands: a copy of what the association writes to the minor."""
    guardian = await queries.guardian_to_tell(found.application)
    if guardian is None or found.account is None:
        return
    about = _about(found, text) | {"by": by}
    await post("message_to_guardian", to=guardian.email, lang=found.account.language, now=now, **about)


def _about(found: Candidacy, text: str) -> dict[str, Any]:
    return {
        "first_name": found.account.first_name if found.account else "",
        "mission": found.mission,
        "association": found.association,
        "words": words,
        "text": text,
    }
