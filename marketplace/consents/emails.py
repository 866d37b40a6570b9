"""E-mails to guardians. They say a first name and a mission, never more of the minor."""

from datetime import datetime
from typing import Any

from marketplace.accounts.tables import Account
from marketplace.associations.tables import Association
from marketplace.consents import queries
from marketplace.consents.lifecycle import Status
from marketplace.consents.policies import limit
from marketplace.consents.tables import Consent
from marketplace.mail.outbox import post
from marketplace.missions.tables import Mission, Slot
from marketplace.volunteers.tables import Volunteer
from marketplace.web import urls


async def consent_asked(consent: Consent, token: str, now: datetime) -> None:
    """The request, with the link to read the mission and answer."""
    link = urls.absolute("guardians.arrive", token=token)
    slots = await queries.slots_of(consent.id, Status.ASKED)
    limits = [(slot, limit(consent, slot)) for slot in slots]
    await _to_guardian("consent_asked", consent, now, link=link, until=consent.link_expires_at, limits=limits)


async def consent_given(consent: Consent, parent_token: str, now: datetime) -> None:
    """The receipt of a yes, with the link to follow and to take it back."""
    link = urls.absolute("guardians.arrive_to_follow", token=parent_token)
    slots = await queries.slots_of(consent.id, Status.GIVEN)
    await _to_guardian("consent_given", consent, now, link=link, slots=slots)


async def consent_refused(consent: Consent, now: datetime) -> None:
    """The receipt of a no."""
    slots = await queries.slots_of(consent.id, Status.REFUSED)
    await _to_guardian("consent_refused", consent, now, slots=slots)


async def consent_withdrawn(consent: Consent, now: datetime) -> None:
    """The receipt of a yes taken back."""
    slots = await queries.slots_of(consent.id, Status.WITHDRAWN)
    await _to_guardian("consent_withdrawn", consent, now, slots=slots)


async def consent_expired(consent: Consent, now: datetime) -> None:
    """The time to answer has passed; the place is free again."""
    slots = await queries.slots_of(consent.id, Status.EXPIRED)
    await _to_guardian("consent_expired", consent, now, slots=slots)


async def consent_closed(consent: Consent, slot: Slot, now: datetime) -> None:
    """The application for this slot has ended: there is nothing to answer, or to follow, for it any more."""
    await _to_guardian("consent_closed", consent, now, slot=slot)


async def _to_guardian(template: str, consent: Consent, now: datetime, **values: Any) -> None:
    guardian = await queries.guardian_of(consent.id)
    mission = await Mission.objects().get(Mission.id == consent.mission)
    association = await Association.objects().get(Association.id == mission.association) if mission else None
    await post(
        template,
        to=guardian.email,
        lang="fr" if (account := await _minor(consent)) is None else account.language,
        now=now,
        consent=consent,
        mission=mission,
        association=association,
        first_name=account.first_name if account else "",
        **values,
    )


async def _minor(consent: Consent) -> Account | None:
    volunteer = await Volunteer.objects().get(Volunteer.id == consent.volunteer)
    if volunteer is None or volunteer.account is None:
        return None
    return await Account.objects().get(Account.id == volunteer.account)
