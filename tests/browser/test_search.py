"""The search page in Chromium, without JavaScript: filters beside the results or behind a disclosure."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, Page

from tests.browser.conftest import Server
from tests.browser.test_accessibility import faults, visiting
from tests.people import VISITOR

pytestmark = pytest.mark.browser
SEARCHES = [
    "quoi=vetement&public=in_difficulty.seniors&competence=office&completes=oui",
    "lieu=a-distance&mineurs=oui&du=2027-03-05",
    "ou=Nulle-Part&au=demain&ordre=tot",
]


@asynccontextmanager
async def without_script(chromium: Browser, width: int) -> AsyncIterator[Page]:
    context = await chromium.new_context(java_script_enabled=False, viewport={"width": width, "height": 800})
    yield await context.new_page()
    await context.close()


@pytest.mark.parametrize("search", SEARCHES)
async def test_a_search_can_be_read_by_everybody(chromium: Browser, server: Server, search: str) -> None:
    async with visiting(chromium, server, VISITOR) as (page, elsewhere):
        await page.goto(f"{server.url}/missions?{search}")
        assert await faults(page) == []
        assert elsewhere == []


async def test_open_filters_can_be_read_by_everybody(chromium: Browser, server: Server) -> None:
    async with visiting(chromium, server, VISITOR) as (page, _):
        await page.set_viewport_size({"width": 320, "height": 800})
        await page.goto(f"{server.url}/missions")
        await page.click(".filters > summary")
        assert await faults(page) == []


async def test_on_a_wide_screen_the_filters_are_in_sight(chromium: Browser, server: Server) -> None:
    async with without_script(chromium, 1280) as page:
        await page.goto(f"{server.url}/missions")
        assert not await page.locator(".filters > summary").is_visible()
        await page.check("input[name=public][value=in_difficulty]")
        await page.click(".apply button")
        assert page.url == f"{server.url}/missions?public=in_difficulty"
        await page.get_by_role("link", name="Retirer le filtre").click()
        assert page.url == f"{server.url}/missions"


async def test_on_a_phone_the_filters_are_behind_a_disclosure(chromium: Browser, server: Server) -> None:
    async with without_script(chromium, 360) as page:
        await page.goto(f"{server.url}/missions")
        box = page.locator("input[name=public][value=in_difficulty]")
        assert not await box.is_visible()
        await page.click(".filters > summary")
        await box.check()
        await page.fill("#quoi", "vêtements")
        await page.click(".apply button")
        assert page.url == f"{server.url}/missions?quoi=v%C3%AAtements&public=in_difficulty"
        assert await page.locator("#quoi").input_value() == "vêtements"
        assert "Filtres (1)" in await page.inner_text(".filters > summary")


async def test_the_home_page_leads_to_the_search(chromium: Browser, server: Server) -> None:
    async with without_script(chromium, 360) as page:
        await page.goto(server.url)
        await page.fill("#quoi", "vêtements")
        await page.select_option("#lieu", "sur-place")
        await page.click("form.search button")
        assert page.url == f"{server.url}/missions?quoi=v%C3%AAtements&lieu=sur-place"
