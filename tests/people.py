"""One of each kind of person, around one mission: what the access matrix and the browser tests visit with."""

from dataclasses import dataclass, field

from marketplace.accounts.queries import session_name
from marketplace.accounts.tables import Account, Session
from marketplace.applications.lifecycle import Status as Application_
from marketplace.applications.links import offer_token, withdrawal_token
from marketplace.applications.presence_links import Opens, token
from marketplace.associations.lifecycle import Role
from marketplace.associations.lifecycle import Status as Association_
from marketplace.associations.tables import Association
from marketplace.consents.lifecycle import Status as Consent_
from marketplace.discovery.saved_links import stop_token
from marketplace.missions.lifecycle import Minors
from marketplace.missions.lifecycle import Status as Mission_
from marketplace.missions.policies import slot_key
from marketplace.missions.tables import Mission
from marketplace.moderation.tables import Moderator, ModeratorSession
from marketplace.publishing.links import standing_token
from marketplace.volunteers.tables import Volunteer
from marketplace.web.ids import fingerprint
from tests import make
from tests.client import Client

VISITOR, GUARDIAN = "visitor", "guardian"
OTHER_VOLUNTEER, ELSEWHERE = "another volunteer", "member elsewhere"
MODERATOR, VOLUNTEER, MEMBER = "moderator", "volunteer", "member"
PEOPLE = (VISITOR, GUARDIAN, OTHER_VOLUNTEER, ELSEWHERE, MODERATOR, VOLUNTEER, MEMBER)

SECRET = "s" * 43  # behind the guardian's mailed link
INVITATION_SECRET = "i" * 43  # behind a mailed invitation, to somebody else's address
CALENDAR_SECRET = "c" * 43  # behind the private link of the volunteer's calendar
PARENT_SECRET = "p" * 43  # behind the parent link of a given consent


@dataclass
class World:
    """Some rows, and who looks at them. `ids` fills the `{…}` of paths, some under names of their own."""

    volunteer: Account
    other_volunteer: Account
    member: Account
    elsewhere: Account
    moderator: Moderator
    ids: dict[str, str] = field(default_factory=dict)

    async def browser(self, client: Client, person: str) -> Client:
        """A browser of its own for this kind of person, who has opened the links mailed to them."""
        browser = client.another()
        accounts = {
            VOLUNTEER: self.volunteer,
            OTHER_VOLUNTEER: self.other_volunteer,
            MEMBER: self.member,
            ELSEWHERE: self.elsewhere,
        }
        if person in accounts:
            await browser.sign_in(accounts[person])
        elif person == MODERATOR:
            browser.cookie("id", await ModeratorSession.open_for(self.moderator.id, make.NOW))
        mailed = tuple(self.ids[f"{what} token"] for what in LINKS)
        links = {GUARDIAN: (SECRET, PARENT_SECRET), VOLUNTEER: (*mailed, CALENDAR_SECRET)}
        links[OTHER_VOLUNTEER] = (INVITATION_SECRET,)
        links[MEMBER] = (self.ids["standing token"],)
        for secret in links.get(person, ()):
            browser.cookie(f"link_{link_of(secret)}", secret)
        return browser


LINKS = ("withdrawal", "presence", "feedback", "offer")  # of the volunteer's mails


def link_of(secret: str) -> str:
    """The name a secret has in addresses (see web.links)."""
    return fingerprint(secret)[:16]


async def world() -> World:
    """An association with missions in several states, its applicants (two are minors), and everybody else."""
    volunteer, other = await make.volunteer(), await make.volunteer()
    made = World(
        volunteer=await make.account_of(volunteer),
        other_volunteer=await make.account_of(other),
        member=await make.account(),
        elsewhere=await make.account(),
        moderator=await make.moderator(),
    )
    association = await _associations(made)
    await _missions(made, association)
    mission = await make.mission(association=association, places=5, minors=Minors.OPEN)
    made.ids |= {"mission": mission.public_id, "slot": str((await make.only_slot(mission)).id)}
    await _applications(made, mission, volunteer)
    await _hours(made, association, volunteer)
    saved = await make.saved_search(account=made.volunteer)
    await make.favourite(made.volunteer, mission)
    made.ids |= {"search": saved.public_id, "stop": stop_token(saved.public_id)}
    await make.session(made.volunteer)
    session = await Session.objects().get(Session.account == made.volunteer.id)
    made.ids["session"] = session_name(session) if session else ""
    return made


async def _associations(made: World) -> Association:
    association = await make.association(owner=made.member)
    made.ids["association"] = association.public_id
    reader = await make.member(association, await make.account(), role=Role.READER)
    invitation = await make.invitation(association, secret=INVITATION_SECRET)
    made.ids |= {
        "member": reader.public_id,
        "invitation": invitation.public_id,
        "invitation link": link_of(INVITATION_SECRET),
    }
    for status in (Association_.DRAFT, Association_.SUBMITTED):
        made.ids[f"{status} association"] = (
            await make.association(owner=made.member, status=status)
        ).public_id
    await make.mission(association=await make.association(owner=made.elsewhere))
    return association


async def _missions(made: World, association: Association) -> None:
    for status in (Mission_.DRAFT, Mission_.SUBMITTED, Mission_.PAUSED, Mission_.CANCELLED):
        mission = await make.mission(association=association, status=status)
        made.ids[f"{status} mission"] = mission.public_id
    dated = await make.mission(association=association, starts_at=make.after(days=20))
    full = await make.mission(association=association, places=1)
    await make.application(full)
    coming = await make.application(dated, status=Application_.ACCEPTED)
    made.ids |= {"dated mission": dated.public_id, "full mission": full.public_id}
    made.ids["dated slot"] = slot_key(await make.only_slot(dated))
    made.ids["standing token"] = standing_token(dated.public_id)
    made.ids["standing link"] = link_of(made.ids["standing token"])
    made.ids["presence token"] = token(Opens.PRESENCE, coming.public_id)
    made.ids["presence link"] = link_of(made.ids["presence token"])


async def _hours(made: World, association: Association, volunteer: Volunteer) -> None:
    """Time the volunteer gave to the association, an attestation of it, and a calendar to follow."""
    mission = await make.mission(association=association, starts_at=make.after(days=-20))
    noted = {"attendance": "present", "minutes": 120}
    await make.application(mission, volunteer, status=Application_.ACCEPTED, **noted)
    attestation = await make.attestation(made.volunteer, association)
    await make.calendar_feed(made.volunteer, CALENDAR_SECRET)
    made.ids |= {"year": str(attestation.year), "code": attestation.code}
    made.ids |= {"calendar secret": CALENDAR_SECRET, "calendar link": link_of(CALENDAR_SECRET)}


async def _applications(made: World, mission: Mission, volunteer: Volunteer) -> None:
    pending = await make.application(mission, volunteer)
    accepted = await make.application(
        mission, status=Application_.ACCEPTED, attendance="present", minutes=120
    )
    slot = await make.only_slot(mission)
    offered = await make.application(await make.mission(), volunteer, status=Application_.OFFERED)
    waits = await make.application(await make.mission(), volunteer, status=Application_.WAITING)
    minor, other_minor = await make.volunteer(age=16), await make.volunteer(age=17)
    asked = await make.consent(minor, slot, status=Consent_.ASKED, secret=SECRET)
    awaiting = await make.application(slot, minor, status=Application_.AWAITING_CONSENT)
    await make.consent(other_minor, slot, parent_secret=PARENT_SECRET)
    await make.application(slot, other_minor)
    made.ids |= {
        "application": pending.public_id,
        "accepted application": accepted.public_id,
        "awaiting application": awaiting.public_id,
        "offered application": offered.public_id,
        "waiting application": waits.public_id,
        "offer token": offer_token(offered),
        "offer link": link_of(offer_token(offered)),
        "consent": asked.public_id,
        "secret": SECRET,
        "token": SECRET,
        "step": "presentation",
        "department": "35",
        "domain": "solidarite-et-insertion",
        "audience": "personnes-agees",
        "withdrawal token": withdrawal_token(pending.public_id),
        "withdrawal link": link_of(withdrawal_token(pending.public_id)),
        "feedback token": token(Opens.FEEDBACK, accepted.public_id),
        "feedback link": link_of(token(Opens.FEEDBACK, accepted.public_id)),
        "slot key": "sans-date",
        "link": link_of(SECRET),
        "parent link": link_of(PARENT_SECRET),
    }
