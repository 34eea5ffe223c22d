"""The list of the archive."""

from __future__ import annotations

from tests.tui.screen import SIZE, chat, see, shown, type_in, until
from tests.tui.service import FakeService, article


def stocked() -> FakeService:
    service = FakeService()
    service.articles["storm"] = article(id="storm", title="Storm warning for the isles")
    return service


async def test_articles_are_listed_and_open_in_the_reader() -> None:
    async with chat(stocked()).run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("f2")
        await see(pilot, "2 articles")
        await see(pilot, "27 Oct 2026 Coast Courier · Storm warning for the isles")
        await pilot.press("enter")
        await see(pilot, "by Ada Finch")


async def test_the_filter_narrows_the_list() -> None:
    service = stocked()
    async with chat(service).run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("ctrl+l")
        await see(pilot, "2 articles")
        await pilot.press("slash")
        await type_in(pilot, "storm")
        await see(pilot, "1 article found")
        assert "Quake" not in shown(pilot.app)


async def test_escape_leaves_the_filter_before_the_list() -> None:
    async with chat(stocked()).run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("f2")
        await see(pilot, "2 articles")
        await pilot.press("slash")
        await type_in(pilot, "storm")
        await see(pilot, "1 article found")
        await pilot.press("escape")
        await see(pilot, "2 articles, newest first")
        await pilot.press("escape")
        await until(pilot, lambda: "newest first" not in shown(pilot.app))


async def test_the_list_can_begin_with_what_was_taken_in_last() -> None:
    service = stocked()
    async with chat(service).run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("f2")
        await see(pilot, "2 articles, newest first")
        await pilot.press("s")
        await see(pilot, "2 articles, latest ingested first")
        assert service.orders == ["published", "added"]


async def test_an_article_is_removed_only_after_yes() -> None:
    service = stocked()
    async with chat(service).run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("f2")
        await see(pilot, "2 articles")
        await pilot.press("d")
        await see(pilot, "Remove this article?")
        await pilot.press("n")
        assert len(service.articles) == 2
        await pilot.press("d")
        await see(pilot, "Remove this article?")
        await pilot.press("y")
        await until(pilot, lambda: list(service.articles) == ["storm"])
        await see(pilot, "1 article,")
