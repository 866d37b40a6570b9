"""What people do with a page: they read labels, type, tick, choose and press."""

import re

from playwright.async_api import Locator, Page


async def press(page: Page, name: str) -> None:
    """A button, or a link, of the page's main part."""
    main = page.locator("main")
    button = main.get_by_role("button", name=name, exact=True)
    await button.or_(main.get_by_role("link", name=name, exact=True)).first.click()


def field(page: Page, label: str) -> Locator:
    """The field whose label starts so."""
    return page.locator("main").get_by_label(re.compile(f"^{re.escape(label)}")).first


async def type_in(page: Page, typed: dict[str, str]) -> None:
    """Type in the fields of these labels."""
    for label, text in typed.items():
        await field(page, label).fill(text)


async def choose(page: Page, question: str, answer: str) -> None:
    """One answer, or one box, under a question."""
    group = page.get_by_role("group", name=question, exact=True)
    await group.get_by_label(answer, exact=True).check()


async def tick(page: Page, label: str) -> None:
    """A box."""
    await page.get_by_label(re.compile(f"^{re.escape(label)}")).first.check()


async def type_day(page: Page, question: str, day: int, month: int, year: int) -> None:
    """A date, in its three fields."""
    group = page.get_by_role("group", name=question)
    for part, number in (("Jour", day), ("Mois", month), ("Année", year)):
        await group.get_by_label(part, exact=True).fill(str(number))
