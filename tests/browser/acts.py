"""What an association and its moderator do on the site, page by page, in the words of the demonstration."""

import re
from datetime import UTC, datetime

import pyotp
from playwright.async_api import Page, expect

from marketplace.demo import content
from marketplace.vocabulary.activities import ACTIVITIES
from marketplace.vocabulary.audiences import AUDIENCES
from marketplace.vocabulary.exposures import EXPOSURE_QUESTIONS
from marketplace.vocabulary.skills import SKILL_GROUPS, SKILLS
from marketplace.web.clock import paris_day
from tests.browser.hands import choose, press, tick, type_day, type_in
from tests.browser.installation import Installation

FILE = next(file for file in content.associations() if file["association"]["owner"] == "nour")
TOLD = FILE["association"]
MISSION = next(mission for mission in FILE["missions"] if mission["key"] == "secretariat")
NEXT_YEAR = paris_day(datetime.now(UTC)).year + 1


async def sign_in(site: Installation, page: Page, email: str, first_name: str, family_name: str) -> None:
    await page.goto(f"{site.url}/connexion")
    await type_in(page, {"Votre adresse e-mail": email})
    await press(page, "Recevoir le lien")
    await page.goto(await site.link(email, "/connexion/lien/"))
    await press(page, "Continuer")
    await type_in(page, {"Prénom": first_name, "Nom de famille": family_name})
    await press(page, "Enregistrer")


async def write_the_association(page: Page) -> None:
    await page.get_by_role("link", name="Pour les associations").click()
    await press(page, "Ajouter mon association")
    words = {
        "Nom de l’association": TOLD["name"],
        "Numéro RNA": TOLD["rna"],
        "Ce que vous faites": TOLD["purpose"],
    }
    await type_in(page, words)
    await page.get_by_label("Forme juridique").select_option(label="Association")
    await tick(page, "J’ai 18 ans ou plus")
    await go_on(page)
    await type_in(page, {"Numéro et rue": TOLD["address"], "Commune ou code postal": TOLD["commune"]})
    await go_on(page)
    await type_in(
        page, {"Adresse e-mail publique": TOLD["contact_email"], "Téléphone": TOLD["contact_phone"]}
    )
    await go_on(page)
    await type_in(page, {"Assureur": TOLD["insurer"]})
    await type_day(page, "Assurée jusqu’au", 31, 12, NEXT_YEAR)
    await go_on(page)
    names = {"Prénom et nom": TOLD["safeguarding_name"], "Téléphone ou adresse": TOLD["safeguarding_contact"]}
    await type_in(page, names)
    await go_on(page)
    await tick(page, "Au nom de l’association, j’accepte cette charte")
    await go_on(page)
    await press(page, "Envoyer le dossier")
    await expect(page.locator("main")).to_contain_text("Votre dossier est envoyé")


async def enter_as_moderator(site: Installation, page: Page) -> None:
    printed = await site.command("create-moderator", "alma", "alma@example.org")
    secret = re.search(r"secret=(\w+)", printed) or re.search(r"\b([A-Z2-7]{32})\b", printed)
    password = re.search(r"\b(\w{5}(?:-\w{5}){3})\b", printed)
    assert secret, printed
    assert password, printed
    await page.goto(f"{site.url}/admin/connexion")
    await type_in(page, {"Nom d’utilisateur": "alma", "Mot de passe": password[1]})
    await type_in(page, {"Code à 6 chiffres": pyotp.TOTP(secret[1]).now()})
    await press(page, "Entrer")


async def decide(page: Page, decision: str) -> None:
    """On the first file of the queue."""
    await page.goto(page.url.split("/admin/")[0] + "/admin/file")
    await page.get_by_role("link", name=re.compile("^Ouvrir ce dossier")).click()
    await choose(page, "Décision", decision)
    await page.get_by_role("button", name=re.compile("^Enregistrer et passer au suivant")).click()
    await expect(page.get_by_role("status")).to_contain_text("C’est enregistré")


async def write_the_mission(page: Page) -> None:
    await page.get_by_role("link", name="Mon espace").click()
    await press(page, TOLD["name"])
    await press(page, "Ouvrir ses missions")
    await press(page, "Écrire une mission")
    await choose(page, "Quel est son domaine ?", "Bénévolat de compétences")
    for activity in MISSION["activities"]:
        await page.get_by_label(ACTIVITIES[activity], exact=True).check()
    await go_on(page)
    tasks = "\n".join(MISSION["tasks"])
    words = {"Titre": MISSION["title"], "Présentation": MISSION["presentation"], "Les tâches": tasks}
    await type_in(page, words | {"Précisions": MISSION["details"]})
    await go_on(page)
    await write_for_whom(page)
    await choose(page, "Où se fait la mission ?", "À distance")
    await go_on(page)
    await choose(page, "Quand la mission se passe-t-elle ?", "Quand le bénévole veut")
    await choose(page, "Combien de temps, environ ?", "Quelques heures par semaine")
    await go_on(page)
    await type_in(page, {"Combien de places": "2"})
    await choose(page, "Comment entre-t-on ?", "Nous répondons à chaque candidature")
    await go_on(page)
    await write_the_frame(page)
    await tick(page, "Pair-aidants bienvenus")
    await go_on(page)
    await press(page, "Envoyer la mission")
    await expect(page.locator("main")).to_contain_text(MISSION["title"])


async def write_for_whom(page: Page) -> None:
    for audience in MISSION["audiences"]:
        await page.get_by_label(AUDIENCES[audience], exact=True).check()
    for heading, skills in SKILL_GROUPS.items():
        wished = [skill for skill in skills if skill in MISSION["skills_wished"]]
        if wished:
            await page.get_by_text(heading, exact=True).click()
        for skill in wished:
            await page.get_by_label(f"{SKILLS[skill]} : Souhaitée", exact=True).check()
    await type_in(page, {"Quelle formation proposez-vous": MISSION["training"]})
    await go_on(page)


async def write_the_frame(page: Page) -> None:
    question = "Quel contact le bénévole a-t-il avec les personnes aidées ?"
    await choose(page, question, "Aucun contact, et aucune donnée personnelle")
    for exposure in EXPOSURE_QUESTIONS.values():
        await choose(page, exposure, "Non")
    await tick(page, "Nous demandons à accueillir des mineurs")
    await go_on(page)
    await tick(page, "Les bénévoles acceptent un engagement")
    supervisor = {
        "Prénom et nom": "Nour Belkacem",
        "Son rôle": "Coordination",
        "Son téléphone": "02 61 91 00 12",
    }
    await type_in(page, supervisor)
    await go_on(page)


async def go_on(page: Page) -> None:
    """Keep the page; the next one comes."""
    await press(page, "Enregistrer et continuer")
    await expect(page.locator(".error-summary")).to_have_count(0)
