"""What the people of the story do, each in a browser of their own, through the pages and their mails."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from marketplace.accounts.queries import account_by_email
from marketplace.applications.tables import Application
from marketplace.missions.policies import slot_key
from marketplace.missions.queries import slots_of
from marketplace.missions.tables import Mission
from marketplace.volunteers.queries import volunteer_of
from tests import make
from tests.applications.journeys import BIRTH, SIXTEEN, confirm, send
from tests.client import Client, Page, emails_to, links_in

ADULTS = ("Ana", "Bo", "Chloé", "Dan", "Eve", "Farid")
VISITOR, MINOR, PARENT, ASSOCIATION = "Gaël", "Lou", "Lou’s parent", "the association"
ADDRESSES = {
    f"{name.lower()}@example.org".translate(str.maketrans("éë", "ee")): name
    for name in (*ADULTS, VISITOR, MINOR)
} | {"parent@example.org": PARENT, "owner@example.org": ASSOCIATION}
EMAILS = {name: email for email, name in ADDRESSES.items()}
YES = {
    "name": "Dominique Petit",
    "relationship": "parent",
    "phone": "06 12 34 56 78",
    "authority": "yes",
    "has_read": "yes",
    "no_disagreement": "yes",
}


@dataclass
class Scene:
    """The mission, and everybody's browser."""

    mission: Mission
    browsers: Mapping[str, Client] = field(default_factory=dict)

    def of(self, name: str) -> Client:
        return self.browsers[name]

    async def application(self, name: str) -> Application:
        """Somebody's newest."""
        account = await account_by_email(EMAILS[name])
        volunteer = await volunteer_of(account.id) if account else None
        assert volunteer is not None
        rows = (
            await Application.objects().where(Application.volunteer == volunteer.id).order_by(Application.id)
        )
        return rows[-1]


async def set_the_scene(client: Client, starts_in_hours: int) -> Scene:
    """Three places, one date; an association, six adults, a minor and a visitor."""
    owner = await make.account(email=EMAILS[ASSOCIATION], first_name="Sacha")
    mission = await make.mission(
        association=await make.association(owner=owner),
        places=3,
        starts_at=make.after(hours=starts_in_hours),
        minors="open",
    )
    accounts = [await make.account(email=EMAILS[name], first_name=name) for name in ADULTS]
    minor = {"email": EMAILS[MINOR], "first_name": MINOR, "adult_attested_on": None}
    accounts.append(await make.account(**minor))
    browsers = {ASSOCIATION: await client.another().sign_in(owner)}
    for name, account in zip((*ADULTS, MINOR), accounts, strict=True):
        browsers[name] = await client.another().sign_in(account)
    return Scene(mission, browsers | {VISITOR: client.another(), PARENT: client.another()})


async def applies(scene: Scene, name: str) -> None:
    """For a place or, the mission being full, for its waiting list: the page says which."""
    await send(scene.of(name), scene.mission, {})


async def applies_at_sixteen(scene: Scene, name: str) -> None:
    guardian = {"guardian_relationship": "parent", "guardian_email": EMAILS[PARENT]}
    await send(scene.of(name), scene.mission, SIXTEEN, guardian)


async def applies_without_an_account(scene: Scene, name: str) -> None:
    names = {"first_name": name, "family_name": "Petit", "email": EMAILS[name]}
    await send(scene.of(name), scene.mission, names | BIRTH)


async def confirms(scene: Scene, name: str) -> None:
    await confirm(scene.of(name), EMAILS[name])


async def agrees(scene: Scene, name: str) -> None:
    page = await _from_mail(scene, name, "consent_asked")
    await scene.of(name).submit(await scene.of(name).get(page.links[0]), YES)


async def meets(scene: Scene, name: str) -> None:
    day = {"day_day": "4", "day_month": "3", "day_year": "2027"}
    await scene.of(ASSOCIATION).submit(await _received(scene, name), day, form="/rencontre")


async def accepts(scene: Scene, name: str) -> None:
    await scene.of(ASSOCIATION).submit(await _received(scene, name), form="/oui")


async def declines(scene: Scene, name: str) -> None:
    await scene.of(ASSOCIATION).submit(await _received(scene, name), {"reason": "profile"}, form="/non")


async def writes(scene: Scene, name: str) -> None:
    members = scene.of(ASSOCIATION)
    page = await members.get(f"/candidatures/{(await scene.application(name)).public_id}/messages")
    await members.submit(page, {"text": "À bientôt, apporte des gants si tu en as."})


async def resumes(scene: Scene, name: str) -> None:
    page = await scene.of(name).get(f"/mes-missions/{scene.mission.public_id}")
    await scene.of(name).submit(page, form="/reprise")


async def withdraws(scene: Scene, name: str) -> None:
    page = await _from_mail(scene, name, "application_accepted", "/retirer/")
    await scene.of(name).submit(page, {"reason": "unavailable"})


async def takes_the_place(scene: Scene, name: str) -> None:
    await scene.of(name).submit(await _from_mail(scene, name, "place_offered"), form="/oui")


async def leaves_the_place(scene: Scene, name: str) -> None:
    await scene.of(name).submit(await _from_mail(scene, name, "place_offered"), form="/non")


async def says_coming(scene: Scene, name: str) -> None:
    await scene.of(name).submit(await _from_mail(scene, name, "still_coming"), form="/oui")


async def notes_who_was_there(scene: Scene, name: str) -> None:
    (slot,) = await slots_of(scene.mission.id)
    page = await scene.of(name).get(f"/mes-missions/{scene.mission.public_id}/presences/{slot_key(slot)}")
    await scene.of(name).submit(page, extra={"others": "present"})


async def thanks(scene: Scene, name: str) -> None:
    members = scene.of(ASSOCIATION)
    page = await members.get(f"/candidatures/{(await scene.application(name)).public_id}/retour")
    await members.submit(page, {"words": "Merci, tout était rangé avant midi."})


async def _received(scene: Scene, name: str) -> Page:
    return await scene.of(ASSOCIATION).get(f"/candidatures/{(await scene.application(name)).public_id}")


async def _from_mail(scene: Scene, name: str, template: str, part: str = "") -> Page:
    """Where the link of the newest of these mails leads: the first that has this in it."""
    mails: Sequence[Any] = [mail for mail in await emails_to(EMAILS[name]) if mail.template == template]
    link = next(link for link in links_in(mails[-1]) if part in link)
    browser = scene.of(name)
    return await browser.follow(await browser.get(link, 303))
