"""A browser without windows for tests: it refuses any page that the gate finds fault with.

    page = await client.get("/connexion")
    answer = await client.submit(page, {"email": "zoe@example.org"})
    page = await client.get(answer.location)

The site lives at `clock.instant` (make.NOW until a test moves it).
"""

import re
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from xml.etree.ElementTree import Element

import httpx
import pytest
from starlette.applications import Starlette

from marketplace import settings
from marketplace.accounts.tables import Account
from marketplace.app import create_app
from marketplace.mail.tables import Email
from marketplace.web import clock as site_clock
from tests import gate, make

OURS = {"sec-fetch-site": "same-origin"}

Typed = Mapping[str, str | Sequence[str] | None]


@dataclass
class Clock:
    """The instant the site lives at."""

    instant: datetime = make.NOW

    def move(self, **parts: int) -> datetime:
        """Let time pass: `clock.move(minutes=11)`."""
        self.instant += timedelta(**parts)
        return self.instant

    def now(self, tz: tzinfo) -> datetime:
        return self.instant.astimezone(tz)

    def __call__(self, *parts: int, **where: tzinfo) -> datetime:
        return datetime(*parts, **where)  # type: ignore[arg-type]  # noqa: DTZ001


@dataclass
class Page:
    """An answer: where it is, its status, its document."""

    path: str
    response: httpx.Response
    tree: Element | None = field(default=None, repr=False)

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def html(self) -> str:
        return self.response.text

    @property
    def location(self) -> str:
        """Where a redirect leads."""
        return self.response.headers["location"]

    @property
    def text(self) -> str:
        """The words of the page's main part, spaces folded."""
        return gate.text_of(self.main)

    @property
    def main(self) -> Element:
        assert self.tree is not None, f"{self.path} is no page"
        return next(self.tree.iter("main"))

    @property
    def h1(self) -> str:
        return gate.text_of(next(self.main.iter("h1")))

    @property
    def form_key(self) -> str:
        """The first one-time key on the page, for a POST made by hand."""
        assert self.tree is not None, f"{self.path} is no page"
        keys = [e.get("value", "") for e in self.tree.iter("input") if e.get("name") == "form_key"]
        assert keys, f"no form on {self.path}"
        return keys[0]

    @property
    def links(self) -> list[str]:
        """Where the main part's links lead."""
        return [a.get("href", "") for a in self.main.iter("a")]

    def forms(self) -> list[Element]:
        """The forms of the main part."""
        return list(self.main.iter("form"))

    def form(self, action: str = "") -> Element:
        """The one form whose action is this, or else has this in it (the one form, when nothing is said)."""
        forms = self.forms()
        found = [f for f in forms if f.get("action", "").split("?")[0] == action]
        found = found or [f for f in forms if action in f.get("action", "")]
        assert len(found) == 1, f"{len(found)} forms for {action!r} on {self.path}: {self.text[:300]}"
        return found[0]


class Client:
    """One browser: it has its own cookies and takes only pages that pass the gate.

    An error of ours is raised in the test, unless it `raises` nothing and takes the page instead.
    """

    def __init__(self, app: Starlette, address: str = "192.0.2.10", *, raises: bool = True) -> None:
        self.app = app
        transport = httpx.ASGITransport(app, raise_app_exceptions=raises, client=(address, 50000))
        self.http = httpx.AsyncClient(transport=transport, base_url=settings.current().public_url)

    def another(self, address: str = "192.0.2.10") -> "Client":
        """Another browser, perhaps on another network."""
        return Client(self.app, address)

    async def get(
        self, path: str, status: int | None = 200, headers: Mapping[str, str] | None = None
    ) -> Page:
        """Open a page."""
        return self._taken(path, await self.http.get(path, headers=headers), status)

    async def follow(self, answer: Page, status: int = 200) -> Page:
        """Go where the answer leads, through redirects, to a page."""
        while answer.status in (302, 303, 307):
            answer = self._taken(answer.location, await self.http.get(answer.location), None)
        assert answer.status == status, f"{answer.path} answered {answer.status}: {answer.text[:500]}"
        return answer

    async def submit(
        self,
        page: Page,
        data: Typed | None = None,
        *,
        form: str = "",
        status: int = 303,
        extra: Typed | None = None,
    ) -> Page:
        """Fill in a form of the page and send it as a browser would, what it already holds included.

        `data` may name fields of the form only (None empties one); `extra` adds what a page would not.
        """
        element = page.form(form)
        filled = fields(element)
        unknown = set(data or {}) - names(element)
        assert not unknown, f"the form has no {unknown}: {sorted(names(element))}"
        for name, value in {**(data or {}), **(extra or {})}.items():
            filled[name] = [] if value is None else [value] if isinstance(value, str) else list(value)
        if element.get("method") == "get":
            return self._taken(
                page.path, await self.http.get(element.get("action", ""), params=filled), status
            )
        return await self.post(element.get("action", ""), filled, status=status)

    async def post(
        self,
        path: str,
        data: Mapping[str, str | Sequence[str]],
        *,
        status: int | None = None,
        headers: Mapping[str, str] = OURS,
    ) -> Page:
        """Send anything anywhere, without a page; a `form_key` is for the test to give."""
        return self._taken(path, await self.http.post(path, data=dict(data), headers=headers), status)

    async def sign_in(self, account: Account) -> "Client":
        """Be this person from now on."""
        self.cookie("session", await make.session(account))
        return self

    def cookie(self, name: str, value: str) -> None:
        """Hold a cookie of the site."""
        self.http.cookies.set(name, value, domain=self.http.base_url.host, path="/")

    def _taken(self, path: str, response: httpx.Response, status: int | None) -> Page:
        page = Page(path, response)
        if response.headers.get("content-type", "").startswith("text/html"):
            page.tree, wrong = gate.read(response.text)
            assert not wrong, f"{response.request.method} {path} ({response.status_code}): {wrong}"
        if status not in (None, page.status):
            said = page.text[:500] if page.tree is not None else response.headers.get("location", "")
            raise AssertionError(f"{path} answered {page.status}, not {status}: {said}")
        return page


def names(form: Element) -> set[str]:
    """The fields a form has."""
    return {name for tag in gate.TYPED | {"button"} for e in form.iter(tag) if (name := e.get("name"))}


def fields(form: Element) -> dict[str, list[str]]:
    """What a browser would send of a form left as it is."""
    sent: dict[str, list[str]] = {}
    for element in form.iter():
        name, kind = element.get("name"), element.get("type", "text")
        if not name or element.tag not in gate.TYPED or element.get("disabled") is not None:
            continue
        if element.tag == "select":
            options = list(element.iter("option"))
            chosen = [o for o in options if o.get("selected") is not None] or options[:1]
            sent.setdefault(name, []).extend(o.get("value", "") for o in chosen)
        elif element.tag == "textarea":
            sent.setdefault(name, []).append(element.text or "")
        elif kind not in ("checkbox", "radio", "submit") or element.get("checked") is not None:
            sent.setdefault(name, []).append(element.get("value", "on" if kind == "checkbox" else ""))
    return sent


async def emails_to(to: str) -> list[Email]:
    """What was mailed to an address, oldest first."""
    return await Email.objects().where(Email.recipient == to).order_by(Email.id)


async def last_email(to: str) -> Email:
    """The newest e-mail to an address."""
    found = await emails_to(to)
    assert found, f"nothing was mailed to {to}"
    return found[-1]


def links_in(email: Email) -> list[str]:
    """The addresses of the site in an e-mail, as paths."""
    public_url = settings.current().public_url
    return [link.removeprefix(public_url) for link in re.findall(re.escape(public_url) + r"/\S+", email.text)]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Stops the site's clock at make.NOW; `clock.move(days=1)` lets time pass."""
    stopped = Clock()
    monkeypatch.setattr(site_clock, "datetime", stopped)
    return stopped


@pytest.fixture(scope="session")
def site() -> Starlette:
    """The real application; the `database` fixture changes the database under it."""
    return create_app()


@pytest.fixture
async def client(database: None, site: Starlette, clock: Clock) -> AsyncIterator[Client]:
    """A visitor's browser, on an empty database."""
    browser = Client(site)
    yield browser
    await browser.http.aclose()
