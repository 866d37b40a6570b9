"""Rows for tests: each factory names only what the test is about, the rest is plausible.

They write rows directly, past the actions: a test starts from any state the database accepts.
`NOW` is the instant of every test; the pages of the `client` fixture live at it too.
"""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any, TypeVar

from piccolo.table import Table

from marketplace.accounts.tables import Account, Session
from marketplace.applications.deadlines import answer_by
from marketplace.applications.lifecycle import Status as Application_
from marketplace.applications.tables import Applicant, Application
from marketplace.associations.invitation_tables import Invitation
from marketplace.associations.lifecycle import Role
from marketplace.associations.lifecycle import Status as Association_
from marketplace.associations.tables import Association, Membership
from marketplace.consents.lifecycle import Status as Consent_
from marketplace.consents.tables import Consent, ConsentLine, Guardian
from marketplace.discovery.saved_tables import Frequency, SavedSearch
from marketplace.exchange.calendar_tables import CalendarFeed
from marketplace.front.favourites_tables import Favourite
from marketplace.impact.attestation_tables import Attestation
from marketplace.lifecycle import By
from marketplace.missions.lifecycle import Status as Mission_
from marketplace.missions.lifecycle import Timing
from marketplace.missions.policies import slot_key
from marketplace.missions.tables import Mission, Slot
from marketplace.moderation.tables import Moderator
from marketplace.volunteers.tables import BirthDate, Volunteer
from marketplace.web.clock import paris_day
from marketplace.web.ids import fingerprint, new_public_id, new_secret
from tests import plausible

NOW = datetime(2027, 3, 2, 9, 0, tzinfo=UTC)  # a Tuesday, 10:00 in Paris
FAR = datetime(2200, 1, 1, tzinfo=UTC)

_numbers = count(1)
Row = TypeVar("Row", bound=Table)


async def account(**values: Any) -> Account:
    """Somebody who signs in, an adult."""
    number = next(_numbers)
    names = {
        "email": f"personne{number}@example.org",
        "first_name": "Camille",
        "family_name": f"Durand{number}",
    }
    dates = {"adult_attested_on": paris_day(NOW), "created_at": NOW, "seen_at": NOW}
    return await _insert(Account, names | dates | values)


_account = account


async def volunteer(*, age: int | None = None, account: Account | None = None, **values: Any) -> Volunteer:
    """An account (made with `values`) offering time: an adult, or a minor of this age at NOW."""
    if age is not None:
        values = {"adult_attested_on": None} | values
    account = account or await _account(**values)
    row = await _insert(Volunteer, {"account": account.id, "created_at": NOW})
    if age is not None:
        await _insert(BirthDate, {"volunteer": row.id, "born_on": born(age)})
    return row


_volunteer = volunteer


def born(age: int) -> date:
    """The birth date of somebody who turned this age in January, two months before NOW."""
    return date(NOW.year - age, 1, 15)


async def account_of(volunteer: Volunteer) -> Account:
    """The account behind a volunteer."""
    return await _one(Account, Account.id == volunteer.account)


async def account_of_email(email: str) -> Account:
    """The account of this address."""
    return await _one(Account, Account.email == email)


async def association(
    *, status: str = Association_.VERIFIED, owner: Account | None = None, **values: Any
) -> Association:
    """A complete association, and its owner as a member (see `owner_of`)."""
    owner = owner or await account()
    dates = {
        "charter_accepted_at": NOW,
        "charter_accepted_by": owner.id,
        "created_at": NOW,
        "submitted_at": None if status == Association_.DRAFT else NOW,
        "verified_at": NOW if status in (Association_.VERIFIED, Association_.SUSPENDED) else None,
    }
    name = {"name": f"Le Vestiaire du canal {next(_numbers)}", "status": status}
    row = await _insert(Association, plausible.ASSOCIATION | name | dates | values)
    await member(row, owner, role=Role.OWNER)
    return row


_association = association


async def member(association: Association, account: Account, *, role: str = Role.MANAGER) -> Membership:
    """Make an account a member."""
    return await _insert(
        Membership, {"association": association.id, "account": account.id, "role": role, "created_at": NOW}
    )


async def invitation(
    association: Association, *, secret: str = "", role: str = Role.MANAGER, **values: Any
) -> Invitation:
    """An address invited by the owner at NOW; `secret` is behind the mailed link."""
    about = {
        "association": association.id,
        "email": f"invite{next(_numbers)}@example.org",
        "role": role,
        "link_hash": fingerprint(secret or new_secret()),
        "invited_by": (await owner_of(association)).id,
        "created_at": NOW,
        "sent_at": NOW,
        "expires_at": after(days=14),
    }
    return await _insert(Invitation, about | values)


async def owner_of(association: Association) -> Account:
    """The account that made the association."""
    owned = (Membership.association == association.id) & (Membership.role == Role.OWNER)
    return await _one(Account, Account.id == (await _one(Membership, owned)).account)


async def mission(
    *,
    places: int = 2,
    status: str = Mission_.PUBLISHED,
    association: Association | None = None,
    starts_at: datetime | None = None,
    **values: Any,
) -> Mission:
    """A complete mission with one slot (see `only_slot`): undated, or of two hours from `starts_at`."""
    association = association or await _association()
    about = {
        **_standing(status),
        "association": association.id,
        "author": (await owner_of(association)).id,
        "timing": Timing.DATED if starts_at else Timing.ANYTIME,
    }
    row = await _insert(Mission, plausible.MISSION | about | values)
    await slot(row, places=places, starts_at=starts_at)
    return row


_mission = mission


def _standing(status: str) -> dict[str, Any]:
    written = status in (Mission_.DRAFT, Mission_.RETURNED)
    return {
        "status": status,
        "paused_because": "association" if status == Mission_.PAUSED else None,
        "suspended_from": Mission_.PUBLISHED if status == Mission_.SUSPENDED else None,
        "created_at": NOW,
        "updated_at": NOW,
        "submitted_at": None if status == Mission_.DRAFT else NOW,
        "published_at": None if written or status == Mission_.SUBMITTED else NOW,
    }


async def slot(
    mission: Mission, *, places: int = 2, starts_at: datetime | None = None, **values: Any
) -> Slot:
    """One more slot: undated, or of two hours from `starts_at`."""
    ends_at = starts_at + timedelta(hours=2) if starts_at else None
    about = {"mission": mission.id, "places": places, "starts_at": starts_at, "ends_at": ends_at}
    return await _insert(Slot, about | {"created_at": NOW} | values)


async def only_slot(mission: Mission) -> Slot:
    """The slot of a mission that has one, as it stands now."""
    slots = await Slot.objects().where(Slot.mission == mission.id)
    assert len(slots) == 1
    return slots[0]


async def application(
    slot: Slot | Mission | None = None,
    volunteer: Volunteer | None = None,
    *,
    status: str = Application_.PENDING,
    **values: Any,
) -> Application:
    """A request for a place; of a minor when the volunteer has a birth date (accepted: with its consent)."""
    if not isinstance(slot, Slot):
        slot = await only_slot(slot or await mission())
    volunteer = volunteer or await _volunteer()
    is_minor = await BirthDate.exists().where(BirthDate.volunteer == volunteer.id)
    if is_minor and status == Application_.ACCEPTED:
        await consent(volunteer, slot)
    ended_by = {
        Application_.DECLINED: By.ASSOCIATION,
        Application_.WITHDRAWN: By.VOLUNTEER,
        Application_.LAPSED: By.TIME,
    }
    about = {
        "slot": slot.id,
        "volunteer": None if status == Application_.UNCONFIRMED else volunteer.id,
        "status": status,
        "status_at": NOW,
        "is_minor": is_minor,
        "ended_by": ended_by.get(Application_(status)),
        "created_at": NOW,
        "accepted_at": NOW if status == Application_.ACCEPTED else None,
        "noted_at": NOW if values.get("attendance") else None,
        "answer_by": answer_by(Application_(status), slot, values.get("status_at", NOW)),
    }
    if status == Application_.UNCONFIRMED:
        about["applicant"] = (await applicant(slot)).id
    return await _insert(Application, plausible.APPLICATION | about | values)


async def applicant(*slots: Slot, **values: Any) -> Applicant:
    """A visitor who has not confirmed their address yet."""
    about = {
        "mission": slots[0].mission,
        "email": f"visite{next(_numbers)}@example.org",
        "first_name": "Noa",
        "family_name": "Petit",
        "slots": [slot_key(slot) for slot in slots],
        "link_hash": fingerprint(new_secret()),
        "network": "192.0.2.0/24",
        "created_at": NOW,
    }
    return await _insert(Applicant, about | values)


async def consent(
    volunteer: Volunteer,
    *slots: Slot,
    status: str = Consent_.GIVEN,
    secret: str = "",
    parent_secret: str = "",
    guardian_email: str = "parent@example.org",
) -> Consent:
    """A guardian's permission for these slots of one mission; `secret` is behind the mailed link."""
    about = {
        "volunteer": volunteer.id,
        "mission": slots[0].mission,
        "status": status,
        "text_version": "1",
        "link_hash": fingerprint(secret) if secret else None,
        "link_expires_at": NOW + timedelta(days=7),
        "parent_link_hash": fingerprint(parent_secret) if parent_secret else None,
        "created_at": NOW,
        "decided_at": None if status == Consent_.ASKED else NOW,
    }
    row = await _insert(Consent, about)
    for one in slots:
        line = {"consent": row.id, "volunteer": volunteer.id, "slot": one.id, "status": status}
        await _insert(ConsentLine, line)
    await _insert(Guardian, plausible.GUARDIAN | {"consent": row.id, "email": guardian_email})
    return row


async def saved_search(
    *, account: Account | None = None, email: str | None = None, **values: Any
) -> SavedSearch:
    """A search for all missions, saved at NOW by an account or an address, to be mailed the next day."""
    about = {
        "public_id": new_public_id(),
        "account": account.id if account else None,
        "email": email,
        "language": "fr",
        "query": "",
        "frequency": Frequency.DAILY,
        "number": 1,
        "consent_version": "1",
        "consented_at": NOW,
        "created_at": NOW,
        "confirmed_at": NOW,
        "seen_until": NOW,
        "next_due_at": after(days=1),
    }
    return await _insert(SavedSearch, about | values)


async def attestation(account: Account, association: Association, **values: Any) -> Attestation:
    """Two hours given to this association this year, attested at NOW."""
    about = {
        "account": account.id,
        "association": association.id,
        "association_name": association.name,
        "first_name": account.first_name,
        "family_name": account.family_name,
        "year": NOW.year,
        "minutes": 120,
        "participations": 1,
        "made_at": NOW,
    }
    return await _insert(Attestation, about | values)


async def calendar_feed(account: Account, secret: str) -> CalendarFeed:
    """The private link of this account's calendar."""
    return await _insert(
        CalendarFeed, {"account": account.id, "secret_hash": fingerprint(secret), "created_at": NOW}
    )


async def favourite(account: Account, mission: Mission, **values: Any) -> Favourite:
    """A mission kept by this account."""
    about = {"account": account.id, "mission": mission.id, "created_at": NOW}
    return await _insert(Favourite, about | values)


async def moderator(**values: Any) -> Moderator:
    """A staff account; its password opens nothing (`Clients.moderator` makes the session)."""
    number = next(_numbers)
    names = {"username": f"moderation{number}", "email": f"moderation{number}@example.org"}
    rights = {"active": True, "admin": True, "superuser": False, "password": "$argon2id$nobody knows"}
    return await _insert(Moderator, names | rights | values)


async def session(account: Account) -> str:
    """The token of a session of this account, as its cookie holds it."""
    token = new_secret()
    about = {"account": account.id, "token_hash": fingerprint(token), "device": "Firefox · Linux"}
    await _insert(Session, about | {"created_at": NOW, "seen_at": NOW, "expires_at": FAR})
    return token


async def _insert(table: type[Row], values: dict[str, Any]) -> Row:
    row = table(**values)
    await row.save()
    return row


async def _one(table: type[Row], condition: Any) -> Row:
    row = await table.objects().get(condition)
    assert row is not None
    return row


def after(**parts: int) -> datetime:
    """An instant this long after NOW: `after(days=3)`."""
    return NOW + timedelta(**parts)
