"""What a chat model wrote as running text: without markup, cut into sentences, with their `[key]` marks read."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from ingest.language.sentences import STOPS, last_mark, sentences
from ingest.language.text import squeeze

_IMAGE = re.compile(r"!\[[^\[\]]{0,500}\](?:\([^()\s]{0,2000}\)|\[[^\[\]]{0,200}\])")
_LINK = re.compile(r"\[([^\[\]]{0,500})\]\([^()\s]{0,2000}\)")
_TAG = re.compile(r"</?[A-Za-z!][^<>]{0,2000}>")
_EMPHASIS = re.compile(r"\*\*|__|`+|(?<!\w)\*(?=\w)|(?<=\w)\*(?!\w)")
_LAST_MARKS = re.compile(r"(?:\s?[\[【]\d{1,3}[\]】])+(?=\s?[.!?…]?[\"”»]?\s?$)")
_NO_WORD = re.compile(r"[\[【](?!\d{4}[\]】])([^\[\]【】A-Za-z]{0,60})[\]】]")
_GROUP = re.compile(r"\s?[\[【]([^\[\]【】]{1,200})[\]】]")
_AFTER_STOP = re.compile(r"([.!?…][\"”’»)]?)((?:\s?[\[【][^\[\]【】\n]{1,200}[\]】])+)")
_BULLET = re.compile(r"^(?:[-*•#>]+|\d{1,2}[.)])\s+")
_FENCE = re.compile(r"```\w*")


def tidy(text: str) -> str:
    """One line of plain text: no images, tags or emphasis; of a link its words.

    `[7]`, which would look like a citation of ours, is dropped at the end of a sentence and `(7)` elsewhere.
    """
    plain = _TAG.sub("", _LINK.sub(r"\1", _IMAGE.sub("", text)))
    return squeeze(without_marks(_LAST_MARKS.sub("", _EMPHASIS.sub("", plain))))


def as_printed(text: str) -> str:
    """What an article prints, on one line, as an answer shows it."""
    return without_marks(" ".join(text.split()))


def without_marks(text: str) -> str:
    """The text with round brackets where square ones hold no word: a footnote is no citation of ours."""
    return _NO_WORD.sub(r"(\1)", text)


def unmarked(text: str, keys: Collection[str]) -> tuple[str, list[str]]:
    """The text without its marks, and their keys. Brackets that hold no known key stay as they are."""
    found: list[str] = []

    def take(match: re.Match[str]) -> str:
        names = [name for name in re.split(r"[\s,;]+", match[1]) if name]
        known = [name for name in names if name in keys]
        found.extend(known)
        return "" if known else match[0]

    return _GROUP.sub(take, text), found


def keyed_sentences(
    text: str, keys: Collection[str], *, complete: bool = True
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each sentence with the keys marked in it or right after it; the last one only if it came to its end."""
    moved = _AFTER_STOP.sub(lambda match: _before_stop(match, keys), _FENCE.sub("", text))
    spans = sentences(moved)
    for index, (start, end) in enumerate(spans):
        sentence, found = unmarked(_BULLET.sub("", moved[start:end]), keys)
        cut = not complete and index == len(spans) - 1 and last_mark(sentence) not in STOPS
        plain = tidy(sentence)
        if not cut and any(sign.isalnum() for sign in plain):
            yield plain, tuple(dict.fromkeys(found))


def _before_stop(match: re.Match[str], keys: Collection[str]) -> str:
    return match[2] + match[1] if unmarked(match[2], keys)[1] else match[0]
