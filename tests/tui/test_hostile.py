"""Words from outside are shown as words: no markup, no escape sequences, no links that open themselves."""

from __future__ import annotations

import pytest
from textual import events

from assistant.types import Done
from tests.tui.screen import SIZE, WIDE, ask, chat, see, shown, until
from tests.tui.service import FakeService, answered, article, failing, refusal
from tui.plain import one_line, plain
from tui.web_address import host_of

MARKUP = [
    "[/]",
    "[@click=app.quit]x[/]",
    "[bold red]x",
    "[link=https://bad.example]x[/link]",
    "](http://bad.example)",
]
VERY_WIDE = (320, 40)
ESCAPES = ["\x1b]52;c;aGk=\x07", "\x1b[2J", "\x9b31m", "\x1bP1q\x1b\\", "\u202egnp.exe", "a\u200bb", "\r\x08"]


def service_with(title: str) -> FakeService:
    service = FakeService()
    hostile = article(title=title, outlet=title, authors=(title,), url=f"https://a.example/{title}")
    service.articles = {"quake": hostile}
    service.answers = [answered(of=hostile, outlet=title, origin=title)]
    return service


async def test_markup_in_a_headline_is_shown_literally_on_every_screen() -> None:
    title = " ".join(MARKUP)
    app = chat(service_with(title))
    async with app.run_test(size=VERY_WIDE, notifications=True) as pilot:
        await ask(pilot)
        await see(pilot, f"· {title}")
        await pilot.press("1")
        await see(pilot, f"by {title}")
        await pilot.press("escape", "f2")
        await see(pilot, f"{title} · {title}")
        await pilot.press("d")
        await see(pilot, "Remove this article?")
        await see(pilot, MARKUP[0])
        assert app.is_running


async def test_a_click_on_a_headline_runs_no_action_of_its_own() -> None:
    app = chat(service_with("[@click=app.quit]leave[/]"))
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await ask(pilot)
        await see(pilot, "as of")
        lines = shown(app).splitlines()
        y = next(number for number, line in enumerate(lines) if "leave" in line)
        await pilot.click(offset=(lines[y].index("leave") + 1, y))
        await pilot.pause()
        assert app.is_running


async def test_escape_sequences_in_a_headline_never_reach_the_screen() -> None:
    app = chat(service_with(" ".join(ESCAPES)))
    async with app.run_test(size=VERY_WIDE, notifications=True) as pilot:
        await ask(pilot)
        await see(pilot, "as of")
        for keys in ((), ("1",), ("escape", "f2"), ("d",)):
            await pilot.press(*keys)
            await pilot.pause(0.05)
            seen = shown(app).replace("\n", "")
            assert seen.isprintable(), [char for char in seen if not char.isprintable()]


async def test_hostile_errors_and_receipts_are_words_too() -> None:
    service = FakeService()
    refused = refusal(reason="\x1b[2J[/]", hint="[@click=app.quit]x")
    answer = refused.model_copy(update={"notice": "\x1b]0;x\x07[/]"})
    service.answers = [failing("[/]\x1b[2J", "[bold]"), [Done(answer=answer)]]
    app = chat(service)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await ask(pilot)
        await see(pilot, "✗ [/][2J - [bold]")
        await ask(pilot)
        await see(pilot, "No answer: [2J[/]")
        await see(pilot, "[@click=app.quit]x")
        assert shown(app).replace("\n", "").isprintable()


async def test_pasted_escape_sequences_lose_their_escape() -> None:
    app = chat(FakeService())
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        app.post_message(events.Paste("one\x1b]52;c;aGk=\x07two"))
        await until(pilot, lambda: "two" in app.chat.prompt.text)
        assert app.chat.prompt.text == "one]52;c;aGk=two"


@pytest.mark.parametrize("text", ["plain", "héllo “quotes” — 日本語", "نمی‌خواهم", "👩\u200d🚒"])
def test_text_that_reads_is_left_alone(text: str) -> None:
    assert plain(text) == text


def test_line_ends_of_every_kind_become_newlines_or_one_space() -> None:
    assert plain("a\r\nb\rc\u2028d") == "a\nb\nc\nd"
    assert one_line(" a\r\n\tb ") == "a b"


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://good.example@bad.example/",
        "https://bad.example\\@good.example/",
        "https://good.example /",
        "http://[broken",
        "https://",
        "//bad.example/x",
    ],
)
def test_addresses_that_could_mislead_have_no_host(url: str | None) -> None:
    assert host_of(url) is None


def test_a_host_with_look_alike_letters_shows_as_ascii() -> None:
    assert host_of("https://exаmple.com/a") == "xn--exmple-4nf.com"
    assert host_of("http://news.example:8080/a?b#c") == "news.example"
