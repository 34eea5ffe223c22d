"""Titles as they are compared: pages print the same one with other dashes, quotation marks and capitals."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from ingest.extract.site import Site
from ingest.language.scripts import begins_unspaced
from ingest.language.text import squeeze

_SAME = str.maketrans({"–": "-", "—": "-", "‑": "-", "’": "'", "‘": "'", "“": '"', "”": '"'})
_LONGEST = 1000
_MOST, _FEWEST = 8, 12
# Between a headline and the names of section and site; in scripts without spaces they need none around them.
_SEPARATOR = re.compile(
    r"(\s[|\-–—·•:»›«/~]{1,3}\s|\s?[｜|»›]\s?|(?<=[^\x00-\u0e00])(?:[-_－–—]{1,2}|：)(?=[^\x00-\u0e00]))"
)
_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\.?")


def folded_title(title: str) -> str:
    """The title with one kind of dash and quotation mark, one space between words, no capitals."""
    return unicodedata.normalize("NFKC", squeeze(title).translate(_SAME)).casefold()


def below(title: str, text: str) -> str:
    """The text below its own headline, where its first line is that; the text itself where nothing else is in it."""
    line, _, rest = text.lstrip()[:_LONGEST].partition("\n")
    if not title or not rest.strip() or folded_title(line) != folded_title(title):
        return text
    return text.lstrip()[len(line) :].lstrip()


@dataclass(frozen=True, slots=True)
class Heading:
    """A printed heading: its parts are what the page sets apart in it, such as a kicker above the headline."""

    parts: tuple[str, ...]

    @property
    def whole(self) -> str:
        return " ".join(self.parts)


def headline(headings: Sequence[Heading], stated: Sequence[str], outlet: Site, sections: Collection[str] = ()) -> str:
    """The headline that a page's voices agree on: its headings, and what it states in other places, the surest first.

    Each voice is cut where another one confirms what is left: a kicker, a section and the site's name go. Where all
    differ it is the heading, if there is only one and it has words in common with a stated title.
    """
    named = [line for line in (without_site(line, outlet, sections) for line in stated) if line]
    heads = Counter(_key(heading.whole) for heading in headings)
    wholes = Counter(map(_key, named)) + heads
    voices = [_confirmed(_SEPARATOR.split(line)[: 2 * _MOST : 2], line, heads, wholes) for line in named]
    printed = [_confirmed(heading.parts[:_MOST], heading.whole, wholes) for heading in headings]
    votes = Counter(_key(line) for line in voices) + Counter({_key(line) for line in printed})
    short = [_key(line[:-1].rstrip(".")) for line in voices if line.endswith(("…", "..."))]
    for key in votes:
        votes[key] += sum(key != begun and key.startswith(begun) for begun in short if len(begun) > _FEWEST)
    sure = [
        line
        for line, heading in zip(printed, headings, strict=True)
        if _is_sure(line, heading, headings, votes, named)
    ]
    ordered = [*sure, *voices, *printed]
    return max(ordered, key=lambda line: votes[_key(line)], default="")


def without_site(title: str, outlet: Site, sections: Collection[str] = ()) -> str:
    """The title without the name of the outlet before or behind it, and without the section in front of that name."""
    pieces = _SEPARATOR.split(title)
    texts = pieces[::2]
    ends = [at for at in range(1, len(texts)) if outlet.is_called(texts[at])]
    begin = 1 if len(texts) > 1 and outlet.is_called(texts[0]) else 0
    end = next((at for at in ends if at > begin), len(texts))
    while end - begin > 1 and (_DATE.fullmatch(texts[end - 1]) or (ends and texts[end - 1].casefold() in sections)):
        end -= 1
    return "".join(pieces[2 * begin : 2 * end - 1]).strip()


def _confirmed(segments: Sequence[str], line: str, *voices: Mapping[str, int]) -> str:
    """The longest run of the segments of a line that is the whole of another voice, of the first voices that tell."""
    key = _key(line)
    ends = [(start, end) for start in range(len(segments)) for end in range(start + 1, len(segments) + 1)]
    runs = [" ".join(segments[start:end]) for start, end in ends if end - start < len(segments)]
    for wholes in voices:
        if wholes[key] > (wholes is voices[-1]):
            return line
        if parts := [run for run in runs if 2 * len(_key(run)) > len(key) and _key(run) in wholes]:
            return max(parts, key=len)
    return line


def _is_sure(
    line: str, heading: Heading, headings: Sequence[Heading], votes: Mapping[str, int], named: Sequence[str]
) -> bool:
    """Whether a heading is to be trusted where as many voices say something else: it may be a logo."""
    if votes[_key(line)] > 1:
        return len(heading.parts) == 1 or line != heading.whole
    alone = len(headings) == 1 and len(heading.parts) == 1
    return alone and len(_words(line)) > 2 and any(_words(line) & _words(other) for other in named)


def _key(title: str) -> str:
    """The title as voices are compared: its letters and digits."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", title).casefold() if letter.isalnum())


def _words(text: str) -> set[str]:
    """Words of some length; of scripts without spaces each two signs side by side."""
    found = re.findall(r"\w+", text.casefold())
    pairs = (word[at : at + 2] for word in found if begins_unspaced(word) for at in range(len(word) - 1))
    return {word for word in found if len(word) > 3 or not word.isascii()} | set(pairs)
