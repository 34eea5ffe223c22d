"""Asking, and what an answer looks like."""

from __future__ import annotations

import pytest
from textual import events

from assistant.types import Done, Filter
from tests.tui.screen import SIZE, WIDE, ask, chat, see, shown, type_in, until
from tests.tui.service import FERRY, QUAKE, FakeService, answered, article, failing, refused
from tui.app import DatelineApp
from tui.reader import ReaderScreen
from tui.widgets.ask_path import AskPath


async def test_statements_appear_one_by_one_with_marks_that_need_no_colour() -> None:
    service = FakeService()
    service.hold_after = 3
    service.go_on.clear()
    async with chat(service).run_test(size=SIZE, notifications=True) as pilot:
        await ask(pilot)
        await see(pilot, f"✓ {QUAKE} [1]")
        assert FERRY not in shown(pilot.app)
        service.go_on.set()
        await see(pilot, f"~ {FERRY} [2]")
        await see(pilot, "partly: the day is not in the passage")


async def test_citations_say_outlet_title_date_and_copies() -> None:
    service = FakeService()
    service.answers = [answered(second="plain")]
    async with chat(service).run_test(size=WIDE, notifications=True) as pilot:
        await ask(pilot)
        await see(pilot, "[1] Coast Courier · 27 October 2026, 12:05 UTC · Quake shuts harbour of Port Ellis")
        await see(pilot, "also carried by Inland Post")
        await see(pilot, "undated (“two hours ago”)")
        await see(pilot, "as of 27 October 2026 · 2 independent sources")


async def test_a_refusal_shows_its_receipt() -> None:
    service = FakeService()
    service.answers = [refused()]
    async with chat(service).run_test(size=SIZE, notifications=True) as pilot:
        await ask(pilot, "Who won the cup?")
        await see(pilot, "No answer: no article speaks of a cup")
        await see(pilot, "searched 10 articles, 34 passages · only Coast Courier")
        await see(pilot, "Ingest sports pages.")
        await see(pilot, "Coast Courier · Quake shuts harbour of Port Ellis · undated")


async def test_an_error_event_shows_what_happened_and_what_to_do() -> None:
    service = FakeService()
    service.answers = [failing()]
    async with chat(service).run_test(size=SIZE, notifications=True) as pilot:
        await ask(pilot)
        await see(pilot, "✗ The model is down. - Try later.")


async def test_a_stream_that_breaks_off_is_no_answer() -> None:
    service = FakeService()
    service.answers = [answered()[:3]]
    async with chat(service).run_test(size=SIZE, notifications=True) as pilot:
        await ask(pilot)
        await see(pilot, "stopped in the middle")
        await see(pilot, QUAKE)


async def test_a_question_that_is_too_long_is_refused_in_words() -> None:
    service = FakeService()
    async with chat(service).run_test(size=SIZE, notifications=True) as pilot:
        await ask(pilot, "why " * 600)
        await see(pilot, "between 1 and 2,000 characters")
        assert not service.sent("/ask/stream")


async def test_escape_stops_the_answer_and_keeps_what_was_said() -> None:
    service = FakeService()
    service.hold_after = 3
    service.go_on.clear()
    async with chat(service).run_test(size=SIZE, notifications=True) as pilot:
        await ask(pilot)
        await see(pilot, QUAKE)
        await pilot.press("escape")
        await see(pilot, "■ stopped")
        assert QUAKE in shown(pilot.app)
        await until(pilot, lambda: service.closed_streams == 1)


async def test_a_second_passage_of_an_article_is_told_by_its_first_words() -> None:
    async with chat(FakeService()).run_test(size=WIDE, notifications=True) as pilot:
        await ask(pilot)
        await see(pilot, "[2] same article: “At noon the news was plain.”")


async def test_a_follow_up_carries_the_conversation_and_a_new_one_does_not() -> None:
    service = FakeService()
    async with chat(service).run_test(size=SIZE, notifications=True) as pilot:
        await ask(pilot, "First?")
        await ask(pilot, "Second?")
        await until(pilot, lambda: len(service.sent("/ask/stream")) == 2)
        await see(pilot, "› Second?")
        await pilot.press("ctrl+n")
        await ask(pilot, "Third?")
        await until(pilot, lambda: len(service.sent("/ask/stream")) == 3)
        assert [body.get("conversation_id") for body in service.sent("/ask/stream")] == [None, "talk-1", None]
        text = shown(pilot.app)
        assert text.index("new conversation") < text.index("Third?")


async def test_a_question_that_names_an_outlet_can_be_asked_of_all() -> None:
    service = FakeService()
    understood, *rest = answered("What does Coast Courier say?")
    narrowed = understood.model_copy(update={"filters": Filter(outlets=("Coast Courier",))})
    service.answers = [[narrowed, *rest]]
    async with chat(service).run_test(size=SIZE, notifications=True) as pilot:
        await ask(pilot, "What does Coast Courier say?")
        await see(pilot, "only Coast Courier · /all searches everything")
        await ask(pilot, "/all")
        await until(pilot, lambda: len(service.sent("/ask/stream")) == 2)
        sent = service.sent("/ask/stream")
        assert [body["read_filters"] for body in sent] == [True, False]
        assert sent[1]["question"] == sent[0]["question"]


async def test_strict_holds_until_it_is_taken_back() -> None:
    service = FakeService()
    async with chat(service).run_test(size=SIZE, notifications=True) as pilot:
        await ask(pilot, "/strict")
        await see(pilot, "Strict:")
        await ask(pilot, "First?")
        await until(pilot, lambda: len(service.sent("/ask/stream")) == 1)
        await see(pilot, "strict: partly supported sentences are left out")
        await ask(pilot, "/strict")
        await ask(pilot, "Second?")
        await until(pilot, lambda: len(service.sent("/ask/stream")) == 2)
        assert [body.get("policy") for body in service.sent("/ask/stream")] == ["strict", None]


async def test_questions_sent_together_are_answered_in_order() -> None:
    service = FakeService()
    service.hold_after = 1
    service.go_on.clear()
    async with chat(service).run_test(size=SIZE, notifications=True) as pilot:
        await ask(pilot, "First?")
        await ask(pilot, "Second?")
        await see(pilot, "waiting for the previous answer")
        service.go_on.set()
        await until(pilot, lambda: len(service.sent("/ask/stream")) == 2)
        assert [body["question"] for body in service.sent("/ask/stream")] == ["First?", "Second?"]


async def test_a_digit_begins_a_question_where_no_citation_has_that_number() -> None:
    app = chat(FakeService())
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await ask(pilot)
        await see(pilot, "as of")
        await pilot.press("7")
        assert app.chat.prompt.text == "7"
        await type_in(pilot, "12")
        assert app.chat.prompt.text == "712"


async def test_enter_on_the_focused_citation_opens_it() -> None:
    app = chat(FakeService())
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await ask(pilot)
        await see(pilot, "as of")
        await pilot.press("shift+tab", "enter")
        await until(pilot, lambda: isinstance(app.screen, ReaderScreen))
        await see(pilot, "citation [1]")


async def test_typing_while_the_citations_are_in_focus_writes_a_question() -> None:
    app = chat(FakeService())
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await ask(pilot)
        await see(pilot, "as of")
        await pilot.press("shift+tab")
        await type_in(pilot, "why")
        assert app.chat.prompt.text == "why"
        await pilot.press("shift+tab", "2")
        await see(pilot, "citation [2]")


def burst(app: DatelineApp, *keys: str) -> None:
    """Keys that come faster than the app handles them."""
    for key in keys:
        app.post_message(events.Key(key, key if len(key) == 1 else None))


async def test_keys_that_come_all_at_once_are_taken_in_their_order() -> None:
    app = chat(FakeService())
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await ask(pilot)
        await see(pilot, "as of")
        burst(app, *"In 1?", "enter")
        await see(pilot, "› In 1?")


@pytest.mark.parametrize("before", [(), ("shift+tab",)], ids=["prompt in focus", "list in focus"])
async def test_edits_that_come_all_at_once_are_taken_in_their_order(before: tuple[str, ...]) -> None:
    app = chat(FakeService())
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await ask(pilot)
        await see(pilot, "as of")
        await pilot.press(*before)
        burst(app, *"hazbe", "backspace", "backspace", "backspace", *"rbour", "home", "W", *"ho in ", "enter")
        await see(pilot, "› Who in harbour")


async def test_edits_in_the_dialog_for_sources_are_taken_in_their_order() -> None:
    service = FakeService()
    app = chat(service)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("ctrl+o")
        await until(pilot, lambda: isinstance(app.screen, AskPath))
        burst(app, *"/nwes", "left", "left", "left", "delete", "right", "w", "enter")
        await until(pilot, lambda: service.sent("/sources"))
        assert service.sent("/sources")[0]["sources"] == ["/news"]


async def test_a_click_on_a_citation_mark_opens_it() -> None:
    app = chat(FakeService())
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await ask(pilot)
        await see(pilot, "as of")
        lines = shown(app).splitlines()
        y = next(number for number, line in enumerate(lines) if QUAKE in line)
        await pilot.click(offset=(lines[y].index("[1]") + 1, y))
        await see(pilot, "citation [1], 1 of 2")


async def test_a_click_opens_the_citation_of_its_own_answer() -> None:
    service = FakeService()
    older = article(id="older", title="Storm closes the pass")
    service.articles["older"] = older
    service.answers = [answered("First?", of=older), answered("Second?")]
    app = chat(service)
    async with app.run_test(size=(80, 50), notifications=True) as pilot:
        await ask(pilot, "First?")
        await see(pilot, "as of")
        await ask(pilot, "Second?")
        await until(pilot, lambda: shown(app).count("as of") == 2)
        lines = shown(app).splitlines()
        y = next(number for number, line in enumerate(lines) if QUAKE in line)
        await pilot.click(offset=(lines[y].index("[1]") + 1, y))
        await see(pilot, "Storm closes the pass")


async def test_what_is_copied_names_its_sources() -> None:
    app = chat(FakeService())
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await ask(pilot, "/copy")
        await see(pilot, "no answer to copy yet")
        await ask(pilot)
        await see(pilot, "as of")
        await ask(pilot, "/copy")
        await until(pilot, lambda: "[1] Coast Courier · 27 October 2026" in app.clipboard)
        assert app.clipboard.startswith("Is the harbour open?")


async def test_up_and_down_walk_through_what_was_sent() -> None:
    app = chat(FakeService())
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await ask(pilot, "First?")
        await ask(pilot, "Second?")
        await pilot.press("up", "up")
        assert app.chat.prompt.text == "First?"
        await pilot.press("down")
        assert app.chat.prompt.text == "Second?"
        await pilot.press("down")
        assert app.chat.prompt.text == ""


async def test_ctrl_j_breaks_the_line() -> None:
    app = chat(FakeService())
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("a", "ctrl+j", "b")
        assert app.chat.prompt.text == "a\nb"


async def test_an_unknown_command_names_the_ones_there_are() -> None:
    async with chat(FakeService()).run_test(size=SIZE, notifications=True) as pilot:
        await ask(pilot, "/dance")
        await see(pilot, "Unknown command")


async def test_a_question_mark_on_an_empty_line_opens_the_help() -> None:
    async with chat(FakeService()).run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("question_mark")
        await see(pilot, "~ partly supported")
        await pilot.press("escape")
        await see(pilot, "Ask about the news")


async def test_the_end_of_a_long_conversation_stays_in_view() -> None:
    service = FakeService()
    async with chat(service).run_test(size=SIZE, notifications=True) as pilot:
        for number in range(6):
            await ask(pilot, f"Question {number}?")
        await see(pilot, "› Question 5?")
        await until(pilot, lambda: service.closed_streams == 6 and "as of" in shown(pilot.app))
        await pilot.press("pageup", "pageup")
        await pilot.pause()
        assert "Question 5?" not in shown(pilot.app)


async def test_the_whole_answer_overrides_what_was_streamed() -> None:
    service = FakeService()
    events = answered()
    last = events[-1]
    assert isinstance(last, Done)
    short = last.answer.model_copy(update={"statements": last.answer.statements[:1]})
    service.answers = [[*events[:-1], Done(answer=short)]]
    async with chat(service).run_test(size=SIZE, notifications=True) as pilot:
        await ask(pilot)
        await see(pilot, "as of")
        assert FERRY not in shown(pilot.app)
