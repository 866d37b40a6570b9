"""Reading applications."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from piccolo.table import Table

from marketplace import db
from marketplace.accounts.tables import Account
from marketplace.applications.lifecycle import HOLDS_PLACE, LIVE, Status
from marketplace.applications.tables import Applicant, Application
from marketplace.associations import queries as associations
from marketplace.associations.tables import Association
from marketplace.consents import queries as consents
from marketplace.errors import NotFound
from marketplace.lifecycle import in_sql
from marketplace.missions.lifecycle import OVER
from marketplace.missions.tables import Mission, Slot
from marketplace.volunteers import queries as volunteers
from marketplace.volunteers.tables import Volunteer
from marketplace.web.ids import fingerprint

MOST_OWN = 100  # of one's applications, read at once
# What its association ever saw; `a` is the application.
_SHOWN = """(a.status IN ('pending', 'accepted', 'declined') OR EXISTS (
    SELECT 1 FROM journal j WHERE j.subject = 'application' AND j.row_id = a.id
    AND j.target IN ('pending', 'accepted')))"""

Row = TypeVar("Row", bound=Table)


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
    application = await Application.objects().get(Application.public_id == public_id)
    if application is None or application.status == Status.UNCONFIRMED:
        raise NotFound
    return await about(application)


async def about(application: Application) -> Candidacy:
    """The same for an application already read."""
    return (await about_all([application]))[0]


async def about_all(applications: Sequence[Application]) -> list[Candidacy]:
    """The same for several, in their order: five queries, however many they are."""
    slots = await _by_id(Slot, [row.slot for row in applications])
    missions = await _by_id(Mission, [slot.mission for slot in slots.values()])
    publishers = await _by_id(Association, [mission.association for mission in missions.values()])
    people = await _by_id(Volunteer, [row.volunteer for row in applications])
    accounts = await _by_id(Account, [volunteer.account for volunteer in people.values()])

    def gathered(row: Application) -> Candidacy:
        slot, volunteer = slots[row.slot], people.get(row.volunteer)
        mission = missions[slot.mission]
        account = accounts.get(volunteer.account) if volunteer else None
        return Candidacy(row, slot, mission, publishers[mission.association], account)

    return [gathered(row) for row in applications]


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
    answers = await associations.manages(account_id, found.association.id)
    if not answers or not await was_shown(found.application):
        raise NotFound
    return found


async def was_shown(application: Application) -> bool:
    """Whether the association ever saw it: not before the guardian agreed."""
    rows = await db.fetch(
        f"SELECT 1 AS seen FROM application a WHERE a.id = {{}} AND {_SHOWN}",  # noqa: S608 - our own constants
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
        .order_by(Application.created_at, Application.id, ascending=False)
        .limit(MOST_OWN)
    )
    return await about_all(rows)


async def of_mission(mission_id: int) -> list[Candidacy]:
    """The applications an association sees for a mission, those to answer first, oldest first."""
    rows = await db.fetch(
        f"""SELECT a.id FROM application a JOIN slot s ON s.id = a.slot WHERE s.mission = {{}}
        AND a.status NOT IN ('unconfirmed', 'awaiting_consent') AND {_SHOWN}
        ORDER BY CASE a.status WHEN 'pending' THEN 0 WHEN 'accepted' THEN 1 ELSE 2 END, a.created_at""",  # noqa: S608 - our own constants
        mission_id,
    )
    by_id = await _by_id(Application, [row["id"] for row in rows])
    return await about_all([by_id[row["id"]] for row in rows])


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


async def unanswered(
    entered_before: datetime, starts_before: datetime, limit: int = 200
) -> list[Application]:
    """Pending applications whose limit has passed; those of a suspended association wait."""
    rows = await db.fetch(
        """SELECT a.id FROM application a JOIN slot s ON s.id = a.slot
        JOIN mission m ON m.id = s.mission JOIN association o ON o.id = m.association
        WHERE a.status = 'pending' AND o.status = 'verified' AND (a.status_at <= {} OR s.starts_at <= {})
        ORDER BY a.status_at LIMIT {}""",
        entered_before,
        starts_before,
        limit,
    )
    ids = [row["id"] for row in rows]
    return (
        await Application.objects().where(Application.id.is_in(ids)).order_by(Application.id) if ids else []
    )


async def applicant_by_link(secret: str) -> Applicant | None:
    """Who a confirmation link is for, while the hold stands."""
    return await Applicant.objects().get(Applicant.link_hash == fingerprint(secret))


async def facts_about(
    account: Account, volunteer: Volunteer | None, slot: Slot, now: datetime
) -> dict[str, Any]:
    """What `policies.Person` holds, of an account that applies; `volunteer`: the one it is, if it is one."""
    volunteer_id = volunteer.id if volunteer else 0
    member = await db.fetch(
        """SELECT 1 AS one FROM mission m JOIN membership b ON b.association = m.association
        WHERE m.id = {} AND b.account = {}""",
        slot.mission,
        account.id,
    )
    has_live = await Application.exists().where(
        (Application.volunteer == volunteer_id)
        & (Application.slot == slot.id)
        & Application.status.is_in(list(LIVE))
    )
    return {
        "born_on": await volunteers.birth_date(volunteer_id),
        "is_member": bool(member),
        "has_live": has_live,
        "places_held": await _places_held(volunteer_id, now),
        "consents_asked": await consents.asked_count(volunteer_id),
        "declined_at": await _last_declined(volunteer_id, slot.mission),
        "guardian_refused_at": await consents.last_refusal(volunteer_id, slot.mission),
    }


async def _places_held(volunteer_id: int, now: datetime) -> int:
    rows = await db.fetch(
        f"""SELECT count(*) AS held FROM application a
        JOIN slot s ON s.id = a.slot JOIN mission m ON m.id = s.mission
        WHERE a.volunteer = {{}} AND a.status IN {in_sql(HOLDS_PLACE)}
        AND (s.ends_at IS NULL OR s.ends_at > {{}}) AND m.status NOT IN {in_sql(OVER)}""",  # noqa: S608 - our own constants
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


async def _by_id(table: type[Row], ids: Sequence[int | None]) -> dict[int, Row]:
    key = table._meta.primary_key
    wanted = list({id_ for id_ in ids if id_ is not None})
    rows = await table.objects().where(key.is_in(wanted)) if wanted else []
    return {getattr(row, key._meta.name): row for row in rows}
