"""What the tests of the search page share: its filters read from the page, and two places."""

from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from marketplace.discovery.actions import sweep
from marketplace.missions.tables import Mission
from marketplace.web.ids import may_be_public_id
from tests import gate, make
from tests.client import Client, Page

RENNES: dict[str, Any] = {"latitude": 48.11, "longitude": -1.68}
SAINT_MALO: dict[str, Any] = {
    "latitude": 48.65,
    "longitude": -2.0,
    "commune_name": "Saint-Malo",
    "commune_code": "35288",
}


def missions_on(page: Page) -> list[str]:
    """The public ids of the missions the page leads to, in order."""
    last = [href.rsplit("/", 1)[1] for href in page.links if href.startswith("/missions/")]
    return [name for name in last if may_be_public_id(name)]


async def indexed(*missions: Mission) -> list[str]:
    """Their public ids, once what was written past the actions is in the index."""
    await sweep(make.NOW)
    return [mission.public_id for mission in missions]


async def look(client: Client, **asked: str | list[str]) -> Page:
    """The page of a search whose address is already the one that people share."""
    joined = {name: value if isinstance(value, str) else ".".join(value) for name, value in asked.items()}
    return await client.get(f"/missions?{urlencode(joined)}" if joined else "/missions")


def query(href: str) -> dict[str, list[str]]:
    """What an address asks for, by name."""
    sent = parse_qsl(urlsplit(href).query, keep_blank_values=True)
    return {name: value.split(".") for name, value in sent}


def removal(page: Page, label: str) -> dict[str, list[str]]:
    """What the address still asks for once this filter is removed."""
    (href,) = (
        a.get("href", "")
        for a in page.main.iter("a")
        if gate.text_of(a).replace("\u00a0", " ") == f"Retirer le filtre : {label} ×"
    )
    return query(href)


def status(page: Page) -> str:
    (said,) = (element for element in page.main.iter() if element.get("role") == "status")
    return gate.text_of(said.find("h2") or said)


def why(page: Page) -> list[list[str]]:
    """Why each result is there, in the order of the list."""
    cards = [e for e in page.main.iter("article") if "card" in (e.get("class") or "").split()]
    lists = [[ul for ul in card.iter("ul") if ul.get("class") == "card-why"] for card in cards]
    return [[gate.text_of(li).replace("\u00a0", " ") for ul in one for li in ul.iter("li")] for one in lists]
