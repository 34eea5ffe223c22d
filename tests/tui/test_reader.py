"""Reading what a citation points at."""

from __future__ import annotations

from typing import Any

import pytest
from textual.pilot import Pilot

from assistant.types import Carrier, Related
from tests.tui.screen import SIZE, ask, chat, see, shown, until
from tests.tui.service import QUAKE, TEXT, FakeService, article, citation
from tui import wording
from tui.article_rows import Highlight, heading_rows, locate, text_lines
from tui.reader import ReaderScreen


async def open_citation(pilot: Pilot[Any], number: int = 1) -> ReaderScreen:
    await ask(pilot)
    await see(pilot, "as of")
    await pilot.press(str(number))
    await until(pilot, lambda: isinstance(pilot.app.screen, ReaderScreen))
    assert isinstance(pilot.app.screen, ReaderScreen)
    return pilot.app.screen


async def test_a_number_key_opens_the_article_at_the_cited_passage() -> None:
    async with chat(FakeService()).run_test(size=SIZE, notifications=True) as pilot:
        reader = await open_citation(pilot)
        await see(pilot, "Quake shuts harbour of Port Ellis")
        await see(pilot, "by Ada Finch")
        await until(pilot, lambda: reader.text.scroll_offset.y > 0)
        line, top = reader.text.highlighted_line, reader.text.scroll_offset.y
        assert line is not None
        assert 0 < line - top < reader.text.size.height / 2
        marked = [line for line in shown(pilot.app).splitlines() if "▌" in line]
        assert QUAKE.split()[0] in marked[0]


async def test_n_and_p_walk_through_the_citations() -> None:
    async with chat(FakeService()).run_test(size=SIZE, notifications=True) as pilot:
        await open_citation(pilot)
        await see(pilot, "citation [1], 1 of 2")
        await pilot.press("n")
        await see(pilot, "citation [2], 2 of 2")
        await pilot.press("n", "p")
        await see(pilot, "citation [1], 1 of 2")
        await pilot.press("escape")
        await see(pilot, "as of")


async def test_an_article_that_is_gone_leaves_the_passage_that_the_citation_kept() -> None:
    service = FakeService()
    service.articles.clear()
    async with chat(service).run_test(size=SIZE, notifications=True) as pilot:
        await open_citation(pilot)
        await see(pilot, "no longer in the archive")
        await see(pilot, QUAKE)


async def test_the_cited_version_is_the_one_that_is_asked_for() -> None:
    service = FakeService()
    async with chat(service).run_test(size=SIZE, notifications=True) as pilot:
        await open_citation(pilot)
        await until(pilot, lambda: service.sent("/articles/quake"))
        assert service.sent("/articles/quake") == [{"version": article().digest}]


async def test_the_heading_names_versions_and_copies() -> None:
    service = FakeService()
    copy = Carrier(article_id="copy", outlet="Inland Post", title="Harbour shut")
    service.related["quake"] = Related(copies=(copy,), versions=2)
    async with chat(service).run_test(size=SIZE, notifications=True) as pilot:
        await open_citation(pilot)
        await see(pilot, "2 versions · also carried by Inland Post")


async def test_the_address_opens_only_after_its_host_was_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    app = chat(FakeService())
    opened: list[str] = []
    monkeypatch.setattr(app, "open_url", opened.append)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await open_citation(pilot)
        await see(pilot, "by Ada Finch")
        await pilot.press("o")
        await see(pilot, "host: courier.example")
        await pilot.press("n")
        assert opened == []
        await pilot.press("o")
        await see(pilot, "host: courier.example")
        await pilot.press("y")
        await until(pilot, lambda: opened == ["https://courier.example/quake"])


async def test_an_address_that_is_not_of_the_web_never_opens() -> None:
    service = FakeService()
    service.articles = {"quake": article(url="file:///etc/passwd")}
    async with chat(service).run_test(size=SIZE, notifications=True) as pilot:
        await open_citation(pilot)
        await see(pilot, "file:///etc/passwd")
        await pilot.press("o")
        await see(pilot, "no web address")


def test_a_passage_that_moved_is_found_again() -> None:
    cited = citation()
    moved = article(text="Correction. " + TEXT)
    found = locate(moved, cited)
    assert moved.text[found.start : found.end] == QUAKE
    assert "moved" in found.notice


def test_a_cited_headline_marks_nothing_in_the_text_and_says_so() -> None:
    cited = citation()
    own = article()
    title = {"part": "title", "start": 0, "end": len(own.title), "text": own.title}
    assert locate(own, cited.model_copy(update=title)) == Highlight(0, 0, wording.HEADLINE_CITED)
    assert "changed" in locate(article(title="Quake over"), cited.model_copy(update=title)).notice


def test_cleaning_the_text_for_display_does_not_move_the_highlight() -> None:
    text = "\x1b[2J\u202ebefore " * 50 + QUAKE
    lines, first = text_lines(text, Highlight(len(text) - len(QUAKE), len(text)), 60)
    assert first is not None
    joined = " ".join(line.plain.removeprefix("▌ ").strip() for line in lines[first:])
    assert joined.endswith(QUAKE)
    assert "\x1b" not in joined


def test_the_heading_says_that_an_article_is_not_whole() -> None:
    part = article().model_copy(update={"partial": "only the free part is here"})
    assert any("only the free part is here" in str(line) for line in heading_rows(part))
    assert not any("free part" in str(line) for line in heading_rows(article()))
