"""A page in a browser that is watched: what it logs, loads, runs and is refused."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from axe_playwright_python.sync_playwright import Axe

from tests.assistant.processes import COMMAND
from tests.waiting import PATIENCE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Page

CHROMIUM_FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
_LOUD = ("error", "warning")
_REPORT_VIOLATIONS = (
    "addEventListener('securitypolicyviolation', (event) => console.error('policy: ' + event.violatedDirective))"
)


@dataclass
class Watched:
    """A page, and what went wrong on it.

    problems   errors and warnings of the console, dialogs nobody asked for, and requests to elsewhere
    """

    page: Page
    origin: str
    problems: list[str] = field(default_factory=list)

    def note(self, is_wrong: bool, problem: str) -> None:
        if is_wrong:
            self.problems.append(problem)

    def dismiss(self, dialog: Dialog) -> None:
        self.note(True, f"dialog: {dialog.message}")
        dialog.dismiss()

    def ask(self, question: str) -> None:
        """Put a question and wait for its whole answer."""
        answers = self.page.locator(".turn").count()
        self.page.fill("#question", question)
        self.page.keyboard.press("Enter")
        self.page.wait_for_selector(f".turn:nth-of-type({answers + 1}):not([aria-busy]) .answer > *")

    def cited(self) -> str:
        """The highlighted words of the opened article."""
        self.page.wait_for_selector("#reader mark", state="attached")  # combining marks alone have no width
        return "".join(self.page.locator("#reader mark").all_text_contents())

    def violations(self) -> list[str]:
        """What axe-core finds, rule by rule."""
        found: dict[str, Any] = Axe().run(self.page).response
        return [f"{rule['id']}: {[node['html'] for node in rule['nodes']]}" for rule in found["violations"]]


def ingested(archive: Path, articles: Path) -> Path:
    """An archive with these articles; embedding them takes as long as it takes."""
    subprocess.run([*COMMAND, "--data", str(archive), "ingest", str(articles)], check=True, capture_output=True)
    return archive


def new_page(browser: Browser, **context: Any) -> Page:
    """In a context of its own; it waits as long as a busy machine takes."""
    page = browser.new_context(**context).new_page()
    page.context.set_default_timeout(PATIENCE * 1000)
    return page


def watch(browser: Browser, origin: str, **context: Any) -> Watched:
    """A new page of a browser, at no address yet."""
    page = new_page(browser, **context)
    watched = Watched(page, origin)
    page.add_init_script(_REPORT_VIOLATIONS)
    page.on("console", lambda message: watched.note(message.type in _LOUD, f"console: {message.text}"))
    page.on("pageerror", lambda error: watched.note(True, f"error: {error}"))
    page.on("request", lambda request: watched.note(not request.url.startswith(origin), f"request: {request.url}"))
    page.on("dialog", watched.dismiss)
    page.on("popup", lambda popup: watched.note(True, f"popup: {popup.url}"))
    return watched
