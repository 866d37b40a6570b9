"""Writes docs/images/home.png and mission.png from the demonstration: `python -m tools.screenshots`.

Needs the development requirements and a Chromium (MARKETPLACE_TEST_CHROMIUM, or `chromium` on the path).
"""

import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, ViewportSize, sync_playwright

ROOT = Path(__file__).parent.parent
IMAGES = ROOT / "docs" / "images"
PORT = int(os.environ.get("PORT", "8765"))
URL = f"http://localhost:{PORT}"
SIZE: ViewportSize = {"width": 1200, "height": 860}
AT_MOST = 200_000  # bytes each
MISSION = "Tenir l’administration d’une association, depuis chez vous"


def main() -> None:
    """Start a demonstration, look at two pages, stop it."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    chromium = os.environ.get("MARKETPLACE_TEST_CHROMIUM") or shutil.which("chromium")
    with demonstration(), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport=SIZE, locale="fr-FR", color_scheme="light")
        page.goto(URL)
        shoot(page, "home")
        page.get_by_role("link", name=MISSION).first.click()
        shoot(page, "mission")
        browser.close()


def shoot(page: Page, name: str) -> None:
    """What the window shows."""
    file = IMAGES / f"{name}.png"
    page.screenshot(path=file)
    size = file.stat().st_size
    if size > AT_MOST:
        sys.exit(f"{file.name} weighs {size} bytes: more than {AT_MOST}.")
    print(f"{file.relative_to(ROOT)}: {size} bytes")


@contextmanager
def demonstration() -> Iterator[None]:
    """A server of our own, on a database that goes with it."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "MARKETPLACE_SECRET_KEY": secrets.token_urlsafe(48),
            "MARKETPLACE_DATABASE_URL": f"sqlite:///{folder}/demo.db",
            "MARKETPLACE_PUBLIC_URL": URL,
            "MARKETPLACE_DEMO": "yes",
        }
        arguments = [sys.executable, "-m", "marketplace", "demo", "--port", str(PORT)]
        process = subprocess.Popen(arguments, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
        try:
            wait(process)
            yield
        finally:
            process.terminate()
            process.wait()


def wait(process: "subprocess.Popen[bytes]") -> None:
    """Until it answers."""
    while process.poll() is None:
        try:
            urllib.request.urlopen(f"{URL}/sante").close()
        except urllib.error.URLError:
            time.sleep(0.2)
        else:
            return
    sys.exit("The demonstration stopped.")


if __name__ == "__main__":
    main()
