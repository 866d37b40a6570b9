"""Reading applications."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TypeVar

from piccolo.table import Table

from marketplace import db
from marketplace.accounts.tables import Account
from marketplace.applications.lifecycle import LIVE, Status
from marketplace.applications.tables import Application
from marketplace.associations import queries as associations
from marketplace.associations.tables import Association
from marketplace.errors import NotFound
from marketplace.lifecycle import in_sql
from marketplace.missions.lifecycle import OVER
from marketplace.missions.tables import Mission, Slot
from marketplace.volunteers import queries as volunteers
from marketplace.volunteers.tables import Volunteer

MOST_OWN = 100  # of one's applications, read at once
# What its association ever saw; `a` is the application.
SHOWN = """(a.status IN ('pending', 'accepted', 'declined') OR EXISTS (
    SELECT 1 FROM journal j WHERE j.subject = 'application' AND j.row_id = a.id
    AND j.target IN ('pending', 'accepted')))"""
# `policies.is_current` in SQL; `a` is the application, `s` its slot, `m` its mission, {} the instant.
CURRENT = f"""(a.status IN {in_sql(LIVE)} AND (s.ends_at IS NULL OR s.ends_at > {{}})
    AND m.status NOT IN {in_sql(OVER)})"""
OF_VOLUNTEER = """FROM application a JOIN slot s ON s.id = a.slot JOIN mission m ON m.id = s.mission
    WHERE a.volunteer = {}"""

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
        f"SELECT 1 AS seen FROM application a WHERE a.id = {{}} AND {SHOWN}",  # noqa: S608 - our own constants
        application.id,
    )
    return bool(rows)


async def left(application: Application) -> str:
    """The status it had before the one it ended in: what was given back, a place or a rank on a list."""
    rows = await db.fetch(
        """SELECT source FROM journal WHERE subject = 'application' AND row_id = {} AND target = {}
        ORDER BY id DESC LIMIT 1""",
        application.id,
        str(application.status),
    )
    return str(rows[0]["source"]) if rows else ""


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


async def live_of_account(account_id: int, mission_id: int) -> list[Candidacy]:
    """One's live applications for a mission, in the order of their dates."""
    rows = await db.fetch(
        f"""SELECT a.id FROM application a JOIN slot s ON s.id = a.slot
        JOIN volunteer v ON v.id = a.volunteer
        WHERE v.account = {{}} AND s.mission = {{}} AND a.status IN {in_sql(LIVE)}
        ORDER BY s.starts_at, a.id""",  # noqa: S608 - our own constants
        account_id,
        mission_id,
    )
    by_id = await _by_id(Application, [row["id"] for row in rows])
    return await about_all([by_id[row["id"]] for row in rows])


async def live_of_mission(mission_id: int) -> Sequence[Application]:
    """Every live application of a mission, confirmed or not."""
    return await live_of_slots(await slot_ids(mission_id))


async def live_of_slots(slots: Collection[int]) -> Sequence[Application]:
    """Every live application of these slots, confirmed or not, in the order they were made."""
    if not slots:
        return []
    live = Application.slot.is_in(list(slots)) & Application.status.is_in(list(LIVE))
    return await Application.objects().where(live).order_by(Application.id)


async def accepted_of_slot(slot_id: int) -> list[Candidacy]:
    """The people accepted for a slot."""
    accepted = (Application.slot == slot_id) & (Application.status == Status.ACCEPTED)
    return await about_all(await Application.objects().where(accepted).order_by(Application.id))


async def slot_ids(mission_id: int) -> list[int]:
    """All the slots of a mission."""
    return [row["id"] for row in await Slot.select(Slot.id).where(Slot.mission == mission_id)]


async def volunteer(volunteer_id: int) -> Volunteer | None:
    """Whose an application is."""
    return await Volunteer.objects().get(Volunteer.id == volunteer_id)


async def association_status(association_id: int) -> str:
    """Where an association stands."""
    row = await Association.select(Association.status).where(Association.id == association_id).first()
    return str(row["status"]) if row else ""


async def _by_id(table: type[Row], ids: Sequence[int | None]) -> dict[int, Row]:
    key = table._meta.primary_key
    wanted = list({id_ for id_ in ids if id_ is not None})
    rows = await table.objects().where(key.is_in(wanted)) if wanted else []
    return {getattr(row, key._meta.name): row for row in rows}
