"""Ingesting articles beside the conversation."""

from __future__ import annotations

from pathlib import Path

from textual.widgets import Input

from assistant.types import Outcome, PageDone
from tests.tui.screen import SIZE, WIDE, ask, chat, see, until
from tests.tui.service import QUAKE, FakeService, failing, ingested
from tui.tally import Tally


async def test_a_path_is_asked_for_and_the_run_is_counted(tmp_path: Path) -> None:
    service = FakeService()
    async with chat(service).run_test(size=WIDE, notifications=True) as pilot:
        await pilot.press("ctrl+o")
        await see(pilot, "Ingest articles")
        pilot.app.screen.query_one(Input).value = str(tmp_path)
        await pilot.press("enter")
        await see(pilot, "1 added, 1 unchanged, 1 failed · finished")
        await see(pilot, "failed: /news/c.html: no text could be read")
        assert service.sent("/sources")[0]["sources"] == [str(tmp_path)]


async def test_progress_shows_while_it_runs_and_escape_stops_it() -> None:
    service = FakeService()
    service.intake = ingested(interrupted=True)
    service.hold_after = 3
    service.go_on.clear()
    async with chat(service).run_test(size=SIZE, notifications=True) as pilot:
        await ask(pilot, "/add news")
        await see(pilot, "2 of 3")
        await pilot.press("escape")
        await until(pilot, lambda: service.sent("/sources/stop"))
        await see(pilot, "stopped; what was ingested stays")


async def test_a_question_can_be_asked_meanwhile() -> None:
    service = FakeService()
    service.hold_after = 5
    service.go_on.clear()
    async with chat(service).run_test(size=SIZE, notifications=True) as pilot:
        await ask(pilot, "/add news")
        await see(pilot, "2 of 3")
        await ask(pilot)
        await see(pilot, QUAKE)
        service.go_on.set()
        await see(pilot, "finished")


async def test_reindex_follows_the_same_way_and_can_be_full() -> None:
    service = FakeService()
    async with chat(service).run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("ctrl+r")
        await see(pilot, "finished")
        await pilot.press("escape")
        await ask(pilot, "/reindex full")
        await until(pilot, lambda: service.sent("/reindex") == [{"full": False}, {"full": True}])


async def test_a_run_that_fails_says_why() -> None:
    service = FakeService()
    service.intake = failing("The disk is full.", "Free some room.")
    async with chat(service).run_test(size=SIZE, notifications=True) as pilot:
        await ask(pilot, "/add news")
        await see(pilot, "✗ The disk is full. - Free some room.")


async def test_a_second_run_has_to_wait() -> None:
    service = FakeService()
    service.hold_after = 1
    service.go_on.clear()
    async with chat(service).run_test(size=SIZE, notifications=True) as pilot:
        await ask(pilot, "/add news")
        await until(pilot, lambda: service.sent("/sources"))
        await pilot.press("ctrl+r")
        await see(pilot, "already")
        assert not service.sent("/reindex")


async def test_quitting_while_articles_are_ingested_asks_first() -> None:
    service = FakeService()
    service.hold_after = 3
    service.go_on.clear()
    app = chat(service)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await ask(pilot, "/add news")
        await see(pilot, "2 of 3")
        await pilot.press("ctrl+q")
        await see(pilot, "“dateline reindex” continues with the rest")
        await pilot.press("n")
        await see(pilot, "2 of 3")
        await pilot.press("ctrl+q", "y")
        await until(pilot, lambda: not app.is_running)


async def test_quitting_asks_nothing_where_nothing_is_ingested() -> None:
    app = chat(FakeService())
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("ctrl+q")
        await until(pilot, lambda: not app.is_running)


def test_what_a_run_drops_is_named() -> None:
    tally = Tally()
    dropped = Outcome(status="dropped", source="https://news.example/feed", title="Night bus", reason="90 days after")
    tally.take(PageDone(outcome=dropped))
    assert tally.summary == "1 dropped"
    assert tally.problems == ["dropped: https://news.example/feed “Night bus”: 90 days after"]
