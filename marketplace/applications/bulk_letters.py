"""The e-mails that an answer to several would send, as they will be written, without what is personal."""

import re
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import datetime

from marketplace import settings
from marketplace.applications import emails
from marketplace.applications.answers import Ending
from marketplace.applications.policies import words_told
from marketplace.applications.queries import Candidacy
from marketplace.mail.outbox import kept
from marketplace.text import _


@dataclass(slots=True)
class Letter:
    """One text, and the first names of those who would receive it."""

    subject: str
    text: str
    language: str
    people: list[str] = field(default_factory=list)


async def letters(found: Sequence[Candidacy], ending: Ending | None, now: datetime) -> list[Letter]:
    """What each receives, identical ones together, in the order of the first person of each."""
    by_text: dict[tuple[str, str], Letter] = {}
    for one in found:
        letter = await _letter(one, ending, now)
        if letter is not None and one.account is not None:
            same = by_text.setdefault((letter.subject, letter.text), letter)
            same.people.append(one.account.first_name)
    return list(by_text.values())


async def _letter(found: Candidacy, ending: Ending | None, now: datetime) -> Letter | None:
    with kept() as posted:
        await _post(_of_nobody(found, ending), ending, now)
    if not posted or found.account is None:
        return None
    return Letter(posted[0].subject, _without_links(posted[0].text), found.account.language)


async def _post(found: Candidacy, ending: Ending | None, now: datetime) -> None:
    if ending is None:
        await emails.application_accepted([found], now)
    else:
        await emails.application_declined(found, now)


def _of_nobody(found: Candidacy, ending: Ending | None) -> Candidacy:
    """The same, answered, of somebody without a name: copies, which nothing writes."""
    application, account = copy(found.application), copy(found.account)
    if ending is not None:
        application.reason = ending.reason
        application.reason_message = words_told(ending.message, ending.by, application, found.association)
    if account is not None:
        account.first_name = _("[prénom]")
    return replace(found, application=application, account=account)


def _without_links(text: str) -> str:
    """Each person's links open their own pages: the association sees that there are some, never which."""
    ours = re.escape(settings.current().public_url) + r"\S*"
    return re.sub(ours, _("[lien personnel]"), text)
