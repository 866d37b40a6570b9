"""The whole job, played by clicking in Chromium without JavaScript: from an empty database to a full mission.

An association is written, verified by a moderator, publishes a mission; an adult and a 16-year-old take its
two places, the second with a guardian's consent; the mission is full; one withdraws and it is open again.
"""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from playwright.async_api import Browser, Page, expect

from marketplace.web.clock import paris_day
from tests.browser.acts import (
    MISSION,
    decide,
    enter_as_moderator,
    sign_in,
    write_the_association,
    write_the_mission,
)
from tests.browser.hands import choose, press, tick, type_day, type_in
from tests.browser.installation import Installation, installed

pytestmark = pytest.mark.browser

OWNER, ADULT, MINOR, GUARDIAN = (f"{name}@example.org" for name in ("nour", "louis", "ines", "karima"))
THIS_YEAR = paris_day(datetime.now(UTC)).year
FULL = "La mission est désormais complète"


@pytest.fixture
async def site(database_url: str) -> AsyncIterator[Installation]:
    async with installed(database_url) as running:
        yield running


async def test_the_two_places_of_a_mission_are_taken_then_one_is_freed(
    site: Installation, chromium: Browser
) -> None:
    owner, moderator, adult, minor, guardian = [await somebody(chromium) for _ in range(5)]

    await sign_in(site, owner, OWNER, "Nour", "Belkacem")
    await write_the_association(owner)
    await enter_as_moderator(site, moderator)
    await decide(moderator, "Vérifier l’association")

    await write_the_mission(owner)
    await decide(moderator, "Publier la mission")
    await decide(moderator, "Ouvrir aux mineurs de 16 et 17 ans")
    mission = await find_the_mission(site, owner)

    await apply_then_confirm(site, adult, mission)
    await accept(site, owner, "Louis")

    await sign_in(site, minor, MINOR, "Inès", "Haddad")
    await apply_as_minor(minor, mission)
    await consent(site, guardian)
    await accept(site, owner, "Inès")

    visitor = await somebody(chromium)
    await visitor.goto(mission)
    await expect(visitor.locator("main")).to_contain_text(FULL)
    await expect(visitor.locator("main")).to_contain_text("2 personnes déjà inscrites")
    await expect(visitor.get_by_role("link", name="Je propose mon aide")).to_have_count(0)

    await withdraw_by_mail(site, adult)
    await visitor.reload()
    await expect(visitor.locator("main")).to_contain_text("Il reste 1 place")
    await expect(visitor.get_by_role("link", name="Je propose mon aide")).to_be_visible()
    assert "BROKEN" not in await site.command("check")


async def somebody(chromium: Browser) -> Page:
    """A browser of one's own, without JavaScript."""
    context = await chromium.new_context(java_script_enabled=False, locale="fr-FR")
    context.set_default_timeout(15_000)
    return await context.new_page()


async def find_the_mission(site: Installation, page: Page) -> str:
    """From the home page; the address of the mission's page."""
    await page.goto(site.url)
    await page.get_by_role("link", name=MISSION["title"]).first.click()
    main = page.locator("main")
    await expect(main).to_contain_text("Publié par Nour B. de l’association Les Ondes du parvis")
    await expect(main).to_contain_text("Mission ouverte également aux mineurs")
    await expect(main).to_contain_text("Il reste 2 places")
    return page.url


async def apply_then_confirm(site: Installation, page: Page, mission: str) -> None:
    """A visitor applies first, and confirms after by the link in the mail."""
    await page.goto(mission)
    await press(page, "Je propose mon aide")
    await choose(page, "Les tâches qui vous tentent", MISSION["tasks"][1])
    await type_in(page, {"Quelques mots": "J’ai tenu le secrétariat d’un collège.", "Prénom": "Louis"})
    await type_in(page, {"Nom de famille": "Perrin", "Adresse e-mail": ADULT})
    await type_day(page, "Date de naissance", 27, 3, THIS_YEAR - 40)
    await tick(page, "J’ai lu cet engagement")
    await press(page, "Continuer")
    await press(page, "Envoyer ma candidature")
    await expect(page.locator("main")).to_contain_text("S’il reste une place, elle est gardée")
    await page.goto(await site.link(ADULT, "/candidature/confirmer/"))
    await press(page, "Confirmer ma candidature")
    await expect(page.get_by_role("heading", name="C’est envoyé")).to_be_visible()


async def apply_as_minor(page: Page, mission: str) -> None:
    """Signed in, at 16, with a parent's address."""
    await page.goto(mission)
    await press(page, "Je propose mon aide")
    await type_day(page, "Date de naissance", 1, 1, THIS_YEAR - 16)
    await tick(page, "J’ai lu cet engagement")
    await press(page, "Continuer")
    await page.get_by_label("Qui est cette personne pour toi").select_option(label="Parent")
    await type_in(page, {"Son adresse e-mail": GUARDIAN})
    await press(page, "Continuer")
    await press(page, "Envoyer ma candidature")
    await expect(page.get_by_role("heading", name="C’est envoyé, il manque un accord")).to_be_visible()


async def consent(site: Installation, page: Page) -> None:
    """The guardian, who has no account, reads and agrees."""
    await page.goto(await site.link(GUARDIAN, "/accord/"))
    await expect(page.locator("main")).to_contain_text("Inès ne rencontrera pas les personnes aidées")
    await press(page, "Je donne mon accord")
    await type_in(page, {"Votre prénom et votre nom": "Karima Haddad"})
    await choose(page, "Qui êtes-vous pour Inès ?", "Parent")
    await tick(page, "J’exerce l’autorité parentale")
    await tick(page, "J’ai lu la page")
    await tick(page, "À ma connaissance")
    await press(page, "Je donne mon accord")
    await expect(page.get_by_role("heading", name="Vous avez donné votre accord")).to_be_visible()


async def accept(site: Installation, page: Page, first_name: str) -> None:
    """The association follows its mail and says yes."""
    await page.goto(await site.link(OWNER, "/candidatures/"))
    await press(page, f"Accepter {first_name}")
    await expect(page.locator("main")).to_contain_text("Participation confirmée")


async def withdraw_by_mail(site: Installation, page: Page) -> None:
    """By the link of any e-mail about the application."""
    await page.goto(await site.link(ADULT, "/candidature/retirer/"))
    await choose(page, "Pourquoi ? (facultatif)", "Je ne suis plus disponible")
    await press(page, "Retirer ma candidature")
    await expect(page.locator("main")).to_contain_text("Votre candidature est retirée")
