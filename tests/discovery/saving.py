"""What tests of saved searches share."""

from marketplace.discovery.saved_actions import Wanted
from marketplace.discovery.saved_tables import SavedSearch
from tests.client import Client, last_email, links_in

NEW = "/alertes/nouvelle"
ZOE = "zoe@example.org"
TICKED = {"consent": "yes"}
BY_ADDRESS = {"email": ZOE, "adult": "yes", **TICKED}


def wanted(query: str = "", frequency: str = "daily") -> Wanted:
    return Wanted(query, frequency, "fr")


async def saved() -> list[SavedSearch]:
    return await SavedSearch.objects().order_by(SavedSearch.id)


async def confirm_link(to: str = ZOE) -> str:
    return next(link for link in links_in(await last_email(to)) if "/confirmer/" in link)


async def asked(client: Client, query: str = "", **data: str) -> None:
    page = await client.get(f"{NEW}?{query}")
    assert (await client.submit(page, BY_ADDRESS | data)).location == "/alertes/envoyee"
