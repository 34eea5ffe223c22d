"""Windows that look like news: a headline for a title, datelines, and what else stands on a page beside the text."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.reading.training.questions.group import Window

_PLACES = (
    "LONDON|PARIS|WASHINGTON|BERLIN|KYIV|TOKYO|NAIROBI|LAGOS|SYDNEY|TORONTO|BEIJING|CAIRO|MADRID|ROME|GENEVA|MOSCOW|"
    "JERUSALEM|ISTANBUL|ATLANTA|CHICAGO|DUBLIN|BRUSSELS|MANILA|JAKARTA|SEOUL|BOGOTA|LIMA|VIENNA|WARSAW|ATHENS|"
    "NEW YORK|LOS ANGELES|NEW DELHI|HONG KONG|MEXICO CITY|SAO PAULO"
).split("|")
_DATELINES = ("{} (AP) — ", "{} (AP) -- ", "{}, {} (Reuters) - ", "{} (AFP) – ", "{}: ", "{} — ", "{}, {}: ")
_MONTHS = "Jan. Feb. March April May June July Aug. Sept. Oct. Nov. Dec.".split()
_FURNITURE = (
    "By {name}", "{name}", "By {name} and {other}", "{name}, Senior Correspondent", "Photo: {name}/Getty Images",
    "{name} / AFP via Getty Images", "Image source, Getty Images", "File photo", "Image caption, {head}",
    "Read more: {head}", "READ MORE: {head}", "Related: {head}", "See also: {head}", "Also read: {head}", "{head}",
    "Share this article", "Sign up for our morning newsletter.", "Advertisement", "Updated {hours} hours ago",
    "{minutes} min read", "Published {month} {day}", "{heading}", "{heading}", "Key points", "What we know so far",
    "What happens next", "Additional reporting by {name}.", "Follow us on Facebook and X.", "Most read",
    "The Associated Press contributed to this report.", "{name}, {other}, {third}", "Listen to this story",
    "Watch: {head}", "Editing by {name} and {other}", "Comments", "More on this story", "Live updates", "Analysis",
)  # fmt: skip
_BROKEN = re.compile(r"[,;:(\"“]|\s[-–—]\s| (?:which|who|while|although|because|but) ")
_SMALL = re.compile(r"^(?:However|In addition|Moreover|Furthermore|For example|Also|Thus|The|A|An|This|These)\b,? ")
_ARTICLE = re.compile(r" (?:the|an?)(?= )")
_HELPING = re.compile(r" (?:has been|have been|had been|is|are|was|were|has|have)(?= [a-z]+(?:ed|ing)\b)")
_CONTENT = re.compile(r"\b[a-zA-Z]{4,}\b")
LEAST_HEADLINE = 4  # words


def headline(sentence: str, chance: random.Random) -> str | None:
    """The first clause of a sentence in the manner of headlines; None where it is too short."""
    said = _SMALL.sub("", sentence)
    cut = _BROKEN.search(said, 20)
    said = (said[: cut.start()] if cut else said).rstrip(" .!?")[:110]
    if chance.random() < 0.7:
        said = _ARTICLE.sub("", said)
    if chance.random() < 0.5:
        said = _HELPING.sub("", said, count=1)
    if len(said.split()) < LEAST_HEADLINE:
        return None
    said = said[0].upper() + said[1:]
    style = chance.random()
    return (
        said.title()
        if style < 0.12 and said.isascii() and "'" not in said
        else said.upper()
        if style < 0.15
        else said
    )


class Page:
    """Makes windows look like those of a news page; `people` are names for its bylines."""

    def __init__(self, people: Sequence[str], chance: random.Random) -> None:
        self.people, self.random = people, chance

    def window(self, window: Window, sentences: Sequence[str]) -> Window:
        """Some with a dateline in front, and some with other lines beside their own."""
        if self.random.random() < 0.25:
            window = _in_front(window, self.dateline())
        return self.framed(window, sentences) if self.random.random() < 0.3 else window

    def headline(self, window: Window, sentences: Sequence[str]) -> str:
        """With the title in front where the window does not name its subject itself."""
        outside = [one for one in sentences if one not in window.text]
        found = headline(self.random.choice(outside or sentences), self.random) if sentences else None
        if found is None or not window.title or _about(window.title, f"{found} {window.text}"):
            return found or window.title
        return f"{window.title}: {found}" if self.random.random() < 0.7 else f"{found} - {window.title}"

    def framed(self, window: Window, sentences: Sequence[str]) -> Window:
        """With a line or two before or after it."""
        for _ in range(self.random.choice((1, 1, 2))):
            line = self.line([one for one in sentences if one not in window.text])
            if window.answer and window.text[slice(*window.answer)].lower() in line.lower():
                continue
            if self.random.random() < 0.5:
                window = _in_front(window, f"{line}\n")
            else:
                window = replace(window, text=f"{window.text}\n{line}")
        return window

    def furniture(self, title: str, sentences: Sequence[str]) -> Window:
        """A window of nothing but such lines."""
        lines = [self.line(sentences) for _ in range(self.random.choice((1, 2, 2, 3, 4)))]
        return Window(title, "\n".join(lines))

    def line(self, sentences: Sequence[str]) -> str:
        heads = [headline(self.random.choice(sentences), self.random)] if sentences else []
        name, other, third = (self.random.choice(self.people) for _ in range(3))
        return self.random.choice(_FURNITURE).format(
            name=name, other=other, third=third, head=heads[0] if heads and heads[0] else "What you need to know",
            heading=self.heading(sentences), hours=self.random.randint(2, 20), minutes=self.random.randint(2, 9),
            month=self.random.choice(_MONTHS), day=self.random.randint(1, 28),
        )  # fmt: skip

    def heading(self, sentences: Sequence[str]) -> str:
        """Two content words or so, without a verb."""
        words = _CONTENT.findall(self.random.choice(sentences)) if sentences else []
        some = self.random.sample(words, min(len(words), 2))
        return " and ".join(some).capitalize() if some else "Background"

    def dateline(self) -> str:
        date = f"{self.random.choice(_MONTHS)} {self.random.randint(1, 28)}"
        place = self.random.choice(_PLACES)
        return self.random.choice(_DATELINES).format(place if self.random.random() < 0.85 else place.title(), date)


def _in_front(window: Window, words: str) -> Window:
    place = window.answer and (window.answer[0] + len(words), window.answer[1] + len(words))
    return Window(window.title, words + window.text, place)


def _about(title: str, text: str) -> bool:
    """Whether a word of the title is there."""
    lower = text.lower()
    return any(word.lower() in lower for word in _CONTENT.findall(title))
