"""The marks around what a chat model writes for itself before it answers.

Some names say so. Of any other element that a reply holds on lines of its own, as of one that is closed and was never
opened, it is reasoning if the answer comes after it, and else the answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

Kind = Literal["opens", "closes", "token"]

# As the reasoning parsers of vLLM, SGLang and llama.cpp know them. The channels are those of gpt-oss, which answers
# in "final"; where a server leaves its tokens out, "assistantfinal" is what remains of them.
_NAMES = "think|thinking|thought|thoughts|reasoning|reason|reflection|analysis|scratchpad|chain_of_thought"
_BRACKETS = (
    ("<", _NAMES, ">"),
    ("<|", _NAMES, "|>"),
    ("[", "think|thinking|reasoning", "]"),
    ("◁", "think|thinking", "▷"),
)
_OPENS, _CLOSES = r"(?:\w{1,12}:|begin_of_|start_)?", r"(?:/\s?(?:\w{1,12}:)?|end_of_|end_)"
_MORE = r"(?:[_-]\w{1,20})?"  # of a name: "reasoning_content"
_ATTRIBUTES = r"(?:\s[^<>\[\]{}]{0,60})?"
_TOKENS = r"[^<>{}]{0,60}(?:<\|constrain\|>\w{0,20})?<\|message\|>"
_ANY_NAME = r"[^\W\d_][\w.:-]{1,40}"
_VALUES = r"(?:\s[\w:-]{1,20}=(?:\"[^\"<>]{0,40}\"|'[^'<>]{0,40}'|[^\s\"'<>]{1,40})){0,3}"


def _around(before: str, after: str = "") -> list[str]:
    return [
        rf"{re.escape(left)}\s?{before}(?:{names}){_MORE}{after}\s?{re.escape(right)}"
        for left, names, right in _BRACKETS
    ]


_TABLE: dict[Kind, list[str]] = {
    "opens": [
        *_around(_OPENS, _ATTRIBUTES),
        rf"<\|channel\|>\s?(?:analysis|commentary)\b{_TOKENS}",
        r"\bhere(?: is|[’']s) my thought process:",
    ],
    "closes": [
        *_around(_CLOSES),
        rf"<\|channel\|>\s?final\b{_TOKENS}",
        r"assistantfinal",
        r"\bhere(?: is|[’']s) my response:",
    ],
    "token": [r"<\|(?!channel|constrain|message)[\w.]{1,40}\|>"],
}
# An element of XML; or what models with half tokens write, "<|channel>thought" to "<channel|>". "[name]" alone may be
# the key of evidence.
_ELEMENTS: dict[Kind, list[str]] = {
    "opens": [rf"<\s?(?P<name>{_ANY_NAME}){_VALUES}\s?>", rf"<\|(?P<half>{_ANY_NAME})>"],
    "closes": [rf"[<[]\s?/\s?(?P<name>{_ANY_NAME})\s?[\]>]", rf"<(?P<half>{_ANY_NAME})\|>"],
}
_MARKS = {kind: re.compile(rf"(?:{'|'.join(forms)})\Z", re.IGNORECASE) for kind, forms in _TABLE.items()}
_ELEMENT = {kind: re.compile(rf"(?:{'|'.join(forms)})\Z") for kind, forms in _ELEMENTS.items()}
_TOKEN = re.compile("|".join(_TABLE["token"]))
_CLOSED = re.compile("|".join(_TABLE["closes"]), re.IGNORECASE)
_CLOSED_ELEMENT = re.compile("|".join(_ELEMENTS["closes"]))
_LAST_SIGNS = frozenset(">]▷:lL")
LONGEST = 160  # characters of a mark


@dataclass(frozen=True)
class Mark:
    """A mark of reasoning, or one around anything: then `name` is that of the element. It begins at `start`."""

    kind: Kind
    start: int
    name: str = ""


def mark_at_end(text: str) -> Mark | None:
    """The mark that ends a text; None where the text ends with none. What lays text out is no mark."""
    if text[-1:] not in _LAST_SIGNS:
        return None
    tail = text[-LONGEST:]
    before = len(text) - len(tail)
    for kind, pattern in _MARKS.items():
        if match := pattern.search(tail):
            return Mark(kind, before + match.start())
    found = ((kind, match) for kind, pattern in _ELEMENT.items() if (match := pattern.search(tail)))
    return next((Mark(kind, before + match.start(), name) for kind, match in found if (name := _name(match))), None)


def without_tokens(text: str) -> str:
    """The text without the tokens of a chat template that a server left in it."""
    return _TOKEN.sub("", text)


def closing_mark(text: str) -> int | None:
    """Where in a text its last closing mark ends; None where it has none."""
    elements = (match.end() for match in _CLOSED_ELEMENT.finditer(text) if _name(match))
    return max((*(match.end() for match in _CLOSED.finditer(text)), *elements), default=None)


def _name(match: re.Match[str]) -> str:
    """The name of an element, "step" for "step2"; empty for one of HTML."""
    name = (match["name"] or match["half"]).casefold()
    return "" if match["name"] and name in _html() else name.rstrip("0123456789_-")


@cache
def _html() -> frozenset[str]:
    from lxml.html.defs import tags

    return frozenset(tags)
