"""The steps several tests walk through, as a browser does."""

from collections.abc import Mapping, Sequence

from marketplace.applications.tables import Application
from marketplace.missions.tables import Mission
from marketplace.web.ids import fingerprint
from tests.client import Client, Page, last_email, links_in

BIRTH = {"born_on_day": "14", "born_on_month": "7", "born_on_year": "1990"}
SIXTEEN = {"born_on_day": "15", "born_on_month": "1", "born_on_year": "2011"}
VISITOR = {"first_name": "Zoé", "family_name": "Petit", "email": "zoe@example.org", **BIRTH}
GUARDIAN = {"guardian_relationship": "parent", "guardian_email": "maman@example.org"}

Typed = Mapping[str, str | Sequence[str]]


def page_of(mission: Mission) -> str:
    return f"/missions/{mission.public_id}/candidature"


async def fill(client: Client, mission: Mission, typed: Typed, guardian: Typed | None = None) -> Page:
    """From the first page to the one that asks to check."""
    page = await client.submit(await client.get(page_of(mission)), typed, status=200)
    return await client.submit(page, guardian, status=200) if guardian else page


async def send(
    client: Client, mission: Mission, typed: Typed, guardian: Typed | None = None, status: int = 303
) -> Page:
    """The whole form, sent."""
    page = await fill(client, mission, typed, guardian)
    return await client.submit(page, {"step": "send"}, status=status)


async def confirm(client: Client, email: str, status: int = 303) -> Page:
    """Open the mailed link and press its button."""
    link = links_in(await last_email(email))[0]
    return await client.submit(await client.follow(await client.get(link, 303)), status=status)


async def the_application() -> Application:
    """The one there is."""
    rows = await Application.objects()
    assert len(rows) == 1, rows
    row: Application = rows[0]
    return row


def link_name(path: str) -> str:
    """What the token-free address calls the secret of a mailed link."""
    return fingerprint(path.rpartition("/")[2])[:16]
