"""The numbered citations of an answer, or the nearest headlines of a refusal, as a list that opens them."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from assistant.types import Citation, Headline
from tui.answer_rows import citation_rows, nearest_rows
from tui.rows import Block


class Places(OptionList):
    """Citations or headlines; Enter opens the highlighted one. Hidden while it is empty."""

    class Opened(Message):
        """One of the places is to be read."""

        def __init__(self, places: Sequence[Citation | Headline], index: int) -> None:
            super().__init__()
            self.places = tuple(places)
            self.index = index

    def __init__(self) -> None:
        super().__init__(markup=False, compact=True)
        self.places: list[Citation | Headline] = []
        self.display = False

    def add(self, places: Sequence[Citation | Headline]) -> None:
        """Append places; a citation whose number is listed already stays once."""
        listed = {place.number for place in self.places if isinstance(place, Citation)}
        new = [place for place in places if not (isinstance(place, Citation) and place.number in listed)]
        articles = {place.article_id for place in self.places if isinstance(place, Citation)}
        for place in new:
            self.add_option(Option(_choice(place, again=place.article_id in articles)))
            articles.add(place.article_id)
        self.places += new
        self.display = bool(self.places)

    def replace(self, places: Sequence[Citation | Headline]) -> None:
        """Show these and nothing else; leaves the list alone where they are what it shows."""
        if self.places != list(places):
            self.clear_options()
            self.places.clear()
            self.add(places)

    @property
    def has_citations(self) -> bool:
        return any(isinstance(place, Citation) for place in self.places)

    def opened(self, number: int) -> Opened | None:
        """The message that the citation with that number is to be read; None where there is none."""
        for index, place in enumerate(self.places):
            if isinstance(place, Citation) and place.number == number:
                return self.Opened(self.places, index)
        return None

    def on_focus(self) -> None:
        """Enter has something to open as soon as the list is reached."""
        if self.highlighted is None:
            self.action_first()

    @on(OptionList.OptionSelected)
    def _open(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.Opened(self.places, event.option_index))


def _choice(place: Citation | Headline, *, again: bool) -> Block:
    return Block(*(citation_rows(place, again=again) if isinstance(place, Citation) else nearest_rows(place)))
