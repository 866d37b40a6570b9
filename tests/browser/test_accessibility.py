"""Every page in Chromium: no axe-core violation, nothing from another site, nothing wider than the window.

Pages come from the access matrix (one person per page; all of them with --long), at 320 px in the dark and at
1280 px in the light. A page is named in what a failing test prints.
"""

import os
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Literal

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, ConsoleMessage, Page, Request

from marketplace.missions.steps import STEPS
from marketplace.routes import ROUTES
from tests.access.matrix import MATRIX
from tests.browser.conftest import Server
from tests.people import MEMBER, PEOPLE, VISITOR

pytestmark = pytest.mark.browser
LONG = bool(os.environ.get("MARKETPLACE_TEST_LONG"))
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
SIZES: dict[int, Literal["dark", "light"]] = {320: "dark", 1280: "light"}
POLICY = "Content Security Policy"
AXE = Axe().axe_script
_windows: dict[str, Page] = {}  # of each person, closed with the browser
NOT_A_PAGE = {
    "front.health",
    "impact.statistics_csv",
    "impact.attestation",
    "applications.accepted_csv",
    "exchange.calendar_feed",
}


def visits() -> list[tuple[str, str, str]]:
    """(route name, person, nothing more) for every page of the site that somebody may see."""
    found = []
    for route in ROUTES:
        row = MATRIX.get(route.name)
        if route.url.method != "GET" or row is None or route.name in NOT_A_PAGE:
            continue
        people = [person for person in PEOPLE if row.expected[person] == 200]
        found += [(route.name, person, "") for person in (people if LONG else people[:1])]
    return found


PATHS = {route.name: route.url.path for route in ROUTES}
OTHER_STATES = [
    *(("missions.write", MEMBER, f"step={step}") for step in STEPS if step != "presentation"),
    *(("front.mission", VISITOR, f"mission={state} mission") for state in ("full", "dated", "paused")),
    *(("publishing.show", MEMBER, f"mission={state} mission") for state in ("draft", "submitted", "paused")),
    ("associations.show", MEMBER, "association=draft association"),
    ("guardians.show", VISITOR, ""),  # a dead link
]


@pytest.mark.parametrize(("name", "person", "about"), [*visits(), *OTHER_STATES])
async def test_page(chromium: Browser, server: Server, name: str, person: str, about: str) -> None:
    changed, _, row = about.partition("=")
    named = {**MATRIX[name].ids, changed: row}
    ids = {step: step for step in STEPS} | server.filled.ids
    path = re.sub(r"{(\w+)}", lambda part: ids[named.get(part[1], part[1])], PATHS[name])

    async with visiting(chromium, server, person) as (page, elsewhere):
        await page.goto(server.url + path)
        assert await faults(page) == []
        assert elsewhere == []


async def test_a_page_that_is_nowhere(chromium: Browser, server: Server) -> None:
    async with visiting(chromium, server, VISITOR) as (page, _):
        await page.goto(f"{server.url}/nulle-part")
        assert await faults(page) == []


async def test_a_form_sent_back_with_its_errors(chromium: Browser, server: Server) -> None:
    async with visiting(chromium, server, VISITOR) as (page, _):
        await page.goto(f"{server.url}/connexion")
        await page.click("main button[type=submit]")
        await page.wait_for_selector(".error-summary")
        assert await page.evaluate("document.activeElement.className") == "error-summary"
        assert await faults(page) == []


@pytest.mark.parametrize(
    ("planted", "said"),
    [
        ("new Image().src = '/static/img/mark.svg'; main.append(new Image())", "image-alt"),
        (
            "main.append('trop pâle'); main.style.color = '#999'; main.style.background = '#aaa'",
            "color-contrast",
        ),
        ("main.style.width = '2000px'", "wider"),
        ("document.querySelector('label').remove()", "label"),
        ("fetch('http://elsewhere.localhost:9/').catch(() => 0)", "elsewhere"),
    ],
)
async def test_a_planted_fault_is_seen(chromium: Browser, server: Server, planted: str, said: str) -> None:
    async with visiting(chromium, server, VISITOR) as (page, elsewhere):
        await page.goto(f"{server.url}/connexion")
        await page.evaluate("code => {const main = document.querySelector('main'); " + planted + "}")
        assert said in " ".join([*await faults(page), *elsewhere])


@asynccontextmanager
async def visiting(chromium: Browser, server: Server, person: str) -> AsyncIterator[tuple[Page, list[str]]]:
    """This person's window, and the list of what it asked of other sites or was refused.

    A person keeps one window: opening a browser takes as long as looking at a page.
    """
    page = _windows.get(person) or await _open(chromium, server, person)
    elsewhere: list[str] = []

    def asked(request: Request) -> None:
        if not request.url.startswith(server.url):
            elsewhere.append(request.url)

    def told(said: ConsoleMessage) -> None:
        if (
            POLICY in said.text
        ):  # what our Content Security Policy stopped is no request, but the console tells
            elsewhere.append(said.text)

    page.on("request", asked)
    page.on("console", told)
    yield page, elsewhere
    page.remove_listener("request", asked)
    page.remove_listener("console", told)


async def _open(chromium: Browser, server: Server, person: str) -> Page:
    context = await chromium.new_context()
    cookies = server.filled.cookies[person]
    await context.add_cookies([{"name": k, "value": v, "url": server.url} for k, v in cookies.items()])
    _windows[person] = await context.new_page()
    return _windows[person]


async def faults(page: Page) -> list[str]:
    """What axe-core says at each size, in a line each; and whether the page must be scrolled sideways."""
    found = []
    await page.evaluate(AXE)
    for width, scheme in SIZES.items():
        await page.set_viewport_size({"width": width, "height": 800})
        await page.emulate_media(color_scheme=scheme)
        result: dict[str, Any] = await page.evaluate("options => axe.run(document, options)", OPTIONS)
        found += [
            f"{width} {scheme}: {violation['id']}: {violation['help']} at "
            f"{[node['target'] for node in violation['nodes']][:5]}"
            for violation in result["violations"]
        ]
        wide = await page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        found += [f"{width}: {wide} px wider than the window"] if wide > 0 else []
    return found
