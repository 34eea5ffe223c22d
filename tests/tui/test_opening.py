"""Every citation opens at the cited words, whatever the shape of its article and the width of the terminal."""

from __future__ import annotations

import pytest

from tests.tui import made
from tests.tui.marked import marked, opened_wrong
from tests.tui.screen import ask, chat, see, until
from tests.tui.service import FakeService
from tui.article_rows import Highlight, text_lines
from tui.reader import ReaderScreen

SIZES = [
    (60, 24),
    *(pytest.param(size, marks=[pytest.mark.slow, pytest.mark.thorough]) for size in ((74, 30), (97, 24), (120, 40))),
    pytest.param((200, 50), marks=pytest.mark.slow),
]


@pytest.mark.parametrize("size", SIZES)
async def test_a_citation_opens_at_its_words_and_marks_nothing_else(size: tuple[int, int]) -> None:
    articles = made.articles(36, seed=size[0])
    assert await opened_wrong(articles, made.citations(articles, seed=size[1]), size) == []


@pytest.mark.parametrize("size", SIZES[:3])
async def test_the_number_of_a_statement_opens_its_citation(size: tuple[int, int]) -> None:
    service = FakeService()
    articles = made.articles(9, seed=3)
    places = made.citations(articles, seed=4)
    service.articles = {each.id: each for each in articles}
    service.answers = [made.answered(places)]
    app = chat(service)
    async with app.run_test(size=size) as pilot:
        await ask(pilot)
        await see(pilot, "as of")
        for place in places:
            await pilot.press(str(place.number))
            await until(pilot, lambda: isinstance(app.screen, ReaderScreen))
            await see(pilot, f"citation [{place.number}]")
            await pilot.pause()
            assert marked(app).is_exactly(place.text)
            await pilot.press("escape")


async def test_another_width_shows_the_cited_words_again() -> None:
    articles = made.articles(12, seed=7)
    places = made.citations(articles, seed=8)
    service = FakeService()
    service.articles = {each.id: each for each in articles}
    app = chat(service)
    async with app.run_test(size=(120, 40)) as pilot:
        for place in places:
            await app.push_screen(ReaderScreen(app.connection, [place], 0))
            for width in (61, 143):
                await pilot.resize_terminal(width, 30)
                await see(pilot, f"citation [{place.number}], 1 of 1")
                await pilot.pause()
                assert marked(app).is_exactly(place.text)
            app.pop_screen()


@pytest.mark.parametrize("width", [12, 60, 74, 88, 120])
def test_paragraphs_of_one_line_are_not_taken_for_the_highlight(width: int) -> None:
    text = "\n\n".join(["Harbour opens", "Ferries sail.", "The quay is full.", "Last line"])
    start = text.index("The quay")
    lines, first = text_lines(text, Highlight(start, start + 17), width)
    assert first == next(number for number, line in enumerate(lines) if "The quay" in line.plain)
    assert sum(line.plain.startswith("▌") for line in lines) == (1 if width > 20 else 2)


def test_a_highlight_of_what_cannot_be_shown_marks_no_line() -> None:
    lines, first = text_lines("Before.\n\n\u200b\u202e\n\nAfter.", Highlight(9, 11), 40)
    assert first is None
    assert [line.plain.strip() for line in lines if line.plain.strip()] == ["Before.", "After."]
