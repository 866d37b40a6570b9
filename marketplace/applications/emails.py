"""E-mails about applications. Subjects are neutral: mailboxes are shared."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from marketplace.applications import calendars, links, queries
from marketplace.applications.queries import Candidacy
from marketplace.associations.emails import to_managers
from marketplace.consents.tables import Consent
from marketplace.discovery.similar import Similar, similar
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


async def application_received(found: Sequence[Candidacy], now: datetime) -> None:
    """To the volunteer: it is sent, for these slots."""
    await _to_volunteer("application_received", found, now)


async def consent_awaited(found: Sequence[Candidacy], consent: Consent, now: datetime) -> None:
    """To a minor: a parent was asked; until when each place is kept."""
    limits = [(one.slot, one.application.answer_by or consent.link_expires_at) for one in found]
    await _to_volunteer("consent_awaited", found, now, limits=limits)


async def application_arrived(found: Sequence[Candidacy], now: datetime) -> None:
    """To the association: somebody offers their help."""
    page = ("applications.answer", {"application": found[0].application.public_id})
    until = min((one.application.answer_by for one in found if one.application.answer_by), default=None)
    await _to_managers("application_arrived", found, now, page, until=until)


async def application_reminder(found: Candidacy, now: datetime) -> None:
    """To the association: somebody still waits for its answer."""
    page = ("applications.answer", {"application": found.application.public_id})
    await _to_managers("application_reminder", [found], now, page, until=found.application.answer_by)


async def application_accepted(found: Sequence[Candidacy], now: datetime) -> None:
    """To the volunteer: yes, with the place and whom to call."""
    calendar = calendars.accepted(found, now)
    await _to_volunteer("application_accepted", found, now, calendar=calendar)


async def meeting_set(found: Candidacy, now: datetime) -> None:
    """To the volunteer: the association would like to meet first, on this day."""
    application = found.application
    about: dict[str, Any] = {"day": application.meeting_on, "until": application.answer_by}
    if found.account:
        with speaking(found.account.language):
            about["messages_link"] = urls.absolute("messages.own", application=application.public_id)
    await _to_volunteer("meeting_set", [found], now, **about)


async def waiting_joined(found: Sequence[Candidacy], now: datetime) -> None:
    """To the volunteer: on the waiting list of these slots."""
    await _to_volunteer("waiting_joined", found, now)


async def place_offered(found: Candidacy, now: datetime) -> None:
    """To the volunteer: a place is free and kept for them, until then; one link to take or leave it."""
    token = links.offer_token(found.application)
    if found.account:
        with speaking(found.account.language):
            link = urls.absolute("applications.arrive_to_answer_offer", token=token)
        await _to_volunteer("place_offered", [found], now, link=link, until=found.application.answer_by)


async def offer_lapsed(found: Candidacy, now: datetime) -> None:
    """To the volunteer: the place offered went to somebody else; where else to go."""
    await _to_volunteer("offer_lapsed", [found], now, near=await similar(found.mission, now))


async def waiting_ended(found: Candidacy, now: datetime) -> None:
    """To the volunteer: no place was free in time; where else to go."""
    await _to_volunteer("waiting_ended", [found], now, near=await similar(found.mission, now))


async def application_declined(found: Candidacy, now: datetime) -> None:
    """To the volunteer: no, with the reason."""
    reason = DECLINE_REASONS.get(found.application.reason, "")
    calendar = calendars.ended([found], now)
    await _to_volunteer("application_declined", [found], now, calendar=calendar, reason=reason)


async def withdrawal_noted(found: Candidacy, now: datetime) -> None:
    """To the volunteer: the place is given back, or the list left."""
    calendar, left = calendars.ended([found], now), await queries.left(found.application)
    await _to_volunteer("withdrawal_noted", [found], now, calendar=calendar, left=left)


async def application_lapsed(found: Candidacy, now: datetime) -> None:
    """To the volunteer: nobody answered in time; an apology, and where else to go."""
    await _to_volunteer("application_lapsed", [found], now, near=await similar(found.mission, now))


async def application_unanswered(found: Candidacy, now: datetime) -> None:
    """To the association: its time to answer has passed, and the place is given back."""
    page = ("applications.of_mission", {"mission": found.mission.public_id})
    await _to_managers("application_unanswered", [found], now, page)


async def application_withdrawn(found: Sequence[Candidacy], now: datetime) -> None:
    """To the association: « candidature retirée », never by whom."""
    page = ("applications.of_mission", {"mission": found[0].mission.public_id})
    await _to_managers("application_withdrawn", found, now, page)


async def mission_cancelled(found: Sequence[Candidacy], now: datetime) -> None:
    """To the volunteer: the mission, or these dates of it, are cancelled, with the association's words."""
    reason = DECLINE_REASONS.get(found[0].application.reason, "")
    calendar = calendars.ended(found, now)
    await _to_volunteer("mission_cancelled", found, now, calendar=calendar, reason=reason)


async def mission_finished(
    found: Sequence[Candidacy], near: Sequence[Similar], only_waited: bool, now: datetime
) -> None:
    """To the volunteer nobody answered: the mission is over; an apology, and where else to go.

    `only_waited`: they were on waiting lists, no more.
    """
    await _to_volunteer("mission_finished", found, now, near=near, only_waited=only_waited)


async def _to_volunteer(template: str, found: Sequence[Candidacy], now: datetime, **values: Any) -> None:
    account, public_id = found[0].account, found[0].application.public_id
    if account is None:  # erased meanwhile: nobody to tell
        return
    with speaking(account.language):  # the pages linked to are in the reader's language
        values |= {
            "missions_link": urls.absolute("front.missions"),
            "mission_link": _mission_link,
            "show_link": urls.absolute("front.space")  # where several are listed
            if len(found) > 1
            else urls.absolute("applications.show", application=public_id),
            "withdraw_links": [(one.slot, _withdraw_link(one)) for one in found],
        }
    await post(
        template,
        to=account.email,
        lang=account.language,
        now=now,
        found=found[0],
        slots=[one.slot for one in found],
        first_name=account.first_name,
        **values,
    )


def _mission_link(public_id: str) -> str:
    return urls.absolute("front.mission", mission=public_id)


def _withdraw_link(found: Candidacy) -> str:
    token = links.withdrawal_token(found.application.public_id)
    return urls.absolute("applications.arrive_to_withdraw", token=token)


async def _to_managers(
    template: str,
    found: Sequence[Candidacy],
    now: datetime,
    page: tuple[str, Mapping[str, str]],
    **values: Any,
) -> None:
    about, slots = found[0], [one.slot for one in found]
    first_name = about.account.first_name if about.account else ""
    values |= {"found": about, "slots": slots, "first_name": first_name}
    await to_managers(template, about.association.id, now, page, **values)
