"""What an outlet is called: the names that its page gives it, and those in its address."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ingest.address import suffix_length

# What outlets add to their names in some places and leave out in others.
_ADDED = frozenset(
    "online news digital media medien verlag tv gmbh ag kg sl sa srl spa ltd inc llc co com net org info"
    " newspaper website".split()
)
_ARTICLES = frozenset("the der die das le la les l el los las il lo gli i o os as de het den det".split())
# Letters that addresses spell with two others.
_SPELT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "æ": "ae", "å": "aa"})
_WORD = re.compile(r"[^\W_]+")
_TOP_LEVEL = re.compile(r"(?<=\w)\.[a-z]{2,6}\b(?=\W|$)", re.IGNORECASE)
_LONGEST, _MOST = 80, 40


@dataclass(frozen=True, slots=True)
class Site:
    """The names of one outlet, as they are compared."""

    names: frozenset[str] = frozenset()

    def is_called(self, text: str) -> bool:
        """Whether the whole text is a name of the outlet: "Mirror Online" of The Mirror."""
        return len(text) <= _LONGEST and not self.names.isdisjoint(_forms(text))

    def begins(self, text: str) -> bool:
        """Whether a text begins with a name of the outlet and goes on: "Allgäu Blick Sport"."""
        words = text.split()
        return any(self.is_called(" ".join(words[:count])) for count in range(1, min(len(words), 6) + 1))


def site(names: Iterable[str], host: str = "") -> Site:
    """The outlet of those names, at that host."""
    said = [name for name in names if name and len(name) <= _LONGEST][:_MOST]
    return Site(frozenset(form for name in said for form in _forms(name)) | frozenset(_of_host(host)))


def _forms(name: str) -> Iterator[str]:
    """The name in one word, and without article, domain and what outlets add; also as addresses spell it."""
    low = unicodedata.normalize("NFKC", name).casefold()
    for text in {low, low.translate(_SPELT)}:
        words = _WORD.findall(_plain(text))
        kept = [word for word in _WORD.findall(_plain(_TOP_LEVEL.sub("", text))) if word not in _ADDED]
        kept = kept[1:] if len(kept) > 1 and kept[0] in _ARTICLES else kept
        yield from filter(_is_enough, ("".join(words), "".join(kept)))


def _of_host(host: str) -> Iterator[str]:
    """Each run of the parts of a host in one word, without what is only a top level domain."""
    parts = [part.replace("-", "") for part in host.removeprefix("www.").split(".")[-5:]]
    last = len(parts) - suffix_length(parts)
    runs = ("".join(parts[start:end]) for start in range(max(last, 1)) for end in range(start + 1, len(parts) + 1))
    yield from filter(_is_enough, runs)


def _is_enough(word: str) -> bool:
    return len(word) > 1


def _plain(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
