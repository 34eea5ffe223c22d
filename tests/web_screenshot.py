"""The picture of the web page: the real page, on the real service, over the bundled newsroom.

python -m tests.web_screenshot   writes docs/web.png; it needs Chromium
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from assistant.cli.demo import NEWSROOM
from tests.assistant.web.watched import CHROMIUM_FLAGS
from tests.screenshot import DATELINE, QUESTION, ROOT, wait_for

SIZE = {"width": 1280, "height": 720}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        dateline = [*DATELINE, "--data", folder]
        subprocess.run([*dateline, "ingest", str(NEWSROOM)], check=True, capture_output=True)
        with subprocess.Popen([*dateline, "serve", "--port", "0"], stderr=subprocess.DEVNULL) as service:
            try:
                photograph(f"{wait_for(Path(folder)).url}/")
            finally:
                service.terminate()


def photograph(address: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM_FLAGS)
        draw(browser, address)
        browser.close()


def draw(browser: Browser, address: str) -> None:
    """An answer, and the article of its first citation beside it."""
    page = browser.new_page(viewport={"width": SIZE["width"], "height": SIZE["height"]})
    page.set_default_timeout(120_000)
    page.goto(address)
    page.wait_for_selector(".front .headlines")
    page.fill("#question", QUESTION)
    page.keyboard.press("Enter")
    page.locator(".statement .citation").first.click()
    page.wait_for_selector("#reader mark")
    page.wait_for_timeout(1000)
    page.screenshot(path=ROOT / "docs" / "web.png")


if __name__ == "__main__":
    main()
