"""E-mails about applications. Subjects are neutral: mailboxes are shared."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from marketplace.applications import links, policies
from marketplace.applications.queries import Candidacy
from marketplace.associations.emails import to_managers
from marketplace.consents.tables import Consent
from marketplace.mail.outbox import post
from marketplace.text import language, speaking
from marketplace.vocabulary.reasons import DECLINE_REASONS
from marketplace.web import urls


async def confirm_application(
    to: str, secret: str, mission_title: str, is_minor: bool, now: datetime
) -> None:
    """To a visitor: the link that makes the application theirs, within thirty minutes."""
    link = urls.absolute("applications.arrive", secret=secret)
    about: dict[str, Any] = {"link": link, "mission_title": mission_title, "is_minor": is_minor}
    await post("confirm_application", to=to, lang=language(), now=now, **about)


async def application_received(found: Candidacy, now: datetime) -> None:
    """To the volunteer: it is sent (or, where the mission takes people at once, accepted)."""
    await _to_volunteer("application_received", found, now)


async def consent_awaited(found: Candidacy, consent: Consent, now: datetime) -> None:
    """To a minor: a parent was asked; until when the place is kept."""
    await _to_volunteer("consent_awaited", found, now, until=consent.link_expires_at)


async def application_arrived(found: Candidacy, now: datetime) -> None:
    """To the association: somebody offers their help."""
    page = ("applications.answer", {"application": found.application.public_id})
    until = policies.answer_by(found.application, found.slot)
    await _to_managers("application_arrived", found, now, page, until=until)


async def application_accepted(found: Candidacy, now: datetime) -> None:
    """To the volunteer: yes, with the place and whom to call."""
    await _to_volunteer("application_accepted", found, now)


async def application_declined(found: Candidacy, now: datetime) -> None:
    """To the volunteer: no, with the reason."""
    reason = DECLINE_REASONS.get(found.application.reason, "")
    await _to_volunteer("application_declined", found, now, reason=reason)


async def withdrawal_noted(found: Candidacy, now: datetime) -> None:
    """To the volunteer: the place is given back."""
    await _to_volunteer("withdrawal_noted", found, now)


async def application_lapsed(found: Candidacy, now: datetime) -> None:
    """To the volunteer: nobody answered in time; an apology, and where else to go."""
    await _to_volunteer("application_lapsed", found, now)


async def application_unanswered(found: Candidacy, now: datetime) -> None:
    """To the association: its time to answer has passed, and the place is free."""
    page = ("applications.of_mission", {"mission": found.mission.public_id})
    await _to_managers("application_unanswered", found, now, page)


async def application_withdrawn(found: Candidacy, now: datetime) -> None:
    """To the association: « candidature retirée », never by whom."""
    page = ("applications.of_mission", {"mission": found.mission.public_id})
    await _to_managers("application_withdrawn", found, now, page)


async def mission_cancelled(found: Candidacy, now: datetime) -> None:
    """To the volunteer: the mission is cancelled, with the association's words."""
    reason = DECLINE_REASONS.get(found.application.reason, "")
    await _to_volunteer("mission_cancelled", found, now, reason=reason)


async def _to_volunteer(template: str, found: Candidacy, now: datetime, **values: Any) -> None:
    if found.account is None:  # erased meanwhile: nobody to tell
        return
    public_id = found.application.public_id
    with speaking(found.account.language):  # the pages linked to are in the reader's language
        token = links.withdrawal_token(public_id)
        values |= {
            "missions_link": urls.absolute("front.missions"),
            "show_link": urls.absolute("applications.show", application=public_id),
            "withdraw_link": urls.absolute("applications.arrive_to_withdraw", token=token),
        }
    await post(
        template,
        to=found.account.email,
        lang=found.account.language,
        now=now,
        found=found,
        first_name=found.account.first_name,
        **values,
    )


async def _to_managers(
    template: str, found: Candidacy, now: datetime, page: tuple[str, Mapping[str, str]], **values: Any
) -> None:
    first_name = found.account.first_name if found.account else ""
    await to_managers(template, found.association.id, now, page, found=found, first_name=first_name, **values)
