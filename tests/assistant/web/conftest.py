"""The web page of a real service, in a real browser."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests.assistant.processes import running_service
from tests.assistant.web.watched import CHROMIUM_FLAGS, Watched, watch

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Closed at the end of a module: its driver keeps an event loop running for as long as it is open."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def archive(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with the invented newsroom."""
    return Path(shutil.copytree(demo, tmp_path_factory.mktemp("web") / "archive"))


@pytest.fixture(scope="module")
def service(archive: Path) -> Iterator[httpx.Client]:
    """A client of a service over it."""
    with running_service(archive) as (_process, client):
        yield client


@pytest.fixture(scope="module")
def origin(service: httpx.Client) -> str:
    """The address of the service."""
    return str(service.base_url).rstrip("/")


@pytest.fixture
def opened(chromium: Browser) -> Iterator[Callable[..., Watched]]:
    """Opens pages; at the end nothing has gone wrong on any of them."""
    pages: list[Watched] = []

    def open_page(address: str, **context: Any) -> Watched:
        watched = watch(chromium, "/".join(address.split("/")[:3]), **context)
        pages.append(watched)
        watched.page.goto(address)
        return watched

    yield open_page
    problems = [problem for watched in pages for problem in watched.problems]
    for watched in pages:
        with suppress(Exception):
            watched.page.context.close()
    assert problems == []


@pytest.fixture
def front(opened: Callable[..., Watched], origin: str) -> Watched:
    """The page as it is first seen."""
    return opened(f"{origin}/")
