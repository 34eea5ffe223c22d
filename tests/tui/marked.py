"""What the reader marks on the screen, as a person sees it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from textual.app import App

from assistant.types import Article, Citation
from tests.tui.screen import see
from tests.tui.service import FakeService, citation
from tui.app import DatelineApp
from tui.plain import plain
from tui.reader import ReaderScreen


@dataclass(frozen=True)
class Marked:
    """The letters that are marked, without white space, and the rows of the screen with a bar at the margin."""

    letters: str
    bars: tuple[int, ...]
    rows: tuple[int, ...]

    def is_exactly(self, cited: str) -> bool:
        """Whether what was cited is marked, all of it, and nothing else."""
        return self.letters == without_space(plain(cited)) and self.bars == self.rows


def marked(app: App[Any]) -> Marked:
    screen = app.screen
    assert isinstance(screen, ReaderScreen)
    area = screen.text.region
    letters, bars, rows = "", [], []
    for y, strip in enumerate(screen._compositor.render_strips(screen.size)):
        if area.y <= y < area.bottom:
            line = "".join(piece.text for piece in strip if piece.style and piece.style.underline)
            letters += line
            rows += [y] if line else []
            bars += [y] if "▌" in strip.text[: area.x + 2] else []
    return Marked(without_space(letters), tuple(bars), tuple(rows))


def without_space(text: str) -> str:
    """Where lines break depends on the width."""
    return "".join(text.split())


def cited(article: Article, spans: Sequence[tuple[int, int]]) -> list[Citation]:
    """A citation of each of these parts of the article's text."""
    return [
        citation(number, article, start=start, end=end, text=article.text[start:end])
        for number, (start, end) in enumerate(spans, start=1)
    ]


async def opened_wrong(
    articles: Sequence[Article], citations: Sequence[Citation], size: tuple[int, int]
) -> list[str]:
    """Reads the citations one after the other as a person does; returns those that do not open at their words."""
    service = FakeService()
    service.articles = {article.id: article for article in articles}
    app = DatelineApp(service.connect)
    wrong = []
    async with app.run_test(size=size) as pilot:
        await app.push_screen(ReaderScreen(app.connection, citations, 0))
        for place in citations:
            await see(pilot, f"citation [{place.number}], {place.number} of {len(citations)}")
            await pilot.pause()
            if not marked(app).is_exactly(place.text):
                wrong.append(place.text)
            await pilot.press("n")
    return wrong
