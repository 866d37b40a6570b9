"""Reading applications."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from marketplace import db
from marketplace.accounts.tables import Account
from marketplace.applications.lifecycle import LIVE, Status
from marketplace.applications.tables import Applicant, Application
from marketplace.associations.lifecycle import Role
from marketplace.associations.tables import Association, Membership
from marketplace.consents import queries as consents
from marketplace.errors import NotFound
from marketplace.missions.tables import Mission, Slot
from marketplace.volunteers import queries as volunteers
from marketplace.volunteers.tables import Volunteer
from marketplace.web.ids import fingerprint, may_be_public_id

ANSWERERS = (Role.OWNER, Role.MANAGER)  # readers do not see applicants


@dataclass(frozen=True, slots=True)
class Candidacy:
    """An application with what it is about and whose it is; `account` is None once erased, or unconfirmed."""

    application: Application
    slot: Slot
    mission: Mission
    association: Association
    account: Account | None


async def candidacy(public_id: str) -> Candidacy:
    """An application by its public id, whosever it is: check who asks.

    Raises:
        NotFound: there is none, or it is nobody's yet.
    """
    if not may_be_public_id(public_id):
        raise NotFound
    application = await Application.objects().get(Application.public_id == public_id)
    if application is None or application.status == Status.UNCONFIRMED:
        raise NotFound
    return await about(application)


async def about(application: Application) -> Candidacy:
    """The same for an application already read."""
    slot = await Slot.objects().get(Slot.id == application.slot)
    mission = await Mission.objects().get(Mission.id == slot.mission) if slot else None
    association = await Association.objects().get(Association.id == mission.association) if mission else None
    if slot is None or mission is None or association is None:
        raise NotFound
    account = None
    if application.volunteer and (
        volunteer := await Volunteer.objects().get(Volunteer.id == application.volunteer)
    ):
        account = await Account.objects().get(Account.id == volunteer.account) if volunteer.account else None
    return Candidacy(application, slot, mission, association, account)


async def own_candidacy(account_id: int, public_id: str) -> Candidacy:
    """One's own application; somebody else's is NotFound."""
    found = await candidacy(public_id)
    if found.account is None or found.account.id != account_id:
        raise NotFound
    return found


async def received_candidacy(account_id: int, public_id: str) -> Candidacy:
    """An application received by an association this account answers for; others are NotFound.

    While it awaits a guardian it is not the association's to see.
    """
    found = await candidacy(public_id)
    member = await Membership.exists().where(
        (Membership.account == account_id)
        & (Membership.association == found.association.id)
        & Membership.role.is_in(list(ANSWERERS))
    )
    if not member or not await was_shown(found.application):
        raise NotFound
    return found


async def was_shown(application: Application) -> bool:
    """Whether the association ever saw it: not before the guardian agreed."""
    if application.status in (Status.PENDING, Status.ACCEPTED, Status.DECLINED):
        return True
    rows = await db.fetch(
        """SELECT 1 AS seen FROM journal WHERE subject = 'application' AND row_id = {}
        AND target IN ('pending', 'accepted') LIMIT 1""",
        application.id,
    )
    return bool(rows)


async def of_account(account_id: int) -> list[Candidacy]:
    """One's applications, newest first."""
    volunteer = await volunteers.volunteer_of(account_id)
    if volunteer is None:
        return []
    rows = (
        await Application.objects()
        .where(Application.volunteer == volunteer.id)
        .order_by(Application.created_at, ascending=False)
        .limit(100)
    )
    return [await about(row) for row in rows]


async def of_mission(mission_id: int) -> list[Candidacy]:
    """The applications an association sees for a mission, those to answer first, oldest first."""
    rows = await db.fetch(
        """SELECT a.id FROM application a JOIN slot s ON s.id = a.slot WHERE s.mission = {}
        AND a.status NOT IN ('unconfirmed', 'awaiting_consent')
        AND (a.status IN ('pending', 'accepted', 'declined') OR EXISTS (
            SELECT 1 FROM journal j WHERE j.subject = 'application' AND j.row_id = a.id
            AND j.target IN ('pending', 'accepted')))
        ORDER BY CASE a.status WHEN 'pending' THEN 0 WHEN 'accepted' THEN 1 ELSE 2 END, a.created_at""",
        mission_id,
    )
    found = await Application.objects().where(Application.id.is_in([r["id"] for r in rows])) if rows else []
    by_id = {row.id: row for row in found}
    return [await about(by_id[row["id"]]) for row in rows]


async def live_of_mission(mission_id: int) -> Sequence[Application]:
    """Every live application of a mission, confirmed or not."""
    slots = [slot.id for slot in await Slot.objects().where(Slot.mission == mission_id)]
    return await Application.objects().where(
        Application.slot.is_in(slots) & Application.status.is_in(list(LIVE))
    )


async def slot_of(application_id: int) -> Slot | None:
    """The slot of an application, confirmed or not; None once it is gone."""
    application = await Application.objects().get(Application.id == application_id)
    return await Slot.objects().get(Slot.id == application.slot) if application else None


async def applicant_by_link(secret: str) -> Applicant | None:
    """Who a confirmation link is for, while the hold stands."""
    return await Applicant.objects().get(Applicant.link_hash == fingerprint(secret))


async def facts_about(
    account: Account, volunteer: Volunteer | None, slot: Slot, now: datetime
) -> dict[str, Any]:
    """What `policies.Person` holds, of an account that applies; `volunteer`: the one it is, if it is one."""
    volunteer_id = volunteer.id if volunteer else 0
    rows = await db.fetch(
        """SELECT m.id AS mission,
            EXISTS (SELECT 1 FROM membership WHERE account = {} AND association = m.association) AS is_member,
            EXISTS (SELECT 1 FROM application WHERE volunteer = {} AND slot = s.id AND status IN
                ('awaiting_consent', 'pending', 'accepted', 'offered', 'waiting')) AS has_live
        FROM slot s JOIN mission m ON m.id = s.mission WHERE s.id = {}""",
        account.id,
        volunteer_id,
        slot.id,
    )
    mission_id = rows[0]["mission"]
    return {
        "born_on": await volunteers.birth_date(volunteer_id),
        "is_member": bool(rows[0]["is_member"]),
        "has_live": bool(rows[0]["has_live"]),
        "places_held": await _places_held(volunteer_id, now),
        "consents_asked": await consents.asked_count(volunteer_id),
        "declined_at": await _last_declined(volunteer_id, mission_id),
        "guardian_refused_at": await consents.last_refusal(volunteer_id, mission_id),
    }


async def _places_held(volunteer_id: int, now: datetime) -> int:
    rows = await db.fetch(
        """SELECT count(*) AS held FROM application a
        JOIN slot s ON s.id = a.slot JOIN mission m ON m.id = s.mission
        WHERE a.volunteer = {} AND a.status IN ('awaiting_consent', 'pending', 'accepted', 'offered')
        AND (s.ends_at IS NULL OR s.ends_at > {}) AND m.status NOT IN ('finished', 'cancelled')""",
        volunteer_id,
        now,
    )
    return int(rows[0]["held"])


async def _last_declined(volunteer_id: int, mission_id: int) -> datetime | None:
    rows = await db.fetch(
        """SELECT a.status_at FROM application a JOIN slot s ON s.id = a.slot
        WHERE a.volunteer = {} AND s.mission = {} AND a.status = 'declined'
        ORDER BY a.status_at DESC LIMIT 1""",
        volunteer_id,
        mission_id,
    )
    return rows[0]["status_at"] if rows else None
