"""How long its article is, as a page states it, beside what the page holds of it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ingest.extract.body.markup import as_text
from ingest.extract.stated.linked import Linked, Node, named

_WORD = re.compile(r"\w+")
_UNPARTED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_DURATION = re.compile(r"P.{0,20}?T(?:(?P<hours>\d{1,3})H)?(?:(?P<minutes>\d{1,4})M)?(?:\d{1,4}(?:\.\d{1,9})?S)?")
_A_MINUTE = 200  # words that are read in a minute, after the slower of the usual reckonings
_LONGEST_WORD, _OF_UNPARTED = 8, 2  # characters
# Reckonings of the time differ by half and more; counts of words include captions and headings.
_OF_WORDS, _OF_TIME, _OF_BODY, _OF_SUMMARY, _SHORTER = 0.4, 0.25, 0.5, 0.7, 0.9
_SHORTEST, _LONGEST_SUMMARY = 400, 1000
_ROW = 4


def is_less(text: str, linked: Linked, summary: str) -> bool:
    """Whether a page holds much less than its number of words, its reading time, its body in JSON-LD, its summary."""
    nodes = [node for node in linked.nodes if node is linked.article or linked.describes_article(node)]
    minutes = _most(map(_minutes, nodes)) - 1  # of a time that is rounded up
    words = max(_OF_WORDS * _most(map(_words, nodes)), _OF_TIME * _A_MINUTE * minutes)
    body = max((as_text(named(node.get("articleBody"))) for node in nodes), key=len, default="")
    return (
        (words > 0 and words > _held(text))
        or (len(body) >= _SHORTEST and len(text) < _SHORTER * len(body) and covered(body, text) < _OF_BODY)
        or (len(summary) <= _LONGEST_SUMMARY and len(text) < _OF_SUMMARY * len(summary))
    )


def _held(text: str) -> int:
    """Its words, and those of languages that do not part them by their usual length."""
    unparted = len(_UNPARTED.findall(text))
    return max(len(_WORD.findall(text)), unparted // _OF_UNPARTED, len(text) // _LONGEST_WORD)


def _words(node: Node) -> int:
    said = str(node.get("wordCount") or "").replace(",", "").strip()
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 7 else 0


def _minutes(node: Node) -> int:
    said = _DURATION.match(str(node.get("timeRequired") or ""))
    return 60 * int(said["hours"] or 0) + int(said["minutes"] or 0) if said else 0


def _most(counts: Iterable[int]) -> int:
    return max(counts, default=0)


def covered(body: str, text: str) -> float:
    """The share of the rows of four words of a body that the text has too; of four characters without spaces."""
    wanted = _rows(body)
    return len(wanted & _rows(text)) / len(wanted) if wanted else 1.0


def _rows(text: str) -> set[tuple[str, ...]]:
    words = _WORD.findall(text)
    parts = words if len(words) * 2 * _LONGEST_WORD > len(text) else [sign for sign in text if sign.isalnum()]
    return set(zip(*(parts[at:] for at in range(_ROW)), strict=False))
