"""The conversations on the page: found, resumed, named, exported, deleted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.assistant.web.watched import Watched

pytestmark = pytest.mark.slow

DENMOOR = "How many people were evacuated in Denmoor during Storm Ottoline?"


def listed(watched: Watched, origin: str, search: str = "") -> Watched:
    watched.page.goto(f"{origin}/#/conversations{search}")
    watched.page.wait_for_selector("main .headlines li")
    return watched


def test_a_conversation_is_found_by_its_words_and_resumed(front: Watched, origin: str) -> None:
    front.ask(DENMOOR)
    front.page.goto(f"{origin}/#/")
    front.ask("Who won the by-election in Lisk North?")
    listed(front, origin, "?q=Ottoline")
    titles = front.page.locator("main .headlines > li > a").all_inner_texts()
    assert set(titles) == {DENMOOR}
    front.page.locator("main .headlines > li > a").first.click()
    front.page.wait_for_selector(".turn .references")
    front.ask("And when was that?")
    assert front.page.locator(".turn").count() == 2
    assert front.page.title().startswith(DENMOOR)


def test_a_conversation_is_named_and_deleted(front: Watched, origin: str) -> None:
    front.ask("Where did the container ship Calliope Star run aground?")
    listed(front, origin)
    row = front.page.locator("main .headlines > li").first
    row.get_by_role("button", name="Rename").click()
    front.page.fill("#dialog-input", "The stranded ship")
    front.page.keyboard.press("Enter")
    front.page.wait_for_selector("main .headlines > li > a:has-text('The stranded ship')")
    assert listed(front, origin).violations() == []
    front.page.reload()
    row = front.page.locator("main .headlines > li", has_text="The stranded ship")
    row.get_by_role("button", name="Delete").click()
    front.page.locator("dialog button", has_text="Delete").click()
    row.wait_for(state="detached")


def test_a_conversation_is_exported_as_a_file(front: Watched, origin: str, tmp_path: Path) -> None:
    front.ask(DENMOOR)
    listed(front, origin)
    row = front.page.locator("main .headlines > li").first
    row.locator("summary").click()
    with front.page.expect_download() as waiting:
        row.get_by_role("button", name="CSL-JSON").click()
    waiting.value.save_as(tmp_path / "export.json")
    assert waiting.value.suggested_filename.endswith(".json")
    assert "340 people" in json.loads((tmp_path / "export.json").read_text())[0]["title"]
