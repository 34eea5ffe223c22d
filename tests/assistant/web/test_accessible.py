"""Everybody can use the page: axe-core finds nothing, in light and dark, at the widths of a phone and a desk."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.assistant.web.watched import Watched

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1024, 1600])
def test_axe_finds_no_violation(opened: Callable[..., Watched], origin: str, scheme: str, width: int) -> None:
    watched = opened(f"{origin}/", color_scheme=scheme, viewport={"width": width, "height": 900})
    watched.page.wait_for_selector(".front .headlines a")
    assert watched.violations() == []
    watched.ask("Latest on the ferry strike in the Harbour Post")
    assert watched.violations() == []
    watched.page.locator(".citation").first.click()
    watched.cited()
    assert watched.violations() == []
    watched.page.goto(f"{origin}/#/articles")
    watched.page.wait_for_selector("main .headlines a")
    assert watched.violations() == []


def test_nothing_is_wider_than_a_phone(opened: Callable[..., Watched], origin: str) -> None:
    watched = opened(f"{origin}/", viewport={"width": 320, "height": 700})
    watched.ask("How many people were evacuated in Denmoor during Storm Ottoline?")
    assert watched.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    watched.page.locator(".citation").first.click()
    watched.cited()
    assert watched.page.evaluate("document.getElementById('reader').scrollWidth <= innerWidth")
